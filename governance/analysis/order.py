"""Statements of order: which gap is the wider one, and in how many scenarios that holds (B6)."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from governance.analysis.gap_report import DimensionGap, OrderStatement, WorkItem
from governance.scoring.importance import descending
from governance.scoring.robustness import Scenarios
from governance.scoring.settings import Thresholds

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Both = tuple[Scenarios, Scenarios]  # one respondent left out; weights changed


def order_by_gap(dimensions: Sequence[DimensionGap], *, tie: float) -> tuple[str, ...]:
    """Dimensions by target gap, widest first; equal gaps (1e-9) keep the questionnaire's order.

    Those without a gap follow in the questionnaire's order: without a target there is no place in the order.
    """
    ranked = descending([row.target_gap for row in dimensions], tie=tie)
    return (
        *(dimensions[place].code for place in ranked),
        *(row.code for row in dimensions if row.target_gap is None),
    )


def dimension_order(
    dimensions: Sequence[DimensionGap], *, scenarios: Both, thresholds: Thresholds
) -> tuple[OrderStatement, ...]:
    """Neighbours in the order of target gaps: does the wider gap stay the wider one?

    Robust when it does in at least 90 % of both kinds of scenarios. Gaps that differ by less than 0.3 make
    no statement of order.
    """
    order = descending([row.target_gap for row in dimensions], tie=thresholds.tie)
    pairs = [
        (first, second)
        for first, second in pairwise(order)
        if _differ(dimensions[first].target_gap, dimensions[second].target_gap, thresholds)
    ]
    targets = np.array([row.target or 0 for row in dimensions], dtype=np.float64)
    return _statements(
        [row.code for row in dimensions],
        pairs,
        subject="dimension",
        gaps=[np.maximum(0.0, targets - draws.dimensions) for draws in scenarios],
        thresholds=thresholds,
    )


def work_order(
    work: Sequence[WorkItem], *, scenarios: Both, thresholds: Thresholds
) -> tuple[OrderStatement, ...]:
    """Neighbours in the order of work, by weighted gap; the same rules as for dimensions."""
    codes = scenarios[0].statements
    place = {code: column for column, code in enumerate(codes)}
    pairs = [
        (place[first.code], place[second.code])
        for first, second in pairwise(work)
        if _differ(first.gap, second.gap, thresholds) and first.weighted_gap > second.weighted_gap
    ]
    return _statements(
        codes,
        pairs,
        subject="statement",
        gaps=[_weighted_gaps(draws) for draws in scenarios] if pairs else [],
        thresholds=thresholds,
    )


def share_of(holds: Flags, known: Flags) -> float | None:
    """Share of the scenarios with a value in which something holds; None without such a scenario."""
    return float(holds[known].mean()) if known.any() else None


def _differ(wider: float | None, narrower: float | None, thresholds: Thresholds) -> bool:
    return (wider or 0.0) - (narrower or 0.0) >= thresholds.min_difference - thresholds.tie


def _weighted_gaps(draws: Scenarios) -> Floats:
    """Weighted gap of every statement in every scenario."""
    total = np.nansum(draws.importance, axis=1)[:, None]
    shares = np.divide(draws.importance, total, out=np.full_like(draws.importance, np.nan), where=total > 0)
    gaps: Floats = draws.weights * shares * np.maximum(0.0, draws.importance - draws.levels)
    return gaps


def _statements(
    codes: Sequence[str],
    pairs: Sequence[tuple[int, int]],
    *,
    subject: str,
    gaps: Sequence[Floats],
    thresholds: Thresholds,
) -> tuple[OrderStatement, ...]:
    """One statement per pair of columns (the wider gap, the narrower one)."""
    if not pairs:
        return ()
    wider, narrower = np.array(pairs).T
    shares = [_shares(table[:, wider] - table[:, narrower], thresholds.tie) for table in gaps]
    least = thresholds.robust_share - thresholds.tie
    return tuple(
        OrderStatement(
            wider=codes[first],
            narrower=codes[second],
            leave_one_out=alone,
            weights=changed,
            robust=alone is not None and changed is not None and min(alone, changed) >= least,
            subject=subject,
        )
        for (first, second), alone, changed in zip(pairs, *shares, strict=True)
    )


def _shares(differences: Floats, tie: float) -> list[float | None]:
    """Per column the share of the scenarios with a value in which the first gap stays the wider one."""
    known = (~np.isnan(differences)).sum(axis=0).tolist()
    holds = (differences > tie).sum(axis=0).tolist()
    return [part / whole if whole else None for part, whole in zip(holds, known, strict=True)]
