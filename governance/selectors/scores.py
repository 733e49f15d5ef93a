"""Scores as others may read them: small groups are withheld."""

from typing import Any

from django.db.models import Q, QuerySet

from governance.enums import Dimension
from governance.models import GovernanceScore
from governance.models.score import ScoreGroup
from governance.scoring.settings import Thresholds
from mapping.models import Exercise


def public_scores(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The team's agreed scores, and the region's by dimension where at least k others stand behind them.

    The team's answer is public, so what is left after taking it away must rest on k respondents too.
    Statements of the region stay inside: with the dimension's mean, one hidden value could be worked out.
    """
    agreed = Q(group=ScoreGroup.TEAM, unit=None)
    region = Q(group=ScoreGroup.ALL, unit=None, code__in=[*Dimension.values, "all"])
    # A withheld mean of few respondents stays inside as well: its importance rests on the same few.
    enough = Q(n=0) | Q(n__gt=_strictest_k())
    return rows.filter(agreed | (region & enough))


def _strictest_k() -> int:
    """The highest k any exercise asks for: one that raised it is never shown with the default."""
    raised = Exercise.objects.exclude(thresholds={}).values_list("thresholds", flat=True)
    return max([Thresholds().k_public, *(Thresholds.from_overrides(row).k_public for row in raised)])


def team_scores(*, region_map: Any) -> list[GovernanceScore]:
    """Group scores as the partnership sees them: from k = 3 respondents; the team's own always."""
    k = Thresholds.from_overrides(region_map.exercise.thresholds).k_team
    rows = GovernanceScore.objects.filter(region_map=region_map, unit=None)
    return list(rows.filter(Q(n__gte=k) | Q(group__in=[ScoreGroup.TEAM, ScoreGroup.ALL]) | Q(n=0)))
