"""Names of a large map, kept so that those which may mean a typed one are found without comparing each."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from mapping.selectors.spellings import (
    ALIKE,
    cut_words,
    heads,
    likeness,
    numbers_of,
    short_forms,
    shortens,
    words_of,
)
from mapping.selectors.twins import plain_name

CLOSE = 0.6  # of names that are no other spelling: worth a "did you mean"
MOST_CLOSE = 3
MOST_SHOWN = 4
MOST_PAIRS = 5000  # of a list, looked at closely; those that could be most alike come first
MOST_LETTERS = 256
TOO_LONG = 4  # times the longest name: less than CLOSE, whatever its letters


class Lanes:
    """Texts side by side in one number, a lane of bits each.

    How many letters another text has in common with each of them, in their order, is worked out for all at
    once (the bit-parallel longest common subsequence of Hyyrö). The ratio of difflib never exceeds it.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.lengths = np.array([len(text) for text in texts], dtype=np.int64)
        wide = self.lengths // 8 + 1  # bytes; the bit above the last letter takes the carry
        self.starts = np.concatenate([[0], np.cumsum(wide)]).astype(np.int64)
        self.size = int(self.starts[-1])
        self.longest = max(map(len, texts), default=0)
        self.places: dict[str, list[int]] = defaultdict(list)
        for start, text in zip(self.starts.tolist(), texts, strict=False):
            for at, letter in enumerate(text, start=start * 8):
                self.places[letter].append(at)
        self.marks: dict[str, int] = {}
        self.every = self._marked(at for places in self.places.values() for at in places)

    def _marked(self, places: Iterable[int]) -> int:
        bits = bytearray(self.size)
        for at in places:
            bits[at // 8] |= 1 << at % 8
        return int.from_bytes(bits, "little")

    def _mark(self, letter: str) -> int:
        """Where this letter stands. Kept, but of a text in thousands of different letters not all."""
        mark = self.marks.get(letter)
        if mark is None:
            mark = self._marked(self.places.get(letter, ()))
            if len(self.marks) < MOST_LETTERS:
                self.marks[letter] = mark
        return mark

    def bounds(self, text: str) -> NDArray[np.float64]:
        """For each text how alike it is to this one at most, from 0 to 1; 0 for one far too long."""
        if len(text) > TOO_LONG * self.longest:
            return np.zeros(len(self.lengths))
        left = self.every
        for letter in text:
            if letter in self.places:
                met = left & self._mark(letter)
                left = ((left + met) | (left - met)) & self.every
        unmet = np.bitwise_count(np.frombuffer(left.to_bytes(self.size, "little"), dtype=np.uint8))
        common = self.lengths - np.add.reduceat(unmet.astype(np.int64), self.starts[:-1])
        return 2.0 * common / np.maximum(self.lengths + len(text), 1)


class SpellingIndex:
    """The names of a map, read once: asked for each row of a paste, or which of them may mean the same."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)
        self.lanes = Lanes([sorted_words(name) for name in self.names])
        self.same_words: dict[str, list[int]] = defaultdict(list)
        self.short: dict[str, list[int]] = defaultdict(list)
        # By the heads of their words and one word: all names by each, those that cut words short by the
        # rarest that is whole. So names that only begin alike are not compared.
        self.whole: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.cut: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.times = Counter(word for name in self.names for word in words_of(name))
        known: dict[tuple[int, ...], int] = {}
        for at, name in enumerate(self.names):
            known.setdefault(numbers_of(name), len(known))
            self.same_words[sorted_words(name)].append(at)
            for short in short_forms(name):
                self.short[short].append(at)
            for word in {"", *words_of(name)}:
                self.whole[heads(name), word].append(at)
            if cut_words(name):
                self.cut[heads(name), self._rarest(name)].append(at)
        self.known = known
        self.numbers = np.array([known[numbers_of(name)] for name in self.names], dtype=np.int64)
        self._plain: Lanes | None = None

    def alike(self, name: str, *, among: Iterable[int] | None = None) -> list[str]:
        """Those that may mean the same, the likeliest first; of all names or of those at these places."""
        bounds = self._bounds(name)
        if among is not None:
            kept = np.zeros(len(self.names), dtype=bool)
            kept[list(among)] = True
            bounds[~kept] = 0.0
        found = best(bounds, ALIKE, MOST_SHOWN, lambda at: likeness(first=name, second=self.names[at]))
        likely = sorted((-score, self.names[at]) for score, at in found)
        return [other for _score, other in likely[:MOST_SHOWN]]

    def pairs(self, *, most: int) -> list[tuple[float, int, int]]:
        """Pairs of these names that may mean the same, by their places, the likeliest first.

        At least `most` of them if there are so many, and all that are as likely as the last of those.
        """
        ones, others, bounds = (np.empty(0, dtype=kind) for kind in (np.int64, np.int64, np.float64))
        for at, name in enumerate(self.names):
            bound = self._bounds(name)
            bound[: at + 1] = 0.0
            near = np.flatnonzero(bound >= ALIKE)
            ones, others = np.append(ones, np.full(len(near), at)), np.append(others, near)
            bounds = np.append(bounds, bound[near])
            if len(bounds) > 2 * MOST_PAIRS or at + 1 == len(self.names):
                kept = np.argsort(-bounds, kind="stable")[:MOST_PAIRS]
                ones, others, bounds = ones[kept], others[kept], bounds[kept]

        def score(n: int) -> float:
            return likeness(first=self.names[ones[n]], second=self.names[others[n]])

        found = best(bounds, ALIKE, most, score)
        least = found[most - 1][0] if len(found) > most else 0.0
        return [(value, int(ones[n]), int(others[n])) for value, n in found if value >= least]

    def close_to(self, name: str) -> list[str]:
        """As `get_close_matches` of the plain names, of those in which the same numbers stand."""
        if self._plain is None:
            self._plain = Lanes([plain_name(other) for other in self.names])
        plain = plain_name(name)
        bounds = self._with_same_numbers(name, self._plain.bounds(plain))
        matcher = SequenceMatcher()
        matcher.set_seq2(plain)

        def score(at: int) -> float:
            matcher.set_seq1(plain_name(self.names[at]))
            return matcher.ratio()

        found = best(bounds, CLOSE, MOST_CLOSE, score)
        likely = sorted(
            ((ratio, plain_name(self.names[at]), at) for ratio, at in found if ratio >= CLOSE), reverse=True
        )
        return [self.names[at] for _ratio, _plain, at in likely[:MOST_CLOSE]]

    def _bounds(self, name: str) -> NDArray[np.float64]:
        """For each name how alike it is to this one at most."""
        bounds = self._with_same_numbers(name, self.lanes.bounds(sorted_words(name)))
        for at in self._abbreviated(name):
            bounds[at] = 1.0
        return bounds

    def _with_same_numbers(self, name: str, bounds: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.where(self.numbers == self.known.get(numbers_of(name), -1), bounds, 0.0)

    def _abbreviated(self, name: str) -> set[int]:
        """Those with the same words, and those of which one abbreviates the other or words of it."""
        met = {at for short in short_forms(name) for at in self.short.get(short, ())}
        if len(words_of(name)) != 1:
            met = {at for at in met if len(words_of(self.names[at])) == 1}
        for at in self.begin_alike(name):
            if shortens(short=name, long=self.names[at]) or shortens(short=self.names[at], long=name):
                met.add(at)
        return met.union(self.same_words.get(sorted_words(name), ()))

    def begin_alike(self, name: str) -> set[int]:
        """Those of which it may cut words short, and those that may cut words of it short."""
        at = heads(name)
        met = set(self.whole.get((at, self._rarest(name)), ())) if cut_words(name) else set()
        return met.union(*(self.cut.get((at, word), ()) for word in {"", *words_of(name)}))

    def _rarest(self, name: str) -> str:
        """Of the words that stand whole in it, the one that the fewest names have; none if all are cut."""
        words = [word for word in words_of(name) if word not in cut_words(name)]
        return min(words, key=lambda word: (self.times[word], word), default="")


def sorted_words(name: str) -> str:
    return " ".join(sorted(words_of(name)))


def best(
    bounds: NDArray[np.float64], least: float, most: int, score: Callable[[int], float]
) -> list[tuple[float, int]]:
    """Scores, with their places, among which the best `most` are; none is above its bound.

    Those that could be best are scored first, until no other can be as good.
    """
    found: list[tuple[float, int]] = []
    for at in np.flatnonzero(bounds >= least)[np.argsort(-bounds[bounds >= least], kind="stable")].tolist():
        if len(found) >= most and bounds[at] < found[most - 1][0]:
            break
        value = score(at)
        if value:
            found.append((value, at))
            found.sort(key=lambda pair: -pair[0])
    return found
