"""What a reader can work out about a value that is not shown: its range, from the totals around it (C9)."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from math import ceil, floor
from typing import TypeVar

import numpy as np

from governance.scoring.settings import HIGHEST, LOWEST

Key = TypeVar("Key", bound=Hashable)
Range = tuple[float, float]
Line = tuple[Key, Sequence[Key]]
ROUNDS = 30
PROGRAM_SECONDS = 10.0


def ranges_along_lines(
    keys: Collection[Key],
    shown: Mapping[Key, float],
    *,
    totals: Mapping[Key, Collection[Key]],
    further: Collection[Line[Key]] = (),
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
    further
        Totals once more, as means of other values: what several lines say together.

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
            (total, [place[key] for key in members])
            for total, members in (*lines_of(place, totals), *further)
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


def whole_range(found: Range, answers: int) -> Range:
    """The ends that so many whole levels can make: of one answer between 2.3 and 3.4 only 3 is left."""
    return ceil(found[0] * answers - 1e-9) / answers, floor(found[1] * answers + 1e-9) / answers


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
    rounded: Mapping[Key, float] | None = None,
    answers: Mapping[Key, int] | None = None,
) -> dict[Key, Range]:
    """The exact range of each wanted key: two programs each, over all totals at once.

    Parameters as in `ranges_along_lines`. Needs SciPy; for the audit, not for pages.
    rounded: shown keys, and how far each may lie to either side of what is shown.
    answers: keys that are the mean of so many whole levels, shown or not; what no such levels can make is no
    possibility: 2.6 of five respondents is 13 / 5 and nothing else.

    Raises
    ------
    ValueError
        The shown values contradict one another: no answers could have led to them.
    """
    from scipy.optimize import LinearConstraint, milp  # slow import: only the audit needs it

    names = list(keys)
    place = {key: n for n, key in enumerate(names)}
    counts = np.array([(answers or {}).get(key, 0) for key in names])
    scale = np.maximum(counts, 1.0)  # such a key is counted as the sum of its levels
    slack = np.array([(rounded or {}).get(key, 0.0) for key in names])
    low = np.array([shown.get(key, LOWEST) for key in names], dtype=float) - slack
    high = np.array([shown.get(key, HIGHEST) for key in names], dtype=float) + slack
    rows = np.zeros((0, len(names)))
    lines = lines_of(keys, totals)
    if lines:
        rows = np.zeros((len(lines), len(names)))
        for row, (total, members) in zip(rows, lines, strict=True):
            row[place[total]] -= len(members)
            for member in members:
                row[place[member]] += 1.0
    found = {}
    for key in (key for key in wanted if key not in shown and key in place):
        ends = []
        for sign in (1.0, -1.0):
            aim = np.zeros(len(names))
            aim[place[key]] = sign / scale[place[key]]
            answer = milp(
                aim,
                constraints=LinearConstraint(rows / scale, 0, 0) if lines else None,
                bounds=(low * scale, high * scale),
                integrality=counts > 0,
                options={"time_limit": PROGRAM_SECONDS},
            )
            if answer.status not in (0, 1):
                raise ValueError(f"the shown values contradict one another near {key}")
            # Out of time: the bound reached so far, which is never narrower than the range.
            ends.append(sign * float(answer.fun if answer.status == 0 else answer.mip_dual_bound))
        found[key] = (max(float(LOWEST), ends[0]), min(float(HIGHEST), ends[1]))
    return found


def lines_of(keys: Collection[Key], totals: Mapping[Key, Collection[Key]]) -> list[tuple[Key, list[Key]]]:
    """The totals that exist, each with those of its members that do."""
    there = set(keys)
    lines = [(total, [key for key in members if key in there]) for total, members in totals.items()]
    return [(total, members) for total, members in lines if total in there and members]
