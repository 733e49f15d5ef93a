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
    rows = [dimensions[place] for place in descending([r.target_gap for r in dimensions], tie=thresholds.tie)]
    place = {row.code: index for index, row in enumerate(dimensions)}

    return tuple(
        _order_statement(
            (first.code, second.code),
            subject="dimension",
            differences=[
                _target_gaps(draws, place, first) - _target_gaps(draws, place, second) for draws in scenarios
            ],
            thresholds=thresholds,
        )
        for first, second in pairwise(rows)
        if _differ(first.target_gap, second.target_gap, thresholds)
    )


def work_order(
    work: Sequence[WorkItem], *, scenarios: Both, thresholds: Thresholds
) -> tuple[OrderStatement, ...]:
    """Neighbours in the order of work, by weighted gap; the same rules as for dimensions."""
    return tuple(
        _order_statement(
            (first.code, second.code),
            subject="statement",
            differences=[_weighted_gaps(draws, first) - _weighted_gaps(draws, second) for draws in scenarios],
            thresholds=thresholds,
        )
        for first, second in pairwise(work)
        if _differ(first.gap, second.gap, thresholds) and first.weighted_gap > second.weighted_gap
    )


def share_of(holds: Flags, known: Flags) -> float | None:
    """Share of the scenarios with a value in which something holds; None without such a scenario."""
    return float(holds[known].mean()) if known.any() else None


def _differ(wider: float | None, narrower: float | None, thresholds: Thresholds) -> bool:
    return (wider or 0.0) - (narrower or 0.0) >= thresholds.min_difference - thresholds.tie


def _target_gaps(draws: Scenarios, place: dict[str, int], row: DimensionGap) -> Floats:
    gaps: Floats = np.maximum(0.0, (row.target or 0) - draws.dimensions[:, place[row.code]])
    return gaps


def _weighted_gaps(draws: Scenarios, row: WorkItem) -> Floats:
    column = draws.statements.index(row.code)
    importance, total = draws.importance[:, column], np.nansum(draws.importance, axis=1)
    shares = np.divide(importance, total, out=np.full_like(total, np.nan), where=total > 0)
    gaps: Floats = draws.weights[:, column] * shares * np.maximum(0.0, importance - draws.levels[:, column])
    return gaps


def _order_statement(
    codes: tuple[str, str], *, subject: str, differences: Sequence[Floats], thresholds: Thresholds
) -> OrderStatement:
    shares = [share_of(difference > thresholds.tie, ~np.isnan(difference)) for difference in differences]
    return OrderStatement(
        wider=codes[0],
        narrower=codes[1],
        leave_one_out=shares[0],
        weights=shares[1],
        robust=all(
            share is not None and share >= thresholds.robust_share - thresholds.tie for share in shares
        ),
        subject=subject,
    )
