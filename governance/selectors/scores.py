"""Scores as others may read them: small groups are withheld."""

from typing import Any

from django.db.models import Q, QuerySet

from governance.models import GovernanceScore
from governance.models.score import ScoreGroup
from governance.scoring.settings import Thresholds


def public_scores(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The region's scores and the team's agreed ones, where at least k respondents stand behind them.

    Scores of units and stakeholders leave the partnership only as part of the region's: a difference of
    two published cells would otherwise give a small group away.
    """
    k = Thresholds().k_public
    agreed = Q(group=ScoreGroup.TEAM, unit=None)
    return rows.filter(agreed | Q(group=ScoreGroup.ALL, unit=None, n__gte=k) | Q(group=ScoreGroup.ALL, n=0))


def team_scores(*, region_map: Any) -> list[GovernanceScore]:
    """Group scores as the partnership sees them: from k = 3 respondents; the team's own always."""
    k = Thresholds.from_overrides(region_map.exercise.thresholds).k_team
    rows = GovernanceScore.objects.filter(region_map=region_map, unit=None)
    return list(rows.filter(Q(n__gte=k) | Q(group__in=[ScoreGroup.TEAM, ScoreGroup.ALL]) | Q(n=0)))
