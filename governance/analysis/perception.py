"""Where groups see the same thing differently, and how far respondents agree."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from governance.analysis.gap_report import Agreement, PerceptionGap, UnitGap
from governance.scoring.agreement import frequency_consensus
from governance.scoring.differences import group_differences
from governance.scoring.reliability import krippendorff_alpha
from governance.scoring.settings import HIGHEST, LOWEST, Thresholds
from governance.scoring.statements import AnsweredItem, Score

KINDS = ("no_information", "does_not_apply", "unanswered")


@dataclass(frozen=True, kw_only=True)
class DimensionAgreement:
    """Alpha (C1) and the share of disagreement between groups (C10), each with the reason when None."""

    alpha: float | None
    alpha_reason: str
    between: float | None
    between_p: float | None
    between_reason: str


# A dimension without any rating.
NO_RATINGS = DimensionAgreement(
    alpha=None, alpha_reason="NO_DATA", between=None, between_p=None, between_reason="NO_DATA"
)


def perception_gaps(
    scores: Sequence[Score], *, items: Sequence[AnsweredItem], thresholds: Thresholds
) -> tuple[PerceptionGap, ...]:
    """team - units and team - stakeholders on core statements: the only ones all groups answer alike."""
    core = {item.code: item.dimension for item in items if item.is_core and item.unit is None}
    found = {(score.code, score.group): score for score in scores if score.unit is None}
    gaps = []
    for code, dimension in core.items():
        team = found.get((code, "team"))
        for other in ("unit", "stakeholder"):
            theirs = found.get((code, other))
            if team is None or theirs is None:
                continue
            gap = None if team.mean is None or theirs.mean is None else team.mean - theirs.mean
            wide = gap is not None and abs(gap) >= thresholds.perception_flag - thresholds.tie
            gaps.append(
                PerceptionGap(
                    code=code,
                    dimension=dimension,
                    other=other,
                    team=team.mean,
                    value=theirs.mean,
                    gap=gap,
                    n=theirs.n,
                    flagged=wide and theirs.n >= thresholds.perception_n,
                    reason=team.reason or theirs.reason,
                )
            )
    return tuple(gaps)


def unit_gaps(scores: Sequence[Score], *, dimension_of: Mapping[str, str]) -> tuple[UnitGap, ...]:
    """What the team says about each unit beside what the unit says about itself."""
    found = {(score.unit, score.code, score.group): score for score in scores if score.unit is not None}
    gaps = []
    for unit, code in dict.fromkeys((unit, code) for unit, code, _group in found):
        team, own = (found.get((unit, code, group)) for group in ("team", "unit"))
        values = (team.mean if team else None, own.mean if own else None)
        gaps.append(
            UnitGap(
                unit=unit,
                code=code,
                dimension=dimension_of[code],
                team=values[0],
                own=values[1],
                gap=None if values[0] is None or values[1] is None else values[0] - values[1],
                reason="" if None not in values else "NO_DATA",
            )
        )
    return tuple(gaps)


def agreement_per_statement(items: Sequence[AnsweredItem]) -> tuple[Agreement, ...]:
    """Consensus (C2) and the whole distribution of each statement, the four kinds of answer kept apart."""
    levels = Counter((item.code, item.level) for item in items)
    kinds = Counter((item.code, item.kind) for item in items)
    about_units = {item.code for item in items if item.unit is not None}
    dimension_of: dict[str, str] = {}
    for item in items:
        dimension_of.setdefault(item.code, item.dimension)
    rows = []
    for code, dimension in dimension_of.items():
        steps = {str(step): levels[code, step] for step in range(LOWEST, HIGHEST + 1)}
        n = sum(steps.values())
        rows.append(
            Agreement(
                code=code,
                dimension=dimension,
                consensus=frequency_consensus(list(steps.values())),
                n=n,
                counts=steps | {kind: kinds[code, kind] for kind in KINDS},
                about_units=code in about_units,
                reason="" if n > 1 else "N_TOO_SMALL" if n else "NO_DATA",
            )
        )
    return tuple(rows)


def agreement_per_dimension(items: Sequence[AnsweredItem]) -> dict[str, DimensionAgreement]:
    """How reliable the ratings of each dimension are, and whether the groups differ on it.

    Alpha: each statement (about each unit) is a thing rated, each respondent a rater. Between groups: the
    mean of each respondent over the core statements, which all groups answer; one group of several is
    needed, otherwise nothing tells groups from persons (N_TOO_SMALL).
    """
    rated: dict[str, list[AnsweredItem]] = {}
    for item in items:
        if item.level is not None:
            rated.setdefault(item.dimension, []).append(item)
    return {dimension: _agreement_of(mine) for dimension, mine in rated.items()}


def _agreement_of(items: Sequence[AnsweredItem]) -> DimensionAgreement:
    """Of the answers with a value in one dimension."""
    people = [(item.group, item.respondent) for item in items]
    things = [(item.code, item.unit or 0) for item in items]
    row, column = ({key: n for n, key in enumerate(sorted(set(keys)))} for keys in (people, things))
    table = np.full((len(row), len(column)), np.nan)
    table[[row[who] for who in people], [column[what] for what in things]] = [item.level for item in items]
    core: dict[tuple[str, str], list[int]] = {}
    for who, item in zip(people, items, strict=True):
        if item.is_core and item.level is not None:
            core.setdefault(who, []).append(item.level)
    alpha, alpha_reason = krippendorff_alpha(table)
    groups: dict[str, list[float]] = {}
    for (group, _respondent), levels in core.items():
        groups.setdefault(group, []).append(sum(levels) / len(levels))
    differences = group_differences(groups)
    told_apart = len(core) > len(groups)
    return DimensionAgreement(
        alpha=alpha,
        alpha_reason=alpha_reason,
        between=differences["eta_squared"] if told_apart else None,
        between_p=differences["p"] if told_apart else None,
        between_reason=(differences["reason"] or "") if told_apart or not core else "N_TOO_SMALL",
    )
