"""Writing action plans: adding, moving between states, publishing, removing."""

from typing import Any

from cohes3ion.lib.ordered import end_of
from cohes3ion.lib.row_forms import Change
from journeys.models import Action, ActionIndicator, ActionPlan, IndicatorReading, Milestone
from journeys.services.rows import add_row, release, write_change
from mapping.models import RegionMap

# What hangs on an action or an indicator: its model and the name of what it hangs on.
PARTS: dict[str, tuple[Any, str]] = {
    "milestone": (Milestone, "action"),
    "indicator": (ActionIndicator, "action"),
    "reading": (IndicatorReading, "indicator"),
}


class ReadingExists(Exception):
    """There is a value for this day already: change that one."""


def create_plan(*, region_map: RegionMap, title: str, by: Any) -> ActionPlan:
    """A plan of a region, for its own people first."""
    values = {"region_map": region_map, "title": title, "organisation": region_map.region.lead_partner}
    plan: ActionPlan = add_row(model=ActionPlan, values=values, by=by)
    return plan


def add_action(*, plan: ActionPlan, title: str, areas: list[int], by: Any) -> Action:
    """An action at the end of a plan."""
    values = {"plan": plan, "title": title, "position": end_of(Action.objects.filter(plan=plan))}
    action: Action = add_row(model=Action, values=values, by=by, links={"areas": areas})
    return action


def add_part(*, kind: str, owner: Any, values: dict[str, Any], by: Any) -> Any:
    """A milestone, an indicator, or a value of an indicator. Raises ReadingExists."""
    model, name = PARTS[kind]
    if kind == "reading":
        if model.objects.filter(indicator=owner, on=values["on"]).exists():
            raise ReadingExists
        return add_row(model=model, values={**values, name: owner}, by=by)
    position = end_of(model.objects.filter(**{name: owner}))
    return add_row(model=model, values={**values, name: owner, "position": position}, by=by)


def move_action(*, action: Action, state: str, expected: int, by: Any) -> Action:
    """To another column of the board. Raises StaleVersion when somebody moved it meanwhile."""
    row: Action = write_change(
        row=action, change=Change(field="state", values={"state": state}, version=expected), by=by
    )
    return row


def publish_plan(*, plan: ActionPlan, public: bool, expected: int, by: Any) -> ActionPlan:
    """For everybody, as soon as the region's map is; or for the partnership alone. Raises StaleVersion."""
    row: ActionPlan = release(plan, public=public, expected=expected, by=by)
    return row
