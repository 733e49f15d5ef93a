"""Gaps to the needed level, to peers and to the best; what the order of work rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from governance.analysis.dimension_gap import Backing, dimension_gap
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
from governance.scoring.score_intervals import score_intervals
from governance.scoring.statements import ALL, AnsweredItem, Score

__all__ = [
    "GapInputs",
    "GapReport",
    "OwnGaps",
    "find_gaps",
    "find_own_gaps",
    "find_region_gaps",
]


def find_gaps(inputs: GapInputs) -> GapReport:
    """The gap analysis of an exercise.

    Parameters
    ----------
    inputs
        The answers of all regions, targets, thresholds and seed; order does not matter to any number.

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
    alone = {answers.region: _Alone(answers, inputs) for answers in inputs.regions}
    peers = peer_scores({region: found.scores for region, found in alone.items()}, inputs=inputs)
    regions = tuple(alone[answers.region].beside(peers) for answers in inputs.regions)
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
    found = _Alone(answers, inputs)
    others = [one for one in inputs.regions if one.released and one.region != region]
    scores = {one.region: _scores(_items(one, inputs), one, inputs) for one in others}
    return found.beside(peer_scores(scores | {region: found.scores}, inputs=inputs))


@dataclass(frozen=True, kw_only=True)
class OwnGaps:
    """What a region's own answers say. `findings` stand as if there were no other region.

    statements, dimension_of, left_out: what its fields of importance and level are drawn from, once the
    lines of all regions are known.
    """

    findings: RegionGaps
    statements: list[Score]
    dimension_of: dict[str, str]
    left_out: Scenarios


def find_own_gaps(answers: RegionAnswers, *, inputs: GapInputs) -> OwnGaps:
    """One region's own answers; of `inputs` only dimensions, thresholds and seed are read."""
    found = _Alone(answers, inputs)
    return OwnGaps(
        findings=found.beside(PeerScores(standings={}, importance_line=None, level_line=None)),
        statements=statement_scores(found.scores, inputs),
        dimension_of=found.dimension_of,
        left_out=found.of_statements[0],
    )


def _items(answers: RegionAnswers, inputs: GapInputs) -> tuple[AnsweredItem, ...]:
    """The answers to statements of the dimensions; a questionnaire may ask beside them."""
    return tuple(item for item in answers.items if item.dimension in inputs.dimensions)


def _scores(items: Sequence[AnsweredItem], answers: RegionAnswers, inputs: GapInputs) -> list[Score]:
    return score_dimensions(items, invited=answers.invited, thresholds=inputs.thresholds)


class _Alone:
    """What a region's own answers say, before its peers are known. The answers themselves are let go."""

    def __init__(self, answers: RegionAnswers, inputs: GapInputs) -> None:
        self.answers, self.inputs = answers, inputs
        items = _items(answers, inputs)
        self.scores = _scores(items, answers, inputs)
        self.whole = {score.code: score for score in region_scores(self.scores)}
        self.dimension_of = {item.code: item.dimension for item in items}
        draws = _draws(answers, inputs)
        tables, statements = _tables_of(items, answers, self.scores, inputs)
        self.of_dimensions = leave_one_out(tables, draws), changed_weights(tables, draws)
        self.of_statements = self.of_dimensions
        if statements is not tables:
            self.of_statements = leave_one_out(statements, draws), changed_weights(statements, draws)
        agreement = agreement_per_dimension(items)
        self.backing = [
            Backing(
                interval=interval,
                left_out=self.of_dimensions[0].dimensions[:, place],
                agreement=agreement.get(inputs.dimensions[place], NO_RATINGS),
            )
            for place, interval in enumerate(score_intervals(tables, draws))
        ]
        self.findings: dict[str, Any] = {
            "answered": _answered(items),
            "perception": perception_gaps(self.scores, items=items, thresholds=inputs.thresholds),
            "unit_gaps": unit_gaps(self.scores, dimension_of=self.dimension_of),
            "agreement": agreement_per_statement(items),
        }

    def beside(self, peers: PeerScores) -> RegionGaps:
        """All findings of the region, with what it takes from the others."""
        t, answers, dimensions = self.inputs.thresholds, self.answers, []
        for code, backing in zip(self.inputs.dimensions, self.backing, strict=True):
            nothing = Score(code=code, group=ALL, mean=None, reason="NO_DATA", needed=1)
            score = self.whole.get(code, nothing)
            dimensions.append(
                dimension_gap(score, answers=answers, backing=backing, peers=peers, thresholds=t)
            )
        work = order_of_work(
            statement_scores(self.scores, self.inputs),
            dimension_of=self.dimension_of,
            lines=(peers.importance_line, peers.level_line),
            left_out=self.of_statements[0],
            tie=t.tie,
        )
        overall = self.whole.get(ALL) or Score(code=ALL, group=ALL, mean=None, reason="NO_DATA")
        return RegionGaps(
            region=answers.region,
            released=answers.released,
            n=overall.n,
            invited=overall.invited,
            coverage=overall.coverage,
            overall=overall.mean,
            overall_reason=overall.reason,
            scores=tuple(self.scores),
            dimensions=tuple(dimensions),
            order=order_by_gap(dimensions, tie=t.tie),
            statements_of_order=dimension_order(dimensions, scenarios=self.of_dimensions, thresholds=t),
            order_of_work=work_order(work, scenarios=self.of_statements, thresholds=t),
            work=work,
            **self.findings,
        )


def _answered(items: Sequence[AnsweredItem]) -> dict[str, int]:
    people = {(item.group, item.respondent) for item in items if item.level is not None}
    return {group: sum(own == group for own, _who in people) for group in sorted({g for g, _who in people})}


def _draws(answers: RegionAnswers, inputs: GapInputs) -> Draws:
    return Draws(
        n_dimensions=len(inputs.dimensions),
        seed=inputs.seed,
        region=answers.region,
        thresholds=inputs.thresholds,
    )


def _tables_of(
    items: Sequence[AnsweredItem], answers: RegionAnswers, scores: Sequence[Score], inputs: GapInputs
) -> tuple[list[GroupTable], list[GroupTable]]:
    """The answers behind the scores of dimensions, and those behind the scores of statements.

    Answers of a withheld statement are left out of both, those of a withheld dimension out of its scores.
    """
    shown = {(score.group, score.code) for score in scores if score.mean is not None and score.unit is None}
    counted = [item for item in items if (item.group, item.code) in shown]
    scored = [item for item in counted if (item.group, item.dimension) in shown]
    statements = group_tables(counted, dimensions=inputs.dimensions, invited=answers.invited)
    if len(scored) == len(counted):
        return statements, statements
    return group_tables(scored, dimensions=inputs.dimensions, invited=answers.invited), statements
