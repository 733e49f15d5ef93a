"""Small cells of a table of counts stay hidden, and no total gives them away (C9)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Suppression:
    """Which cells of a table are hidden, and which totals would give a small cell away and go with them."""

    hidden: Flags  # rows x columns
    row_totals: Flags
    column_totals: Flags
    grand_total: bool


def suppress(counts: Counts, *, k: int) -> Suppression:
    """Hide the small cells of a table that is published with its totals.

    First every count with `0 < n < k`. Then, row by row and column by column, the smallest further non-zero
    cell (lowest index on ties) while a line has exactly one hidden cell or hides fewer than k in all;
    repeated until nothing changes. A last check solves the totals for the hidden cells: while a small one
    still follows from the others, one more cell of its row or column is hidden, an empty one if need be.
    In a table of one line that line's total is the only one.

    Parameters
    ----------
    counts
        Rows x columns, whole numbers of respondents, 0 or more.
    k
        Respondents a shown cell needs.

    Returns
    -------
    Suppression
        Always defined; nothing small hides nothing. What is hidden is SUPPRESSED when it is published. Where
        a line hides fewer than k respondents although all its cells are hidden, or a small cell stays
        determined, the totals must go as well (row_totals, column_totals); grand_total when even these
        together hide fewer.

    Notes
    -----
    Hidden cells are positive (unless empty ones had to help), so one that the totals do not determine has a
    range wider than a point. Source: OECD Glossary of Statistical Terms 7010 for the threshold; the rest is
    this product's rule. Example: [[9, 2], [9, 9]] with k = 5 hides all four: 2, then 9 beside it, 9 below.
    """
    hidden: Flags = (counts > 0) & (counts < k)
    while _hide_more(counts, hidden, k=k) or _break_equations(counts, hidden, k=k):
        pass
    stuck = determined(hidden) & (counts > 0) & (counts < k)
    row_totals, column_totals = (
        _unsafe_totals(counts, hidden, axis=axis, k=k, given_away=_any(stuck, axis)) for axis in (1, 0)
    )
    too_few = any(
        flags.any() and counts.sum(axis=axis)[flags].sum() < k
        for axis, flags in ((1, row_totals), (0, column_totals))
    )
    return Suppression(hidden=hidden, row_totals=row_totals, column_totals=column_totals, grand_total=too_few)


def _hide_more(counts: Counts, hidden: Flags, *, k: int) -> bool:
    """One pass over rows and columns; True when something more was hidden."""
    changed = False
    for line_counts, line_hidden in [
        *zip(counts, hidden, strict=True),
        *zip(counts.T, hidden.T, strict=True),
    ]:
        while line_hidden.any() and (line_hidden.sum() == 1 or line_counts[line_hidden].sum() < k):
            free = np.flatnonzero(~line_hidden & (line_counts > 0))
            if not len(free):
                break
            line_hidden[free[np.argmin(line_counts[free])]] = True
            changed = True
    return changed


def _break_equations(counts: Counts, hidden: Flags, *, k: int) -> bool:
    """Hide one cell beside a small one that the totals still determine; True when there was one."""
    for row, column in np.argwhere(determined(hidden) & (counts > 0) & (counts < k)):
        beside = [(int(row), int(place)) for place in np.flatnonzero(~hidden[row])]
        beside += [(int(place), int(column)) for place in np.flatnonzero(~hidden[:, column])]
        held_back = np.where(hidden, counts, 0)
        if beside:
            # Non-zero cells first; an empty one helps where its other line hides something as well.
            best = min(
                beside,
                key=lambda cell: (
                    counts[cell] == 0,
                    0 in (held_back[cell[0]].sum(), held_back[:, cell[1]].sum()),
                    counts[cell],
                    cell,
                ),
            )
            hidden[best] = True
            return True
    return False


def determined(hidden: Flags) -> Flags:
    """Hidden cells that follow from the row and column totals and the cells shown.

    Rows and columns are points, hidden cells the lines between them: a cell is determined exactly when its
    line is a bridge. Source: Gusfield (1988), SIAM J. on Computing 17:552-571.
    """
    from networkx import Graph, bridges  # slow import: only tables with hidden cells need it

    if 1 in hidden.shape:  # one line: its total is the only one
        return hidden.copy() if hidden.sum() == 1 else np.zeros_like(hidden)
    result = np.zeros_like(hidden)
    graph = Graph([(("row", row), ("column", column)) for row, column in np.argwhere(hidden).tolist()])
    for ends in bridges(graph):
        place = dict(ends)
        result[place["row"], place["column"]] = True
    return result


def _unsafe_totals(counts: Counts, hidden: Flags, *, axis: int, k: int, given_away: Flags) -> Flags:
    """Totals that give a small cell away, and others so that their sum gives no total away.

    Those of lines that hide fewer than k respondents, or with a cell that stays determined.
    """
    if counts.shape[axis] == 1:  # the total of a single cell is that cell
        return _any(hidden, axis)
    held_back = np.where(hidden, counts, 0).sum(axis=axis)
    unsafe: Flags = (_any(hidden, axis) & (held_back < k)) | given_away
    totals = counts.sum(axis=axis)
    while unsafe.any() and (unsafe.sum() == 1 or totals[unsafe].sum() < k):
        free = np.flatnonzero(~unsafe & (totals > 0))
        if not len(free):
            break
        unsafe[free[np.argmin(totals[free])]] = True
    return unsafe


def _any(flags: Flags, axis: int) -> Flags:
    found: Flags = np.logical_or.reduce(flags, axis=axis)
    return found
