"""Means of small groups stay hidden, and no mean over groups or statements gives them away (C9)."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Key = TypeVar("Key", bound=Hashable)


def protect(
    cells: Mapping[Key, int],
    *,
    totals: Mapping[Key, Collection[Key]],
    k: int,
    public: Collection[Key] = (),
    sensitive: Collection[Key] = (),
) -> set[Key]:
    """Keys of a table of means that must not be shown.

    Parameters
    ----------
    cells
        Respondents behind each value, also behind each total. Leave out values that are withheld anyway.
    totals
        Total -> the values it is made of (a region's score of its groups, a dimension's of its statements):
        who knows the total and all but one of them knows the last.
    k
        Respondents a shown value needs: k_team inside the partnership, k_public outside.
    public
        Keys that everybody sees whatever their number, such as the team's agreed answers; a total made of
        them alone says no more than they do and stays too.
    sensitive
        Keys that must not be shown although enough respondents stand behind them, such as unanimous groups.

    Returns
    -------
    set of keys
        Every value with 0 < n < k, and as many more as it takes so that no hidden value follows from the
        shown ones and each total shown hides at least k respondents. Values with many respondents go last.

    Examples
    --------
    Team 1 (public), units 3, stakeholders 8 and the region made of them, k = 5: the units are hidden, and
    the stakeholders too, since region and team would give the units away.
    """
    known = known_from(cells, totals=totals, public=public)
    hidden = {key for key, n in cells.items() if (0 < n < k or key in sensitive) and key not in known}
    lines = [
        (total, [key for key in members if key in cells])
        for total, members in totals.items()
        if total in cells
    ]
    while True:
        more = _key_to_hide(cells, hidden, lines=lines, k=k, public=known)
        if more is None:
            return hidden
        hidden.add(more)


def known_from(
    cells: Mapping[Key, int], *, totals: Mapping[Key, Collection[Key]], public: Collection[Key]
) -> set[Key]:
    """The public keys, and the totals that follow from them."""
    known = {key for key in public if key in cells}
    while True:
        more = {
            total
            for total, members in totals.items()
            if total in cells
            and total not in known
            and (line := [key for key in members if key in cells])
            and known.issuperset(line)
        }
        if not more:
            return known
        known |= more


def _key_to_hide(
    cells: Mapping[Key, int],
    hidden: set[Key],
    *,
    lines: Sequence[tuple[Key, list[Key]]],
    k: int,
    public: Collection[Key],
) -> Key | None:
    """One more key that must go, or None when nothing hidden can be worked out."""
    for total, line in lines:
        if total in hidden or hidden.isdisjoint(line):
            continue
        gone = [key for key in line if key in hidden]
        if len(gone) > 1 and sum(cells[key] for key in gone) >= k:
            continue
        further = [key for key in line if key not in hidden and key not in public and cells[key] > 0]
        return min(further, key=lambda key: cells[key]) if further else total
    return _key_that_breaks(cells, hidden, lines=[[total, *line] for total, line in lines], public=public)


def _key_that_breaks(
    cells: Mapping[Key, int],
    hidden: set[Key],
    *,
    lines: Sequence[list[Key]],
    public: Collection[Key],
) -> Key | None:
    """A shown key that helps to work out a hidden one from several totals together."""
    unknown = [key for key in cells if key in hidden]
    if not unknown or not lines:
        return None
    place = {key: index for index, key in enumerate(unknown)}
    equations = np.zeros((len(lines), len(unknown)))
    for index, (total, *members) in enumerate(lines):
        # A mean times the number of its parts is their sum.
        for key, factor in ((total, -len(members)), *((member, 1) for member in members)):
            if key in place:
                equations[index, place[key]] = factor
    for key, fixed in zip(unknown, _fixed(equations.tobytes(), len(unknown)), strict=True):
        if not fixed:
            continue
        # The combination of lines that yields the key; a shown value on any of them is part of the secret.
        target = np.eye(len(unknown))[place[key]]
        shares = np.linalg.lstsq(equations.T, target, rcond=None)[0]
        used = [line for line, share in zip(lines, shares, strict=True) if abs(share) > 1e-9]
        beside = {other for line in used for other in line if other not in hidden and other not in public}
        if beside:
            return min(beside, key=lambda other: (cells[other], list(cells).index(other)))
    return None


@lru_cache(maxsize=256)
def _fixed(equations: bytes, columns: int) -> Flags:
    """Of one run many regions hide the same cells: what follows from which is worked out once."""
    return fixed_unknowns(np.frombuffer(equations).reshape(-1, columns))


def fixed_unknowns(equations: NDArray[np.float64]) -> Flags:
    """Which unknowns a system of linear equations (rows) leaves no freedom.

    Unknowns that no chain of equations ties together are looked at apart: the work grows with the cube.
    """
    fixed: Flags = np.zeros(equations.shape[1], dtype=bool)
    for rows, columns in _tied_together(equations != 0):
        _left, values, right = np.linalg.svd(equations[np.ix_(rows, columns)], full_matrices=True)
        rank = int((values > 1e-9 * max(1.0, values.max(initial=0.0))).sum())
        fixed[columns] = ~(np.abs(right[rank:]) > 1e-9).any(axis=0)
    return fixed


def _tied_together(used: Flags) -> list[tuple[list[int], list[int]]]:
    """Rows and columns of each connected part of a table; what no row uses is in none."""
    parts: list[tuple[list[int], set[int]]] = []
    for row, columns in enumerate(map(np.flatnonzero, used)):
        mine = set(columns.tolist())
        if not mine:
            continue
        rows = [row]
        apart = []
        for part in parts:
            if part[1].isdisjoint(mine):
                apart.append(part)
            else:
                rows += part[0]
                mine |= part[1]
        parts = [*apart, (rows, mine)]
    return [(sorted(rows), sorted(columns)) for rows, columns in parts]
