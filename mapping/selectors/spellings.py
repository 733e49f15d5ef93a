"""Names that may mean the same: other word order, a legal form, an abbreviation, a slip of the pen."""

import re
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache

from mapping.selectors.twins import plain_name

# Legal forms and small words, which are written or left out at will.
LEGAL = {
    *("ltd", "limited", "plc", "inc", "llc", "gmbh", "ag", "kg", "ev", "ggmbh", "sa", "sl", "slu", "sau"),
    *("srl", "spa", "scarl", "sarl", "sas", "sp", "z", "oo", "zoo", "spzoo", "sro", "as", "oy", "ab", "ou"),
    *("bv", "nv", "kft", "zrt", "ae", "epe", "ike", "doo", "dd", "ead", "eood", "ood", "uab", "sia", "coop"),
}
SMALL = {
    "of",
    "the",
    "and",
    "for",
    "in",
    "de",
    "la",
    "el",
    "les",
    "der",
    "die",
    "das",
    "und",
    "fur",
    "i",
    "w",
    "y",
}
ALIKE = 0.87
WORD = re.compile(r"\w+")
NUMBER = re.compile(r"\d{1,18}")
# A word cut short: Univ., Inst., Dept. Fewer letters stand for too many words.
CUT = re.compile(r"\b([^\W\d_]{3,})\.(?!\w)")
LETTERS_LEFT = 3


def outside_brackets(name: str) -> str:
    return re.sub(r"\([^)]*\)", " ", plain_name(name)) or plain_name(name)


@lru_cache(maxsize=4096)
def words_of(name: str) -> tuple[str, ...]:
    """The words that count in a name, without what stands in brackets."""
    plain = outside_brackets(name).replace(".", "").replace("'", "").replace("’", "")
    words = [word for word in WORD.findall(plain) if word not in SMALL]
    counted = tuple(word for word in words if word not in LEGAL)
    return counted or tuple(words)


@lru_cache(maxsize=4096)
def short_forms(name: str) -> frozenset[str]:
    """How a name is abbreviated: its initials, what stands in brackets, or itself when it is one word."""
    words = words_of(name)
    found = {"".join(word[0] for word in words)} if len(words) > 2 else set()
    found |= {"".join(WORD.findall(part)) for part in re.findall(r"\(([^)]*)\)", plain_name(name))}
    if len(words) == 1:
        found.add(words[0])
    return frozenset(short for short in found if len(short) > 2)


@lru_cache(maxsize=4096)
def cut_words(name: str) -> frozenset[str]:
    """The words of a name that end in a full stop, as far as they are written; of one word alone none."""
    words = words_of(name)
    return frozenset(CUT.findall(outside_brackets(name))).intersection(words if len(words) > 1 else ())


def heads(name: str) -> str:
    """The same for two names of which one cuts words of the other short."""
    return " ".join(sorted(word[:LETTERS_LEFT] for word in words_of(name)))


def shortens(*, short: str, long: str) -> bool:
    """Whether the second name is the first one with words that are cut short there: “Univ. of X”."""
    if not cut_words(short):
        return False
    left, right = Counter(words_of(short)), Counter(words_of(long))
    ones, others = sorted((left - right).elements()), sorted((right - left).elements())
    return 0 < len(ones) == len(others) and all(
        one in cut_words(short) and other.startswith(one) for one, other in zip(ones, others, strict=True)
    )


@lru_cache(maxsize=4096)
def numbers_of(name: str) -> tuple[int, ...]:
    return tuple(sorted(int(digits) for digits in NUMBER.findall(" ".join(words_of(name)))))


def same_numbers(*, first: str, second: str) -> bool:
    """Whether the same numbers stand in both names: “School 1” and “School 2” are two, however alike."""
    return numbers_of(first) == numbers_of(second)


def likeness(*, first: str, second: str) -> float:
    """How alike two names are: 1 for the same words, 0 for nothing in common worth a question."""
    if not same_numbers(first=first, second=second):
        return 0.0
    left, right = words_of(first), words_of(second)
    if sorted(left) == sorted(right):
        return 1.0
    if short_forms(first) & short_forms(second) and (len(left) == 1 or len(right) == 1):
        return 0.95
    if shortens(short=first, long=second) or shortens(short=second, long=first):
        return 0.95
    one, other = " ".join(sorted(left)), " ".join(sorted(right))
    if min(len(one), len(other)) < 5:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= ALIKE else 0.0
