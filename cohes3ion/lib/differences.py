"""Two texts, word by word."""

import difflib
import re

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
