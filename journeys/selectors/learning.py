"""What regions share with each other, in a few lines: the way in to practices, journeys, events and plans."""

from dataclasses import dataclass
from typing import Any

from governance.models import MapEdition
from journeys.models import ActionPlan, Article, Event, Journey, Practice
from mapping.models import Region


@dataclass(frozen=True, kw_only=True)
class Learning:
    """How many of each the reader may see."""

    practices: int
    journeys: int
    events: int
    plans: int
    news: int
    regions: list[Region]  # those whose chain from gap to result can be read


def learning_page(*, user: Any) -> Learning:
    """Six queries."""
    editions = MapEdition.objects.visible_to(user)
    return Learning(
        practices=Practice.objects.visible_to(user).published().count(),
        journeys=Journey.objects.visible_to(user).count(),
        events=Event.objects.visible_to(user).published().count(),
        plans=ActionPlan.objects.visible_to(user).count(),
        news=Article.objects.published().count(),
        regions=list(Region.objects.filter(pk__in=editions.values("region_map__region"))),
    )
