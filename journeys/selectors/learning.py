"""What regions share with each other, in a few lines: the way in to practices, journeys, events and plans."""

from dataclasses import dataclass
from typing import Any

from journeys.models import ActionPlan, Event, Journey, Practice


@dataclass(frozen=True, kw_only=True)
class Learning:
    """How many of each the reader may see."""

    practices: int
    journeys: int
    events: int
    plans: int


def learning_page(*, user: Any) -> Learning:
    """Four queries."""
    return Learning(
        practices=Practice.objects.visible_to(user).published().count(),
        journeys=Journey.objects.visible_to(user).count(),
        events=Event.objects.visible_to(user).count(),
        plans=ActionPlan.objects.visible_to(user).count(),
    )
