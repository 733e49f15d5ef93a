"""One action as the page on which its team writes it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from cohes3ion.lib.row_forms import Choices
from governance.models import AreaOfImprovement
from journeys.models import Action, ActionIndicator, IndicatorReading, Milestone, Practice, Takeaway
from journeys.selectors.plans import ActionLine, action_lines
from mapping.models import RegionMap

PARTS: dict[str, tuple[Any, str]] = {
    "milestone": (Milestone, "action"),
    "indicator": (ActionIndicator, "action"),
    "reading": (IndicatorReading, "indicator__action"),
}


@dataclass(frozen=True, kw_only=True)
class ActionPage:
    action: Action
    line: ActionLine

    @property
    def region_map(self) -> RegionMap:
        return self.action.plan.region_map


def find_action(*, pk: int, user: Any) -> Action | None:
    return (
        Action.objects.visible_to(user)
        .select_related("plan__region_map__region", "plan__region_map__exercise__project")
        .filter(pk=pk)
        .first()
    )


def find_part(*, kind: str, pk: int, user: Any = None, action: Action | None = None) -> Any:
    """A milestone, indicator or value: of this action, or of any the person sees."""
    model, path = PARTS[kind]
    rows = model.objects.filter(**{path: action}) if action else model.objects.visible_to(user)
    related = ["indicator"] if kind == "reading" else []
    return rows.select_related(*related).filter(pk=pk).first()


def action_page(*, action: Action, user: Any) -> ActionPage:
    (line,) = action_lines(Action.objects.filter(pk=action.pk), user=user)
    return ActionPage(action=action, line=line)


def area_choices(*, region_map: RegionMap) -> list[tuple[int, str]]:
    return list(AreaOfImprovement.objects.filter(region_map=region_map).values_list("pk", "text"))


def action_choices(*, action: Action, user: Any) -> Choices:
    """What an action may be linked to: the region's areas, the practices it plans to use, its takeaways."""
    region_map = action.plan.region_map
    used = Q(uses__region_map=region_map) | Q(actions=action) | Q(takeaways__region_map=region_map)
    practices = Practice.objects.visible_to(user).filter(used).distinct()
    takeaways = Takeaway.objects.visible_to(user).filter(region_map=region_map).select_related("visit")
    return {
        "areas": area_choices(region_map=region_map),
        "practices": list(practices.values_list("pk", "title")),
        "takeaways": [(row.pk, f"{row.visit}: {row.learned}") for row in takeaways],
    }
