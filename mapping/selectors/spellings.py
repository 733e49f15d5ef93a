"""Names that may mean the same: other word order, a legal form, an abbreviation, a slip of the pen."""

import re
from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nlargest
from itertools import combinations, pairwise

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
# Pairs of a long list that are looked at closely; those that could be most alike come first.
MOST_CLOSE = 5000
WORD = re.compile(r"\w+")
NUMBER = re.compile(r"\d{1,18}")


@lru_cache(maxsize=4096)
def words_of(name: str) -> tuple[str, ...]:
    """The words that count in a name, without what stands in brackets."""
    outside = re.sub(r"\([^)]*\)", " ", plain_name(name)) or plain_name(name)
    plain = outside.replace(".", "").replace("'", "").replace("’", "")
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
    one, other = " ".join(sorted(left)), " ".join(sorted(right))
    if min(len(one), len(other)) < 5:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= ALIKE else 0.0


def likeliest(names: Sequence[str], *, most: int) -> list[tuple[float, int, int]]:
    """Pairs of a list that may mean the same, by their places in it, the likeliest first.

    At least `most` of them if there are so many, and all that are as likely as the last of those.
    """
    found: list[tuple[float, int, int]] = []
    closest = nlargest(MOST_CLOSE, _close_pairs(names))
    bounds = {(one, other): bound for bound, one, other in closest} | dict.fromkeys(_short_pairs(names), 1.0)
    for (one, other), bound in sorted(bounds.items(), key=lambda item: -item[1]):
        if len(found) >= most and bound < found[most - 1][0]:
            break
        score = likeness(first=names[one], second=names[other])
        if score:
            insort(found, (score, one, other), key=lambda item: -item[0])
    least = found[most - 1][0] if len(found) > most else 0.0
    return [pair for pair in found if pair[0] >= least]


def _short_pairs(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs with the same words, or of which one abbreviates the other."""
    alike: dict[object, list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        for key in (tuple(sorted(words_of(name))), *short_forms(name)):
            alike[key].append(at)
    for places in alike.values():
        yield from combinations(places, 2) if len(places) < 100 else pairwise(places)


def _close_pairs(names: Sequence[str]) -> Iterator[tuple[float, int, int]]:
    """Pairs that share enough letters to be alike: how alike they can be at most, and their places.

    A name is kept as one number with a bit for each letter and its how-manieth, so that two are compared in
    one operation: a list of 1,500 names has a million pairs.
    """
    bits: dict[tuple[str, int], int] = {}
    kept: dict[tuple[int, ...], list[tuple[int, int, int]]] = defaultdict(list)
    for at, name in enumerate(names):
        text = " ".join(sorted(words_of(name)))
        seen: Counter[str] = Counter()
        mask = 0
        for letter in text:
            seen[letter] += 1
            mask |= 1 << bits.setdefault((letter, seen[letter]), len(bits))
        if len(text) > 4:
            kept[numbers_of(name)].append((len(text), mask, at))
    for rows in kept.values():
        rows.sort()
        for place, (length, mask, at) in enumerate(rows):
            # Of a longer one even all letters of this one would be too few.
            longest = length * (2 - ALIKE) / ALIKE
            for length_of, mask_of, at_of in rows[place + 1 :]:
                if length_of > longest:
                    break
                bound = 2 * (mask & mask_of).bit_count() / (length + length_of)
                if bound >= ALIKE:
                    yield bound, min(at, at_of), max(at, at_of)
