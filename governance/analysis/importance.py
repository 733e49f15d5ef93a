"""Importance by performance (B7): which statements of a region to work on first."""

from collections.abc import Mapping, Sequence

import numpy as np

from governance.analysis.gap_report import WorkItem
from governance.analysis.order import share_of
from governance.scoring import importance as method
from governance.scoring.robustness import Scenarios
from governance.scoring.statements import Score, mean_of

# The fields in the words of the product.
FIELDS = {
    method.CONCENTRATE: "act_first",
    method.KEEP_UP: "keep_strong",
    method.LOW_PRIORITY: "watch",
    method.OVERKILL: "enough",
}


def order_of_work(
    statements: Sequence[Score],
    *,
    dimension_of: Mapping[str, str],
    lines: tuple[float | None, float | None],
    left_out: Scenarios,
    tie: float,
) -> tuple[WorkItem, ...]:
    """Statements by weighted gap, widest first: (I / sum I) * max(0, I - P).

    Statements without a level or an importance are left out: there is nothing to order. `lines` are the
    grand means over the released regions; where there are none, the region's own means.
    Source: Martilla & James (1977) J. Marketing 41:77-79.
    """
    rated = [(s, s.importance, s.mean) for s in statements if s.importance is not None and s.mean is not None]
    if not rated:
        return ()
    own = (mean_of(row[1] for row in rated), mean_of(row[2] for row in rated))
    used = (_first(lines[0], own[0]), _first(lines[1], own[1]))
    gaps = method.weighted_gaps([(importance, level) for _score, importance, level in rated])
    rows = [
        WorkItem(
            code=score.code,
            dimension=dimension_of[score.code],
            importance=importance,
            level=level,
            gap=importance - level,
            weighted_gap=weighted or 0.0,
            quadrant=FIELDS[method.quadrant(importance, level, lines=used, tie=tie)],
            holds=_holds(score.code, (importance, level), lines=used, left_out=left_out, tie=tie),
        )
        for (score, importance, level), weighted in zip(rated, gaps, strict=True)
    ]
    return tuple(rows[place] for place in method.descending(gaps, tie=tie))


def _first(line: float | None, own: float | None) -> float:
    return line if line is not None else own or 0.0


def _holds(
    code: str,
    point: tuple[float, float],
    *,
    lines: tuple[float, float],
    left_out: Scenarios,
    tie: float,
) -> float | None:
    """Share of the scenarios without one respondent in which the statement stays in its field."""
    if code not in left_out.statements or not len(left_out.levels):
        return None
    column = left_out.statements.index(code)
    importance, level = left_out.importance[:, column], left_out.levels[:, column]
    same = (importance >= lines[0] - tie) == (point[0] >= lines[0] - tie)
    same &= (level >= lines[1] - tie) == (point[1] >= lines[1] - tie)
    return share_of(same, ~np.isnan(importance) & ~np.isnan(level))
