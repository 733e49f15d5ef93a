"""Two texts, word by word."""

import difflib
import re
from collections.abc import Sequence
from typing import Any

# A word with the space behind it: joined again, the parts are the text.
WORDS = re.compile(r"\S+\s*|\s+")
NAMES = {"equal": "same", "delete": "only_first", "insert": "only_second"}


def word_difference(first: str, second: str) -> list[tuple[str, str]]:
    """Parts in reading order, each "same", "only_first" or "only_second".

    >>> word_difference("two years", "three years")
    [('only_first', 'two '), ('only_second', 'three '), ('same', 'years')]
    """
    left, right = WORDS.findall(first), WORDS.findall(second)
    parts = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind in ("equal", "delete", "replace"):
            parts.append((NAMES.get(kind, "only_first"), "".join(left[a:b])))
        if kind in ("insert", "replace"):
            parts.append(("only_second", "".join(right[c:d])))
    return parts


def newest_two(versions: Sequence[Any]) -> tuple[str, str]:
    """What is compared first, by their keys: the newest version, and the one before it that says otherwise.

    `versions`: newest first, each with key, field and after; the older key comes first, none where there is
    nothing to compare.
    """
    for place, item in enumerate(versions):
        for other in versions[place + 1 :] if item.field else ():
            if other.field == item.field and other.after != item.after:
                return other.key, item.key
    return "", ""


def compared(
    versions: Sequence[Any], *, first: str, second: str
) -> tuple[Any, Any, list[tuple[str, str]]] | None:
    """The two versions with these keys, the older one first, and their words; None unless of one field."""
    pair = [item for item in versions if item.field and item.key in (first, second)]
    if len(pair) != 2 or pair[0].field != pair[1].field:
        return None
    newer, older = pair
    return older, newer, word_difference(older.after, newer.after)
