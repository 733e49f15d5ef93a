"""Where groups see the same thing differently, and how far respondents agree."""

from collections.abc import Sequence

import numpy as np

from governance.analysis.gap_report import Agreement, PerceptionGap
from governance.scoring.agreement import consensus, ordinal_alpha, share_between
from governance.scoring.dimensions import AnsweredItem, Score
from governance.scoring.settings import Thresholds


def perception_gaps(
    scores: Sequence[Score], *, items: Sequence[AnsweredItem], thresholds: Thresholds
) -> tuple[PerceptionGap, ...]:
    """team - units and team - stakeholders on core statements: the only ones all groups answer alike."""
    core = {item.code: item.dimension for item in items if item.is_core}
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
                )
            )
    return tuple(gaps)


def agreement_per_statement(items: Sequence[AnsweredItem]) -> tuple[Agreement, ...]:
    """Consensus (C2) and the whole distribution of each statement, the four kinds of answer kept apart."""
    by_code: dict[str, list[AnsweredItem]] = {}
    for item in items:
        by_code.setdefault(item.code, []).append(item)
    kinds = ("no_information", "does_not_apply", "unanswered")
    return tuple(
        Agreement(
            code=code,
            dimension=mine[0].dimension,
            consensus=consensus([item.level for item in mine if item.level is not None]),
            n=sum(item.level is not None for item in mine),
            counts={str(step): sum(item.level == step for item in mine) for step in range(1, 6)}
            | {kind: sum(item.kind == kind for item in mine) for kind in kinds},
        )
        for code, mine in by_code.items()
    )


def dimension_agreement(items: Sequence[AnsweredItem], dimension: str) -> tuple[float | None, float | None]:
    """Alpha (C1) over the statements of a dimension, and the share of disagreement between groups (C10)."""
    mine = [item for item in items if item.dimension == dimension and item.level is not None]
    people = sorted({(item.group, item.respondent) for item in mine})
    codes = sorted({(item.code, item.unit or 0) for item in mine})
    table = np.full((len(people), len(codes)), np.nan)
    row = {person: index for index, person in enumerate(people)}
    column = {code: index for index, code in enumerate(codes)}
    groups: dict[str, list[float]] = {}
    for item in mine:
        assert item.level is not None
        table[row[item.group, item.respondent], column[item.code, item.unit or 0]] = item.level
        groups.setdefault(item.group, []).append(float(item.level))
    return ordinal_alpha(table) if mine else None, share_between(groups)
