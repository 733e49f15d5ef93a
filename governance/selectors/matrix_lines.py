"""A large matrix in parts: which entries stand on which lines, and which are found by name.

A line of a unit holds one entry of each column, so a unit is as long as its longest cell. Only keys and names
are needed for that; the rows themselves are read for the part that is shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cohes3ion.lib.search.words import search_text

COLUMNS = ("strategies", "horizontal", "sectoral", "actors", "opportunities", "spaces")


@dataclass(frozen=True, kw_only=True)
class Shown:
    """How much of a cell stands here: first and last place among those found, and how many there are."""

    first: int = 1
    last: int = 0
    found: int = 0
    total: int = 0

    @property
    def is_empty(self) -> bool:
        return self.last < self.first

    @property
    def is_part(self) -> bool:
        return not self.is_empty and self.last - self.first + 1 < self.total


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """The lines of a unit that stand on one page: the keys of its entries by column."""

    unit: int | None
    # Its first lines are on an earlier page.
    goes_on: bool
    keys: Mapping[str, Sequence[int]]
    shown: Mapping[str, Shown]


@dataclass(frozen=True, kw_only=True)
class Entries:
    """Keys of what stands in each cell; `units` in the order of the page, None for what names no unit."""

    units: Sequence[int | None]
    cells: Mapping[tuple[int | None, str], Sequence[int]]
    # Of all entries, also those that were not found by name.
    totals: Mapping[tuple[int | None, str], int]
    lengths: Mapping[int | None, int]

    @property
    def lines(self) -> int:
        return sum(self.lengths.values())

    @property
    def count(self) -> int:
        """Entries of all columns, each once, however many units it stands in."""
        return len({(column, key) for (_unit, column), keys in self.cells.items() for key in keys})

    def line_of(self, column: str, key: int) -> int | None:
        """On which line an entry stands first; of a unit, its first line."""
        start = 0
        for unit in self.units:
            if column == "unit" and unit == key:
                return start
            keys = self.cells.get((unit, column), ())
            if key in keys:
                return start + list(keys).index(key)
            start += self.lengths[unit]
        return None

    def stretches(self, lines: range) -> list[Stretch]:
        """The units, or parts of units, on these lines."""
        found, start = [], 0
        for unit in self.units:
            first, last = max(lines.start - start, 0), min(lines.stop - start, self.lengths[unit])
            start += self.lengths[unit]
            if first < last:
                found.append(self._stretch(unit, first, last))
        return found

    def _stretch(self, unit: int | None, first: int, last: int) -> Stretch:
        keys, shown = {}, {}
        for column in COLUMNS:
            cell = self.cells.get((unit, column), ())
            keys[column] = cell[first:last]
            shown[column] = Shown(
                first=first + 1,
                last=min(last, len(cell)),
                found=len(cell),
                total=self.totals.get((unit, column), 0),
            )
        return Stretch(unit=unit, goes_on=first > 0, keys=keys, shown=shown)


# Of a column: the units an entry stands in (none: it names no unit), its key and its name.
Named = Sequence[tuple[int | None, int, str]]


def is_named(name: str, *, words: Sequence[str]) -> bool:
    """Whether all words stand in a name, whatever its accents and capitals."""
    if not words:
        return True
    plain = search_text(name)
    return all(word in plain for word in words)


def entries(*, units: Mapping[int, str], columns: Mapping[str, Named], words: Sequence[str] = ()) -> Entries:
    """All entries, or those with these words in their name. A unit that is found by its own name is whole."""
    whole = {key for key, name in units.items() if is_named(name, words=words)}
    cells: dict[tuple[int | None, str], list[int]] = {}
    totals: dict[tuple[int | None, str], int] = {}
    for column, rows in columns.items():
        for unit, key, name in rows:
            totals[unit, column] = totals.get((unit, column), 0) + 1
            if unit in whole or is_named(name, words=words):
                cells.setdefault((unit, column), []).append(key)
    longest: dict[int | None, int] = {}
    for (unit, _column), keys in cells.items():
        longest[unit] = max(longest.get(unit, 0), len(keys))
    order: list[int | None] = [unit for unit in units if unit in longest or unit in whole]
    order += [None] if None in longest else []
    lengths = {unit: longest.get(unit, 1) for unit in order}
    return Entries(units=order, cells=cells, totals=totals, lengths=lengths)
