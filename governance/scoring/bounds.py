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
    low = {key: shown.get(key, float(LOWEST)) for key in keys}
    high = {key: shown.get(key, float(HIGHEST)) for key in keys}
    lines = [
        [(total, -float(len(members))), *((member, 1.0) for member in members)]
        for total, members in _lines(keys, totals)
    ]
    open_lines = [
        (line, {key for key, _factor in line}) for line in lines if any(k not in shown for k, _f in line)
    ]
    moved: set[Key] = set(keys)
    for _round in range(ROUNDS):
        before, moved = moved, set()
        for line, on_it in open_lines:
            if not on_it.isdisjoint(before) or not on_it.isdisjoint(moved):
                moved |= _narrow(line, low, high, shown)
        if not moved:
            break
    return {key: (low[key], high[key]) for key in keys if key not in shown}


def _narrow(
    line: list[tuple[Key, float]], low: dict[Key, float], high: dict[Key, float], shown: Mapping[Key, float]
) -> set[Key]:
    """Narrow the ranges on one line: its values times their factors add up to 0. Returns those that moved."""
    least = sum(factor * (low if factor > 0 else high)[key] for key, factor in line)
    most = sum(factor * (high if factor > 0 else low)[key] for key, factor in line)
    moved = set()
    for key, factor in line:
        if key in shown:
            continue
        bottom, top = (low[key], high[key]) if factor > 0 else (high[key], low[key])
        ends = sorted(((factor * bottom - least) / factor, (factor * top - most) / factor))
        if ends[0] > low[key] + 1e-9 or ends[1] < high[key] - 1e-9:
            least, most = least - factor * bottom, most - factor * top
            low[key], high[key] = max(low[key], ends[0]), min(high[key], ends[1])
            bottom, top = (low[key], high[key]) if factor > 0 else (high[key], low[key])
            least, most = least + factor * bottom, most + factor * top
            moved.add(key)
    return moved


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
