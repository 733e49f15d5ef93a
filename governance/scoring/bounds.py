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
    open_lines = [
        (place[total], on_it, {n for n in (place[total], *on_it) if is_open[n]})
        for total, on_it in (
            (total, [place[key] for key in members]) for total, members in _lines(place, totals)
        )
        if is_open[place[total]] or any(is_open[n] for n in on_it)
    ]
    moved = set(range(len(names)))
    for _round in range(ROUNDS):
        before, moved = moved, set()
        for total, members, on_it in open_lines:
            if not on_it.isdisjoint(before) or not on_it.isdisjoint(moved):
                _narrow(total, members, low, high, is_open, moved)
        if not moved:
            break
    return {key: (low[n], high[n]) for key, n in place.items() if is_open[n]}


def _narrow(
    total: int, members: list[int], low: list[float], high: list[float], is_open: list[bool], moved: set[int]
) -> None:
    """Narrow the ranges on one line: a total times its parts is their sum. Adds those that moved."""
    share = -float(len(members))
    least, most = share * high[total], share * low[total]
    for key in members:
        least += low[key]
        most += high[key]
    if is_open[total]:
        bottom, top = high[total], low[total]
        first, second = (share * bottom - least) / share, (share * top - most) / share
        if first > second:
            first, second = second, first
        if first > low[total] + 1e-9 or second < high[total] - 1e-9:
            least, most = least - share * bottom, most - share * top
            low[total], high[total] = max(low[total], first), min(high[total], second)
            least, most = least + share * high[total], most + share * low[total]
            moved.add(total)
    for key in members:
        if not is_open[key]:
            continue
        bottom, top = low[key], high[key]
        first, second = bottom - least, top - most
        if first > second:
            first, second = second, first
        if first > bottom + 1e-9 or second < top - 1e-9:
            least, most = least - bottom, most - top
            low[key], high[key] = max(bottom, first), min(top, second)
            least, most = least + low[key], most + high[key]
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
