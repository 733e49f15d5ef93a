"""What regions share with each other, for the world of the access tests."""

from typing import Any

from journeys.models import IndicatorReading
from tests.factories.exchange import (
    ActionFactory,
    ActionIndicatorFactory,
    ActionPlanFactory,
    MilestoneFactory,
)


def plans(rows: dict[str, Any]) -> dict[str, Any]:
    """A plan of the map that people work on, with every kind of part, and a released one next door."""
    plan = ActionPlanFactory(region_map=rows["map"], published_at=None)
    action = ActionFactory(plan=plan)
    indicator = ActionIndicatorFactory(action=action)
    return {
        "plan": plan,
        "action": action,
        "milestone": MilestoneFactory(action=action),
        "indicator": indicator,
        "reading": IndicatorReading.objects.create(indicator=indicator, on="2031-01-01", value=1),
        "public_plan": ActionPlanFactory(region_map=rows.get("published_map", rows["map"])),
    }
