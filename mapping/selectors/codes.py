"""Codes found by what a person types, and codes that the name of a row brings to mind."""

import re
from collections.abc import Iterable

from django.db.models import Q

from cohes3ion.lib.search.words import search_text
from mapping.models import Code

SHOWN = 40
SUGGESTED = 6
WORD = re.compile(r"\w+")
# Words that say nothing about a field.
EMPTY_WORDS = {
    *("with", "from", "their", "other", "based", "smart", "into", "activities", "activity", "services"),
    *("service", "manufacture", "production", "sector", "industry", "industries", "products", "regional"),
    *("innovation", "innovative", "technology", "technologies", "capability", "centre", "center", "related"),
}


def found_codes(*, lists: Iterable[str], text: str) -> list[Code]:
    """Codes that begin with what was typed, then those whose name has all its words."""
    typed = text.strip()[:80]
    words = search_text(typed).split()
    if not words:
        return []
    by_name = Q()
    for word in words:
        by_name &= Q(search__contains=word)
    # People write a NACE class with or without the letter of its section.
    by_code = Q(code__istartswith=typed)
    if typed[0].isdigit():
        by_code |= Q(code__regex=rf"^[A-Z]{re.escape(typed)}")
    rows = Code.objects.filter(by_code | by_name, code_list__key__in=list(lists))
    ranked = sorted(rows, key=lambda code: (*rank(code, typed=typed), code.code_list_id, code.pk))
    return ranked[:SHOWN]


def rank(code: Code, *, typed: str) -> tuple[bool, bool, int]:
    """What matches the code stands before what matches the name; wide fields before narrow ones."""
    plain = code.code.casefold()
    wanted = typed.casefold()
    by_code = plain.startswith(wanted) or plain[1:].startswith(wanted)
    return not by_code, not code.search.startswith(search_text(typed)), code.depth


def suggested_codes(*, lists: Iterable[str], text: str, but: Iterable[str] = ()) -> list[Code]:
    """Codes whose names share words with this text, the most words first. One query."""
    words = {word for word in WORD.findall(search_text(text)) if len(word) > 3 and word not in EMPTY_WORDS}
    stems = {stem(word) for word in words}
    if not stems:
        return []
    wanted = Q()
    for part in stems:
        wanted |= Q(search__contains=part)
    rows = Code.objects.filter(wanted, code_list__key__in=list(lists)).exclude(key__in=list(but))
    scored = [(shared(code, stems=stems), code) for code in rows]
    scored = [(score, code) for score, code in scored if score]
    scored.sort(key=lambda pair: (-pair[0], abs(pair[1].depth - 2), len(pair[1].label), pair[1].pk))
    return [code for _score, code in scored[:SUGGESTED]]


def stem(word: str) -> str:
    """Enough of a word to meet its plural and its relatives."""
    return word if len(word) < 6 else word[: max(5, len(word) - 3)]


def shared(code: Code, *, stems: set[str]) -> int:
    """How many of the words begin a word of the code's name."""
    words = WORD.findall(code.search)
    return sum(any(word.startswith(part) for word in words) for part in stems)
