"""What a reader can work out about a value that is not shown: its range, from the totals around it (C9)."""

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

import numpy as np

from governance.scoring.settings import HIGHEST, LOWEST

Key = TypeVar("Key", bound=Hashable)
Range = tuple[float, float]
ROUNDS = 30


def ranges_along_lines(
    keys: Collection[Key], shown: Mapping[Key, float], *, totals: Mapping[Key, Collection[Key]]
) -> dict[Key, Range]:
    """Ranges that follow from one total after the other; quick, and never narrower than the true ones.

    Parameters
    ----------
    keys
        Every value that exists, shown or not.
    shown
        The values a reader sees, on the scale 1 to 5.
    totals
        Total -> the values it is the mean of. Keys that do not exist are left out of a mean.

    Returns
    -------
    dict
        Key -> (lowest, highest) for each key that is not shown.
    """
    names = list(keys)
    place = {key: n for n, key in enumerate(names)}
    is_open = [key not in shown for key in names]
    low = [float(shown.get(key, LOWEST)) for key in names]
    high = [float(shown.get(key, HIGHEST)) for key in names]
    lines = [
        [(place[total], -float(len(members))), *((place[member], 1.0) for member in members)]
        for total, members in _lines(place, totals)
    ]
    open_lines = [
        (line, {n for n, _factor in line if is_open[n]})
        for line in lines
        if any(is_open[n] for n, _factor in line)
    ]
    moved = set(range(len(names)))
    for _round in range(ROUNDS):
        before, moved = moved, set()
        for line, on_it in open_lines:
            if not on_it.isdisjoint(before) or not on_it.isdisjoint(moved):
                _narrow(line, low, high, is_open, moved)
        if not moved:
            break
    return {key: (low[n], high[n]) for key, n in place.items() if is_open[n]}


def _narrow(
    line: list[tuple[int, float]], low: list[float], high: list[float], is_open: list[bool], moved: set[int]
) -> None:
    """Narrow the ranges on one line: its values times their factors add up to 0. Adds those that moved."""
    least = most = 0.0
    for key, factor in line:
        if factor > 0:
            least += factor * low[key]
            most += factor * high[key]
        else:
            least += factor * high[key]
            most += factor * low[key]
    for key, factor in line:
        if not is_open[key]:
            continue
        bottom, top = (low[key], high[key]) if factor > 0 else (high[key], low[key])
        first, second = (factor * bottom - least) / factor, (factor * top - most) / factor
        if first > second:
            first, second = second, first
        if first > low[key] + 1e-9 or second < high[key] - 1e-9:
            least, most = least - factor * bottom, most - factor * top
            low[key], high[key] = max(low[key], first), min(high[key], second)
            bottom, top = (low[key], high[key]) if factor > 0 else (high[key], low[key])
            least, most = least + factor * bottom, most + factor * top
            moved.add(key)


def ranges_by_program(
    keys: Collection[Key],
    shown: Mapping[Key, float],
    *,
    totals: Mapping[Key, Collection[Key]],
    wanted: Collection[Key],
) -> dict[Key, Range]:
    """The exact range of each wanted key: two linear programs each, over all totals at once.

    Parameters as in `ranges_along_lines`. Needs SciPy; for the audit, not for pages.

    Raises
    ------
    ValueError
        The shown values contradict one another: no answers could have led to them.
    """
    from scipy.optimize import linprog  # slow import: only the audit needs it

    unknown = [key for key in keys if key not in shown]
    place = {key: n for n, key in enumerate(unknown)}
    rows, sums = [], []
    for total, members in _lines(keys, totals):
        row, known = np.zeros(len(unknown)), 0.0
        for key, factor in ((total, -1.0 * len(members)), *((member, 1.0) for member in members)):
            if key in place:
                row[place[key]] += factor
            else:
                known += factor * shown[key]
        if row.any():
            rows.append(row)
            sums.append(-known)
    found = {}
    for key in (key for key in wanted if key in place):
        ends = []
        for sign in (1.0, -1.0):
            aim = np.zeros(len(unknown))
            aim[place[key]] = sign
            answer = linprog(
                aim,
                A_eq=np.array(rows) if rows else None,
                b_eq=np.array(sums) if rows else None,
                bounds=(LOWEST, HIGHEST),
                method="highs",
            )
            if not answer.success:
                raise ValueError(f"the shown values contradict one another near {key}")
            ends.append(sign * float(answer.fun))
        found[key] = (ends[0], ends[1])
    return found


def _lines(keys: Collection[Key], totals: Mapping[Key, Collection[Key]]) -> list[tuple[Key, list[Key]]]:
    there = set(keys)
    lines = [(total, [key for key in members if key in there]) for total, members in totals.items()]
    return [(total, members) for total, members in lines if total in there and members]
