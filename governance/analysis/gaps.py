"""Gaps to the needed level, to peers and to the best; what the order of work rests on."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from governance.analysis.gap_report import (
    DimensionGap,
    GapInputs,
    GapReport,
    OrderStatement,
    RegionAnswers,
    RegionGaps,
    Warning,
)
from governance.analysis.importance import grand_mean, order_of_work
from governance.analysis.perception import agreement_per_statement, dimension_agreement, perception_gaps
from governance.scoring.dimensions import ALL, AnsweredItem, Score, score_dimensions
from governance.scoring.intervals import Draws, Interval, group_tables, scenarios, score_intervals
from governance.scoring.settings import Thresholds

Floats = NDArray[np.float64]
__all__ = ["GapInputs", "GapReport", "find_gaps", "order_by_gap", "order_statements"]


def find_gaps(inputs: GapInputs) -> GapReport:
    """The gap analysis of an exercise.

    Each region's part depends on its own answers and on the scores of the released regions only, so a
    changed region computed anew equals the full run bit for bit.

    Notes
    -----
    Source: method.md "Gap analysis"; B4-B7, C1, C2, C7, C10 of the method's formulas.
    """
    t = inputs.thresholds
    scores = {
        answers.region: score_dimensions(answers.items, invited=answers.invited, thresholds=t)
        for answers in inputs.regions
    }
    released = {answers.region for answers in inputs.regions if answers.released}
    peers = {region: dimension_means(scores[region], inputs.dimensions) for region in released}
    statements = [score for region in sorted(released) for score in statement_scores(scores[region], inputs)]
    lines = (
        grand_mean(score.importance for score in statements),
        grand_mean(score.mean for score in statements),
    )
    regions = tuple(
        region_gaps(answers, scores=scores[answers.region], peers=peers, lines=lines, inputs=inputs)
        for answers in inputs.regions
    )
    return GapReport(
        method=inputs.method,
        thresholds=t,
        seed=inputs.seed,
        dimensions=inputs.dimensions,
        importance_line=lines[0],
        level_line=lines[1],
        regions=regions,
        warnings=tuple(warning for region in regions for warning in warnings_of(region, t)),
    )


def dimension_means(scores: Sequence[Score], dimensions: Sequence[str]) -> dict[str, float | None]:
    found = {score.code: score.mean for score in scores if score.group == ALL}
    return {code: found.get(code) for code in dimensions}


def statement_scores(scores: Sequence[Score], inputs: GapInputs) -> list[Score]:
    """The region's score of each statement (no dimensions, no overall score)."""
    skipped = {*inputs.dimensions, ALL}
    return [
        score for score in scores if score.group == ALL and score.unit is None and score.code not in skipped
    ]


def region_gaps(
    answers: RegionAnswers,
    *,
    scores: list[Score],
    peers: dict[str, dict[str, float | None]],
    lines: tuple[float | None, float | None],
    inputs: GapInputs,
) -> RegionGaps:
    t = inputs.thresholds
    counted = counted_items(answers.items, scores)
    tables = group_tables(counted, dimensions=inputs.dimensions, invited=answers.invited)
    draws = Draws(n_dimensions=len(inputs.dimensions), seed=inputs.seed, region=answers.region, thresholds=t)
    intervals = score_intervals(tables, draws)
    whole = {score.code: score for score in scores if score.group == ALL and score.unit is None}
    others = [means for region, means in sorted(peers.items()) if region != answers.region]
    dimensions = tuple(
        dimension_gap(
            whole.get(code) or Score(code=code, group=ALL, mean=None, reason="NO_DATA"),
            interval=intervals[index],
            target=answers.targets.get(code),
            others=[means[code] for means in others],
            agreement=dimension_agreement(answers.items, code),
            thresholds=t,
        )
        for index, code in enumerate(inputs.dimensions)
    )
    overall = whole.get(ALL)
    dimension_of = {item.code: item.dimension for item in answers.items}
    return RegionGaps(
        region=answers.region,
        released=answers.released,
        n=overall.n if overall else 0,
        invited=overall.invited if overall else None,
        coverage=overall.coverage if overall else None,
        overall=overall.mean if overall else None,
        scores=tuple(scores),
        dimensions=dimensions,
        order=order_by_gap(dimensions, t),
        statements_of_order=order_statements(
            dimensions, scenarios=scenarios(tables, draws), codes=inputs.dimensions, thresholds=t
        ),
        perception=perception_gaps(scores, items=answers.items, thresholds=t),
        work=order_of_work(
            statement_scores(scores, inputs), dimension_of=dimension_of, lines=lines, tie=t.tie
        ),
        agreement=agreement_per_statement(answers.items),
    )


def counted_items(items: Sequence[AnsweredItem], scores: Sequence[Score]) -> list[AnsweredItem]:
    """The answers that a score rests on: those of withheld statements and dimensions are left out."""
    shown = {(score.group, score.code) for score in scores if score.mean is not None and score.unit is None}
    return [
        item for item in items if (item.group, item.code) in shown and (item.group, item.dimension) in shown
    ]


def dimension_gap(
    score: Score,
    *,
    interval: Interval,
    target: int | None,
    others: list[float | None],
    agreement: tuple[float | None, float | None],
    thresholds: Thresholds,
) -> DimensionGap:
    known = [value for value in others if value is not None]
    enough = len(known) >= thresholds.min_peers
    middle, best = (median(known), max(known)) if enough else (None, None)
    mean = score.mean
    shown = mean is not None
    has_interval = shown and interval.upper is not None
    return DimensionGap(
        code=score.code,
        score=mean,
        reason=score.reason,
        n=score.n,
        invited=score.invited,
        coverage=score.coverage,
        lower=interval.lower if shown else None,
        upper=interval.upper if shown else None,
        interval_reason=interval.reason if shown else (score.reason or "NO_DATA"),
        target=target,
        target_gap=None if mean is None or target is None else max(0.0, target - mean),
        confirmed=None
        if target is None or not has_interval or interval.upper is None
        else bool(interval.upper < target - thresholds.tie),
        peers=len(known),
        peer_median=middle,
        peer_gap=None if mean is None or middle is None else middle - mean,
        best=best,
        best_gap=None if mean is None or best is None else max(0.0, best - mean),
        peer_reason="" if enough else "N_TOO_SMALL",
        importance=score.importance,
        alpha=agreement[0],
        between_groups=agreement[1],
        needed=score.needed,
    )


def order_by_gap(dimensions: Sequence[DimensionGap], thresholds: Thresholds) -> tuple[str, ...]:
    """Dimensions by target gap, widest first; equal gaps (1e-9) keep the questionnaire's order.

    Those without a gap follow in the questionnaire's order: without a target there is no place in the order.
    """
    step = thresholds.tie * 10
    ranked = sorted(
        (row for row in dimensions if row.target_gap is not None),
        key=lambda row: -round((row.target_gap or 0.0) / step) * step,
    )
    return (*(row.code for row in ranked), *(row.code for row in dimensions if row.target_gap is None))


def order_statements(
    dimensions: Sequence[DimensionGap],
    *,
    scenarios: tuple[Floats, Floats],
    codes: Sequence[str],
    thresholds: Thresholds,
) -> tuple[OrderStatement, ...]:
    """Neighbours in the order of gaps: in which share of scenarios does the wider gap stay the wider one?

    Robust when it holds in at least 90 % of both: one respondent left out, and group weights changed.
    Differences under 0.3 are no statement of order.
    """
    found = {row.code: row for row in dimensions}
    ranked = [code for code in order_by_gap(dimensions, thresholds) if found[code].target_gap is not None]
    column = {code: index for index, code in enumerate(codes)}
    statements = []
    for wider, narrower in pairwise(ranked):
        first, second = found[wider], found[narrower]
        if (first.target_gap or 0) - (second.target_gap or 0) < thresholds.min_difference - thresholds.tie:
            continue
        shares = [
            share_holding(draws, column[wider], column[narrower], (first.target or 0) - (second.target or 0))
            for draws in scenarios
        ]
        statements.append(
            OrderStatement(
                wider=wider,
                narrower=narrower,
                leave_one_out=shares[0],
                weights=shares[1],
                robust=all(share is not None and share >= thresholds.robust_share for share in shares),
            )
        )
    return tuple(statements)


def share_holding(draws: Floats, wider: int, narrower: int, targets: int) -> float | None:
    """Share of scenarios in which target - score is still wider in one dimension than in the other."""
    difference = targets - draws[:, wider] + draws[:, narrower]
    there = difference[~np.isnan(difference)]
    return float((there > 0).mean()) if len(there) else None


def warnings_of(region: RegionGaps, thresholds: Thresholds) -> list[Warning]:
    """What a reader must know: withheld scores, missing targets, few answers."""
    found = [
        Warning(code=row.reason, region=region.region, data={"dimension": row.code, "needed": row.needed})
        for row in region.dimensions
        if row.reason
    ]
    untargeted = [row.code for row in region.dimensions if row.target is None]
    if untargeted:
        found.append(Warning(code="NO_TARGET", region=region.region, data={"dimensions": untargeted}))
    if 0 < region.n < thresholds.interval_n:
        found.append(Warning(code="N_TOO_SMALL", region=region.region, data={"n": region.n}))
    return found
