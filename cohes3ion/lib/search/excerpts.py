"""What of a text is shown beside a hit, with the words that were looked for marked.

Pieces of plain text come out, never HTML: the template writes the marks and escapes everything else.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cohes3ion.lib.search.words import words_of

# A word with the accents that stand behind its letters as signs of their own.
RUN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
SHOWN, BEFORE = 240, 60
# So many names of what a thing is about are shown beside its text.
NAMED = 3
# Among so many hits of one text the best stretch is looked for.
COMPARED = 100
# Farther down nobody would look, and a book in one field must not slow a page down.
READ = 20_000


@dataclass(frozen=True, kw_only=True)
class Piece:
    text: str
    is_marked: bool = False


Found = list[tuple[int, int, frozenset[str]]]


def found_words(text: str, *, wanted: Sequence[str]) -> Found:
    """Where words of the text begin like a wanted one: start, end, and which."""
    found = []
    for run in RUN.finditer(text):
        hit = frozenset(
            word for word in wanted if any(part.startswith(word) for part in words_of(run.group()))
        )
        if hit:
            found.append((run.start(), run.end(), hit))
    return found


def marked(text: str, *, wanted: Sequence[str]) -> list[Piece]:
    """The whole text in pieces."""
    pieces, at = [], 0
    for start, end, _hit in found_words(text, wanted=wanted):
        pieces += [Piece(text=text[at:start])] if start > at else []
        pieces.append(Piece(text=text[start:end], is_marked=True))
        at = end
    return pieces + ([Piece(text=text[at:])] if at < len(text) else [])


def excerpt(text: str, *, wanted: Sequence[str]) -> list[Piece]:
    """The part of the text that holds most of the wanted words; its beginning when it holds none."""
    line = " ".join(text[:READ].split())
    if len(line) <= SHOWN:
        return marked(line, wanted=wanted)
    begin = _best_begin(found_words(line, wanted=wanted))
    begin = line.rfind(" ", 0, begin) + 1 if begin else 0
    end = begin + SHOWN
    if end < len(line):
        end = max(line.rfind(" ", begin, end), begin + 1) if " " in line[begin:end] else end
    pieces = marked(line[begin:end], wanted=wanted)
    before = [Piece(text="… ")] if begin else []
    after = [Piece(text=" …")] if end < len(line) else []
    return [*before, *pieces, *after]


def told(*, title: str, text: str, subjects: str, wanted: Sequence[str]) -> list[Piece]:
    """An excerpt of the text, and the names of subjects that hold what neither title nor text does."""
    pieces = excerpt(text, wanted=wanted)
    if not subjects:
        return pieces
    missing = _not_in(f"{title} {text[:READ]}", wanted)
    lines = [line for line in subjects.splitlines() if found_words(line, wanted=missing)][:NAMED]
    parting = [Piece(text=" · ")] if pieces and lines else []
    return [*pieces, *parting, *marked(" · ".join(lines), wanted=missing)]


def _not_in(text: str, wanted: Iterable[str]) -> list[str]:
    said = " ".join(["", *words_of(text)])
    return [word for word in wanted if f" {word}" not in said]


def _best_begin(found: Found) -> int:
    """Where the shown part begins: a little before the first word of the richest stretch."""
    best, most = 0, 0
    found = found[:COMPARED]
    for place, (start, _end, _hit) in enumerate(found):
        words = frozenset().union(*(hit for at, end, hit in found[place:] if end - start < SHOWN - BEFORE))
        if len(words) > most:
            best, most = start, len(words)
    return max(0, best - BEFORE)
