"""Gaps to the needed level, to peers and to the best; what the order of work rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from governance.analysis.dimension_gap import Backing, beside_other_regions, dimension_gap
from governance.analysis.gap_report import GapInputs, GapReport, RegionAnswers, RegionGaps
from governance.analysis.gap_warnings import region_warnings
from governance.analysis.importance import order_of_work
from governance.analysis.order import dimension_order, order_by_gap, work_order
from governance.analysis.peers import PeerScores, peer_scores, region_scores, statement_scores
from governance.analysis.perception import (
    NO_RATINGS,
    agreement_per_dimension,
    agreement_per_statement,
    perception_gaps,
    unit_gaps,
)
from governance.scoring.dimensions import score_dimensions
from governance.scoring.respondents import Draws, GroupTable, group_tables
from governance.scoring.robustness import Scenarios, changed_weights, leave_one_out
from governance.scoring.score_intervals import Interval, score_intervals
from governance.scoring.statements import ALL, AnsweredItem, Score

__all__ = ["GapInputs", "GapReport", "KeptRegion", "find_gaps", "find_region_gaps"]


@dataclass(frozen=True, kw_only=True)
class KeptRegion:
    """A region's findings from an earlier run on the same answers, and the lines drawn for all then."""

    findings: RegionGaps
    importance_line: float | None
    level_line: float | None


def find_gaps(inputs: GapInputs, *, kept: Mapping[str, KeptRegion] | None = None) -> GapReport:
    """The gap analysis of an exercise.

    Parameters
    ----------
    inputs
        The answers of all regions, targets, thresholds and seed; order does not matter to any number.
    kept
        Regions whose own answers, targets, thresholds and seed are those of an earlier run. Only what they
        take from other regions is made again; the result is that of the full run, bit for bit.

    Returns
    -------
    GapReport
        The same for the same inputs, always. Each region's part depends on its own answers and on the
        scores of the released regions only. Undefined values are None with a reason code (NO_DATA,
        COVERAGE_TOO_LOW, N_TOO_SMALL, NO_VARIANCE, NO_TARGET, CENSUS).

    Notes
    -----
    Source: this product's method; rules B4-B7, C1, C2, C7, C8 and C10.
    """
    known = kept or {}
    scores = {
        answers.region: list(known[answers.region].findings.scores)
        if answers.region in known
        else _scores(answers, inputs)
        for answers in inputs.regions
    }
    peers = peer_scores(scores, inputs=inputs)
    regions = tuple(
        _beside_others(answers, known[answers.region], peers=peers, inputs=inputs)
        if answers.region in known
        else _region_gaps(answers, scores=scores[answers.region], peers=peers, inputs=inputs)
        for answers in inputs.regions
    )
    return GapReport(
        method=inputs.method,
        thresholds=inputs.thresholds,
        seed=inputs.seed,
        dimensions=inputs.dimensions,
        importance_line=peers.importance_line,
        level_line=peers.level_line,
        regions=regions,
        warnings=tuple(
            warning
            for region, answers in zip(regions, inputs.regions, strict=True)
            for warning in region_warnings(region, answers.invited, inputs.thresholds)
        ),
    )


def find_region_gaps(inputs: GapInputs, *, region: str) -> RegionGaps:
    """One region alone, bit for bit as in the full run; of the others only their scores are made."""
    answers = next(answers for answers in inputs.regions if answers.region == region)
    needed = [one for one in inputs.regions if one.released or one.region == region]
    scores = {one.region: _scores(one, inputs) for one in needed}
    peers = peer_scores(scores, inputs=inputs)
    return _region_gaps(answers, scores=scores[region], peers=peers, inputs=inputs)


def _scores(answers: RegionAnswers, inputs: GapInputs) -> list[Score]:
    return score_dimensions(answers.items, invited=answers.invited, thresholds=inputs.thresholds)


def _region_gaps(
    answers: RegionAnswers, *, scores: list[Score], peers: PeerScores, inputs: GapInputs
) -> RegionGaps:
    t = inputs.thresholds
    whole = {score.code: score for score in region_scores(scores)}
    overall = whole.get(ALL) or Score(code=ALL, group=ALL, mean=None, reason="NO_DATA")
    dimension_of = {item.code: item.dimension for item in answers.items}
    of_dimensions, of_statements, intervals = _scenarios(answers, scores, inputs)
    agreement = agreement_per_dimension(answers.items)
    dimensions = tuple(
        dimension_gap(
            whole.get(code) or Score(code=code, group=ALL, mean=None, reason="NO_DATA", needed=1),
            answers=answers,
            backing=Backing(
                interval=intervals[place],
                left_out=of_dimensions[0].dimensions[:, place],
                agreement=agreement.get(code, NO_RATINGS),
            ),
            peers=peers,
            thresholds=t,
        )
        for place, code in enumerate(inputs.dimensions)
    )
    work = order_of_work(
        statement_scores(scores, inputs),
        dimension_of=dimension_of,
        lines=(peers.importance_line, peers.level_line),
        left_out=of_statements[0],
        tie=t.tie,
    )
    return RegionGaps(
        region=answers.region,
        released=answers.released,
        n=overall.n,
        invited=overall.invited,
        coverage=overall.coverage,
        overall=overall.mean,
        overall_reason=overall.reason,
        answered=_answered(answers.items),
        scores=tuple(scores),
        dimensions=dimensions,
        order=order_by_gap(dimensions, tie=t.tie),
        statements_of_order=dimension_order(dimensions, scenarios=of_dimensions, thresholds=t),
        order_of_work=work_order(work, scenarios=of_statements, thresholds=t),
        perception=perception_gaps(scores, items=answers.items, thresholds=t),
        unit_gaps=unit_gaps(scores, dimension_of=dimension_of),
        work=work,
        agreement=agreement_per_statement(answers.items),
    )


def _beside_others(
    answers: RegionAnswers, kept: KeptRegion, *, peers: PeerScores, inputs: GapInputs
) -> RegionGaps:
    """A region whose own numbers stand: its peers, and its fields where the lines moved."""
    found = kept.findings
    work = found.work
    if (kept.importance_line, kept.level_line) != (peers.importance_line, peers.level_line):
        scores = list(found.scores)
        _tables, statements = _tables_of(answers, scores, inputs)
        work = order_of_work(
            statement_scores(scores, inputs),
            dimension_of={item.code: item.dimension for item in answers.items},
            lines=(peers.importance_line, peers.level_line),
            left_out=leave_one_out(statements, _draws(answers, inputs)),
            tie=inputs.thresholds.tie,
        )
    dimensions = tuple(
        beside_other_regions(row, region=answers.region, peers=peers, thresholds=inputs.thresholds)
        for row in found.dimensions
    )
    return replace(found, released=answers.released, dimensions=dimensions, work=work)


def _answered(items: Sequence[AnsweredItem]) -> dict[str, int]:
    people = {(item.group, item.respondent) for item in items if item.level is not None}
    return {group: sum(own == group for own, _who in people) for group in sorted({g for g, _who in people})}


def _scenarios(
    answers: RegionAnswers, scores: Sequence[Score], inputs: GapInputs
) -> tuple[tuple[Scenarios, Scenarios], tuple[Scenarios, Scenarios], list[Interval]]:
    """Scenarios of dimensions and of statements, and intervals, from the answers that each score rests on.

    Answers of a withheld statement are left out of both, those of a withheld dimension out of its scores.
    """
    draws = _draws(answers, inputs)
    tables, statements = _tables_of(answers, scores, inputs)
    of_dimensions = leave_one_out(tables, draws), changed_weights(tables, draws)
    of_statements = of_dimensions
    if statements is not tables:
        of_statements = leave_one_out(statements, draws), changed_weights(statements, draws)
    return of_dimensions, of_statements, score_intervals(tables, draws)


def _draws(answers: RegionAnswers, inputs: GapInputs) -> Draws:
    return Draws(
        n_dimensions=len(inputs.dimensions),
        seed=inputs.seed,
        region=answers.region,
        thresholds=inputs.thresholds,
    )


def _tables_of(
    answers: RegionAnswers, scores: Sequence[Score], inputs: GapInputs
) -> tuple[list[GroupTable], list[GroupTable]]:
    """The answers behind the scores of dimensions, and those behind the scores of statements."""
    shown = {(score.group, score.code) for score in scores if score.mean is not None and score.unit is None}
    counted = [item for item in answers.items if (item.group, item.code) in shown]
    scored = [item for item in counted if (item.group, item.dimension) in shown]
    statements = group_tables(counted, dimensions=inputs.dimensions, invited=answers.invited)
    if len(scored) == len(counted):
        return statements, statements
    return group_tables(scored, dimensions=inputs.dimensions, invited=answers.invited), statements
