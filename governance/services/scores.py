"""Scores are written where answers are sent, in the same transaction."""

from django.db import transaction
from django.utils import timezone

from governance.models import GovernanceScore
from governance.scoring.dimensions import score_dimensions
from governance.scoring.settings import METHOD_VERSION, Thresholds
from governance.scoring.statements import Score
from governance.selectors.inputs import answered_items
from mapping.models import RegionMap


def _score_row(region_map: RegionMap, score: Score) -> GovernanceScore:
    return GovernanceScore(
        region_map=region_map,
        group=score.group,
        unit_id=score.unit,
        code=score.code,
        mean=score.mean,
        importance=score.importance,
        reason=score.reason,
        n=score.n,
        invited=score.invited,
        coverage=score.coverage,
        spread=score.spread,
        method_version=METHOD_VERSION,
        computed_at=timezone.now(),
    )


@transaction.atomic
def refresh_scores(*, region_map: RegionMap) -> int:
    """Compute the scores of a map from the responses that were sent; vanished ones go. Returns how many."""
    items, invited = answered_items(maps=[region_map]).get(region_map.pk, ([], {}))
    thresholds = Thresholds.from_overrides(region_map.exercise.thresholds)
    scores = score_dimensions(items, invited=invited, thresholds=thresholds)
    GovernanceScore.objects.filter(region_map=region_map).delete()
    GovernanceScore.objects.bulk_create([_score_row(region_map, score) for score in scores], batch_size=400)
    return len(scores)
