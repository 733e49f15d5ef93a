"""A reader who knows that levels are whole and takes all rounded numbers at once: what keeps room (C9)?

`ranges_along_lines` follows one total after the other on exact values: more than a reader sees, and less than
they can do, who take all totals together and leave out what no whole answers make. Neither covers the other.
"""

import itertools
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from governance.scoring.bounds import Range, lines_of
from governance.scoring.settings import HIGHEST, LOWEST

Key = TypeVar("Key", bound=Hashable)
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
TIE = 1e-9
STEP = 2e-6  # under the upper end of what a rounded value stands for: wider than the solver's tolerance
PARTS = (1.0, 0.75, 0.5, 0.25)  # of the room a value needs: how far it is moved either way
TILTS = (1 + 1e-4, 1 - 1e-4)  # halves of an answer are rounded away from zero first, then towards it
ROOM = 0.1  # levels by which a value at an end of the scale still moves when those with room go first
RIDGE = 1e-9  # on a diagonal
REPAIRS = 30  # moves of further answers tried after one was moved
NODES = 2000  # of a search; a range that is not settled by then counts as narrow, on every machine


def stands_for(shown: float, *, give: float, value: float) -> Range:
    """From v - give up to, not including, v + give, as half is rounded up; the exact value is in it."""
    return shown - give, max(shown + give - STEP, min(value, shown + give))


class WholeAnswers(Generic[Key]):
    """All sets of answers that would have been published alike.

    Unknowns are the sums of levels behind each value that is no total; every total is a form of them.

    Parameters
    ----------
    values
        Every value that exists, as it is.
    told
        What a reader sees of them: the range that a rounded value stands for, as from `stands_for`.
    totals
        Total -> the values it is the mean of.
    answers
        Keys that are the mean of so many whole levels, shown or not. Others may be any number.
    exact
        Keys that are known as they are.
    """

    def __init__(
        self,
        values: Mapping[Key, float],
        told: Mapping[Key, Range],
        *,
        totals: Mapping[Key, Collection[Key]],
        answers: Mapping[Key, int],
        exact: Collection[Key],
    ) -> None:
        lines = dict(lines_of(values, totals))
        self.leaves = [key for key in values if key not in lines and key not in exact]
        self.answers = np.array([answers.get(key, 0) for key in self.leaves], dtype=float)
        self.scale = np.maximum(self.answers, 1.0)
        self.truth = np.array([values[key] for key in self.leaves]) * self.scale
        whole = self.answers > 0
        self.truth[whole] = np.round(self.truth[whole])
        self._values, self._lines, self._exact = values, lines, {*exact}
        self._forms: dict[Key, Floats] = {}
        self._place = {key: n for n, key in enumerate(self.leaves)}
        self.low, self.high = self.scale * LOWEST, self.scale * HIGHEST
        forms = [(self._form(key), ends) for key, ends in told.items()]
        # What is made of known values alone tells nothing. Short rows decide which answers go along: first.
        forms = sorted((one for one in forms if one[0][:-1].any()), key=lambda one: np.count_nonzero(one[0]))
        self.rows = np.array([form[:-1] for form, _ends in forms]).reshape(len(forms), len(self.leaves))
        ends = np.array([(low - form[-1], high - form[-1]) for form, (low, high) in forms]).reshape(-1, 2)
        self.least, self.most = ends[:, 0], ends[:, 1]
        self.made = self.rows @ self.truth

    def _form(self, key: Key) -> Floats:
        """What multiplies each unknown in a value, and a constant."""
        if key not in self._forms:
            form = np.zeros(len(self.leaves) + 1)
            if key in self._exact:
                form[-1] = self._values[key]
            elif key in self._lines:
                for member in self._lines[key]:
                    form += self._form(member)
                form /= len(self._lines[key])
            else:
                form[self._place[key]] = 1.0 / self.scale[self._place[key]]
            self._forms[key] = form
        return self._forms[key]

    def narrow(self, wanted: Iterable[Key], *, least: float, may_solve: bool = True) -> list[Key]:
        """Those of the wanted keys for which no two sets of answers lie so many levels apart.

        A set counts only after its own sums were added up and checked: no solver's tolerance makes room.
        Most are found by moving the true answers, the others by programs of whole numbers. Where no library
        for them may be loaded (`may_solve`), what is not settled counts as narrow.
        """
        keys = [key for key in wanted if self._form(key)[:-1].any()]
        forms = np.array([self._form(key)[:-1] for key in keys]).reshape(len(keys), len(self.leaves))
        found = _Spans(forms, self.truth, least=least)
        self._shift(found)
        if may_solve and found.tight.any():
            self._solve(found)
        return [key for key, is_tight in zip(keys, found.tight, strict=True) if is_tight]

    def _shift(self, found: "_Spans") -> None:
        """Moves of all answers at once that leave every published value where it is, then made whole."""
        levels = self.truth / self.scale
        room = np.minimum(levels - LOWEST, HIGHEST - levels)
        for tilt, weights in itertools.product(TILTS, (np.ones(len(levels)), room + ROOM)):
            if found.tight.any():
                self._shift_by(tilt * found.least, weights, found)

    def _shift_by(self, distance: float, weights: Floats, found: "_Spans") -> None:
        """By so many levels, each value in the direction in which those of large weight go along most."""
        rows = self.rows * self.scale
        heavy = weights * rows
        # Rows may follow from one another, so their product has no inverse; a pseudo-inverse by the library
        # would keep a thread on every core busy.
        square = heavy @ rows.T + RIDGE * np.eye(len(rows))
        rest = np.diag(weights) - heavy.T @ np.linalg.solve(square, heavy)
        for n, form in enumerate(found.forms * self.scale):
            way = rest @ form
            if form @ way < TIE:
                continue
            way = way * self.scale / (form @ way)
            for sign, part in itertools.product((1.0, -1.0), PARTS):
                if found.tight[n]:
                    moved = self.truth + self._whole(sign * part * distance * way)
                    moved = np.clip(moved, self.low, self.high)
                    found.add(self._mended(moved, fixed=form != 0, left=[REPAIRS]))

    def _whole(self, change: Floats) -> Floats:
        return np.where(self.answers > 0, np.round(change), change)

    def _mended(self, sums: Floats, *, fixed: Flags, left: list[int]) -> Floats | None:
        """Answers with these sums where they are fixed that make every published value.

        `left`: how many further moves may be tried; None when they were not enough.
        """
        made = self.rows @ sums
        wrong = np.flatnonzero((made < self.least - TIE) | (made > self.most + TIE))
        if not len(wrong):
            return sums
        # Back to where it was, so that totals of this one are right again, too; rather in one move than two.
        first = wrong[0]
        free = np.flatnonzero((self.rows[first] != 0) & ~fixed)
        change = (self.made[first] - made[first]) / self.rows[first, free]
        change = np.where(self.answers[free] > 0, np.round(change), change)
        values = np.clip(sums[free] + change, self.low[free], self.high[free])
        for n in np.argsort(np.abs(values - sums[free] - change), kind="stable"):
            if left[0] <= 0 or values[n] == sums[free[n]]:
                continue
            left[0] -= 1
            other, held = sums.copy(), fixed.copy()
            other[free[n]], held[free[n]] = values[n], True
            found = self._mended(other, fixed=held, left=left)
            if found is not None:
                return found
        return None

    def _solve(self, found: "_Spans") -> None:
        """Both ends of each range that is still open."""
        for n in range(len(found.forms)):
            for sign in (1.0, -1.0):
                if found.tight[n]:
                    found.add(self._furthest(sign * found.forms[n]))

    def _furthest(self, aim: Floats) -> Floats | None:
        """The set of answers that goes furthest in a direction, or as far as the search came."""
        from scipy.optimize import LinearConstraint, milp  # slow import: only a worker publishes

        answer = milp(
            -aim,
            constraints=LinearConstraint(self.rows, self.least, self.most) if len(self.rows) else None,
            bounds=(self.low, self.high),
            integrality=self.answers > 0,
            options={"node_limit": NODES},
        )
        if answer.x is None:
            return None
        found = self._whole(answer.x)
        return found if self._holds(found) else None

    def _holds(self, sums: Floats) -> bool:
        """Whether these sums would have been published alike."""
        made = self.rows @ sums
        inside = (made >= self.least - TIE) & (made <= self.most + TIE)
        return bool(inside.all() and (sums >= self.low - TIE).all() and (sums <= self.high + TIE).all())


class _Spans:
    """How far apart each value lies over the sets found so far."""

    def __init__(self, forms: Floats, truth: Floats, *, least: float) -> None:
        self.forms, self.least = forms, least
        self.low = self.high = forms @ truth

    def add(self, sums: Floats | None) -> None:
        if sums is not None:
            made = self.forms @ sums
            self.low, self.high = np.minimum(self.low, made), np.maximum(self.high, made)

    @property
    def tight(self) -> Flags:
        return self.high - self.low < self.least - TIE
