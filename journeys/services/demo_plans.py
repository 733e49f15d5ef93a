"""Action plans of the demonstration: Mazovia's as the sources tell it, and an invented draft to work on."""

from decimal import Decimal
from typing import Any

from django.utils import timezone

from governance.models import AreaOfImprovement
from journeys.models import (
    Action,
    ActionIndicator,
    ActionPlan,
    IndicatorReading,
    Milestone,
    Practice,
    Takeaway,
)
from journeys.services.demo_content import read_demo
from mapping.models import Exercise, RegionMap

TEXTS = ("background", "description", "timeframe", "result", "state", "provenance", "unknown")


def add_plans(*, exercise: Exercise) -> None:
    """After areas, practices and takeaways: actions lead to those that are there."""
    maps = {row.region.slug: row for row in exercise.region_maps.select_related("region")}
    for item in read_demo("plans")["plans"]:
        _add_plan(region_map=maps[item["region"]], item=item)


def _add_plan(*, region_map: RegionMap, item: dict[str, Any]) -> None:
    plan = ActionPlan.objects.create(
        region_map=region_map,
        title=item["title"],
        organisation=item.get("organisation", region_map.region.lead_partner),
        background=item["background"],
        provenance=item["provenance"],
        published_at=timezone.now() if item["released"] else None,
        sources=item["source"],
        unknown=item["unknown"],
    )
    areas = list(AreaOfImprovement.objects.filter(region_map=region_map))
    for position, action in enumerate(item["actions"], start=1):
        _add_action(plan=plan, item=action, areas=areas, position=position)


def _add_action(*, plan: ActionPlan, item: dict[str, Any], areas: list[Any], position: int) -> None:
    action = Action.objects.create(
        plan=plan,
        title=item["title"],
        position=position,
        due_on=item.get("due_on"),
        sources=item["source"],
        **{name: item[name] for name in TEXTS if name in item},
    )
    mine = [row for place, row in enumerate(areas, start=1) if _is_about(row, place, item)]
    visited = Takeaway.objects.filter(region_map=plan.region_map, visit__slug__in=item["visits"])
    action.areas.set(mine)
    action.practices.set(Practice.objects.filter(slug__in=item["practices"]))
    action.takeaways.set(visited)
    Milestone.objects.bulk_create(
        Milestone(action=action, position=place, **row)
        for place, row in enumerate(item["milestones"], start=1)
    )
    for place, row in enumerate(item["indicators"], start=1):
        _add_indicator(action=action, item=dict(row), position=place)


def _is_about(area: AreaOfImprovement, place: int, item: dict[str, Any]) -> bool:
    return area.dimension == item["dimension"] if "dimension" in item else place == item["place"]


def _add_indicator(*, action: Action, item: dict[str, Any], position: int) -> None:
    readings = item.pop("readings")
    indicator = ActionIndicator.objects.create(action=action, position=position, **_decimals(item))
    for reading in readings:
        IndicatorReading.objects.create(
            indicator=indicator, provenance=indicator.provenance, **_decimals(reading)
        )


def _decimals(item: dict[str, Any]) -> dict[str, Any]:
    numbers = ("baseline", "target", "value")
    return {name: Decimal(value) if name in numbers else value for name, value in item.items()}
