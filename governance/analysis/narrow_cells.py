"""Further scores that must go, so that none that rests on few can be placed within a level (C9)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from governance.analysis.score_table import Cell, Lines
from governance.scoring.bounds import Line, ranges_along_lines, whole_range

Reader = Callable[[Mapping[Cell, float]], list[Cell]]


@dataclass(frozen=True, kw_only=True)
class Room:
    """How many levels a small score must be able to lie in, and what a reader knows beside the totals.

    answers: cells that are the mean of so many whole levels. further: totals once more, of other cells.
    reader: names those that whole answers leave too few, who sees rounded values and all totals at once.
    """

    least: float
    answers: Mapping[Cell, int] = field(default_factory=dict)
    further: Collection[Line[Cell]] = ()
    reader: Reader | None = None

    def is_narrow(self, key: Cell, found: tuple[float, float]) -> bool:
        """Whether too few levels are left in a range."""
        low, high = whole_range(found, self.answers[key]) if key in self.answers else found
        return high - low < self.least - 1e-9


def too_narrow(
    values: Mapping[Cell, float],
    hidden: Collection[Cell],
    *,
    small: Collection[Cell],
    totals: Lines,
    known: Collection[Cell],
    room: Room,
) -> set[Cell]:
    """Further cells to hide, until every small one could lie anywhere in a range of so many levels.

    Totals near an end of the scale give their parts away: two groups whose mean is 5 both said 5. And few
    answers make few means: of one answer between 2.3 and 3.4 only 3 is left.
    """
    more: set[Cell] = set()
    if not any(key in hidden for key in small):  # what is shown has no range
        return more
    every = (*totals.items(), *room.further)
    lines = [[key for key in (total, *members) if key in values] for total, members in every]
    while True:
        gone = {*hidden, *more}
        shown = {key: value for key, value in values.items() if key not in gone}
        found = ranges_along_lines(values, shown, totals=totals, further=room.further)
        tight = [key for key in small if key in found and room.is_narrow(key, found[key])]
        around = _shown_around(tight, lines, shown, known)
        if not around and room.reader:
            around = _shown_around(room.reader(shown), lines, shown, known)
        if not around:
            return more
        more.add(around[0])


def _shown_around(
    tight: Collection[Cell], lines: list[list[Cell]], shown: Collection[Cell], known: Collection[Cell]
) -> list[Cell]:
    return next((near for key in sorted(tight) if (near := _shown_near(key, lines, shown, known))), [])


def _shown_near(
    start: Cell, lines: list[list[Cell]], shown: Collection[Cell], known: Collection[Cell]
) -> list[Cell]:
    """Shown cells on the nearest lines that tell of a hidden one, also through further hidden cells.

    A hidden total of parts that are all shown is as good as shown itself.
    """
    reach = {start}
    while True:
        on_them = [key for line in lines if not reach.isdisjoint(line) for key in line]
        found = [key for key in on_them if key in shown and key not in known]
        wider = reach | {key for key in on_them if key not in shown}
        if found or wider == reach:
            return found
        reach = wider
