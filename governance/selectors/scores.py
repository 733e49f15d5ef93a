"""Scores as others may read them: small groups are withheld."""

from typing import Any

from django.db.models import Q, QuerySet

from governance.enums import Dimension
from governance.models import GovernanceScore
from governance.models.score import ScoreGroup
from governance.scoring.settings import Thresholds
from mapping.models import Exercise


def public_scores(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The team's agreed scores, and what a published analysis of the same answers lets through.

    Statements of the region stay inside; so does a withheld mean: its importance rests on the same few.
    """
    agreed = Q(group=ScoreGroup.TEAM, unit=None)
    region = Q(group=ScoreGroup.ALL, unit=None, code__in=[*Dimension.values, "all"], is_public=True)
    return rows.filter(agreed | (region & (Q(n=0) | Q(n__gt=_strictest_k()))))


def _strictest_k() -> int:
    """The highest k any exercise asks for: one that raised it is never shown with the default."""
    raised = Exercise.objects.exclude(thresholds={}).values_list("thresholds", flat=True)
    return max([Thresholds().k_public, *(Thresholds.from_overrides(row).k_public for row in raised)])


def team_scores(*, region_map: Any) -> list[GovernanceScore]:
    """Group scores as the partnership sees them, from k = 3 respondents; the team's own always.

    The region's score goes too where team and units, who know their answers, could work out a stakeholder's.
    """
    thresholds = Thresholds.from_overrides(region_map.exercise.thresholds)
    rows = list(GovernanceScore.objects.filter(region_map=region_map, unit=None))
    few = {
        row.code
        for row in rows
        if row.group == ScoreGroup.STAKEHOLDER and 0 < row.n < thresholds.k_team and row.mean is not None
    }
    open_to_all = (ScoreGroup.TEAM, ScoreGroup.ALL)
    return [
        row
        for row in rows
        if (row.n >= thresholds.k_team or row.group in open_to_all or row.n == 0)
        and not (row.group == ScoreGroup.ALL and row.code in few)
    ]
