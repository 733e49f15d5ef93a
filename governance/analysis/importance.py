"""Importance by performance (B7): which statements to work on first."""

from collections.abc import Iterable, Mapping, Sequence

from governance.analysis.gap_report import WorkItem
from governance.scoring.dimensions import Score, mean_of


def grand_mean(values: Iterable[float | None]) -> float | None:
    """Mean over all that is there; None when nothing is."""
    return mean_of(values)


def quadrant(importance: float, level: float, *, lines: tuple[float, float], tie: float) -> str:
    """The field of a statement; on a line counts as high (ties with 1e-9)."""
    important = importance >= lines[0] - tie
    strong = level >= lines[1] - tie
    if important:
        return "keep_strong" if strong else "act_first"
    return "enough" if strong else "watch"


def order_of_work(
    statements: Sequence[Score],
    *,
    dimension_of: Mapping[str, str],
    lines: tuple[float | None, float | None],
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
    total = sum(importance for _score, importance, _level in rated)
    own = (
        sum(importance for _score, importance, _level in rated) / len(rated),
        sum(level for _score, _importance, level in rated) / len(rated),
    )
    used = (lines[0] if lines[0] is not None else own[0], lines[1] if lines[1] is not None else own[1])
    rows = [
        WorkItem(
            code=score.code,
            dimension=dimension_of[score.code],
            importance=importance,
            level=level,
            gap=importance - level,
            weighted_gap=importance / total * max(0.0, importance - level),
            quadrant=quadrant(importance, level, lines=used, tie=tie),
        )
        for score, importance, level in rated
    ]
    return tuple(sorted(rows, key=lambda row: -round(row.weighted_gap / tie / 10)))
