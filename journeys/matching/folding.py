"""Texts as their words, without accents and letter case, and the beginnings by which words meet."""

import re
import unicodedata
from functools import lru_cache

# Letters that are no letter with an accent, and yet written without in plain typing.
PLAIN = str.maketrans({"ł": "l", "ß": "ss", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
TOKEN = re.compile(r"\w+")
STEM, SHORTEST = 6, 4


@lru_cache(maxsize=50_000)
def _fold_word(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def fold(text: str) -> str:
    """Lower case, without accents: "Ścieki" is "scieki", "Straße" is "strasse"."""
    return " ".join(map(_fold_word, text.split()))


def tokens(text: str) -> list[str]:
    """Words and numbers of a text, folded, in their order."""
    return TOKEN.findall(fold(text))


def stem(word: str) -> str:
    """The first six letters of a word of four or more; shorter words and numbers have none: ""."""
    return word[:STEM] if len(word) >= SHORTEST and not word.isdigit() else ""


def spelled(text: str) -> dict[str, str]:
    """The words of a text as they were typed first, by what they are folded: for showing."""
    found: dict[str, str] = {}
    for word in TOKEN.findall(unicodedata.normalize("NFC", text)):
        found.setdefault(fold(word), word)
    return found
