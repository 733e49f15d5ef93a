"""What regions share with each other, for the world of the access tests."""

from typing import Any

from journeys.models import IndicatorReading
from journeys.selectors.practice_work import ASKED
from tests.factories.exchange import (
    ActionFactory,
    ActionIndicatorFactory,
    ActionPlanFactory,
    MilestoneFactory,
    PracticeFactory,
    PracticeUseFactory,
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


def practices(rows: dict[str, Any], *, public: bool) -> dict[str, Any]:
    """A practice of the map's region in each state that matters, and one that the region uses."""
    region = rows["map"].region
    work = {"region": region, "published_at": None, "unknown": list(ASKED)}
    shown = {} if public else {"state": "draft", "published_at": None}
    made = {
        "practice": PracticeFactory(region=region, dimensions=["E3"], **shown),
        "practice_draft": PracticeFactory(**work, state="draft"),
        "practice_submitted": PracticeFactory(**work, state="submitted"),
    }
    use = PracticeUseFactory(region_map=rows["map"], practice=made["practice"], area=rows["area"])
    return {name: row.slug for name, row in made.items()} | {"use": use}
