"""Action plans as their pages show them."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.ordered import order_version
from governance.models import AreaOfImprovement, MapEdition
from journeys.content.progress import Reached, share_reached
from journeys.enums import ActionState
from journeys.models import Action, ActionIndicator, ActionPlan, PlanPrint, Practice, Takeaway
from journeys.selectors.read_areas import areas_as_read
from mapping.models import RegionMap

WHY_NO_SHARE = {
    "no_baseline": _("no baseline is known"),
    "no_target": _("no target is set"),
    "no_value": _("no value is known yet"),
    "no_way": _("baseline and target are the same"),
}


@dataclass(frozen=True, kw_only=True)
class IndicatorLine:
    """An indicator with its values, the last of them last."""

    row: ActionIndicator
    readings: list[Any]
    reached: Reached

    @property
    def latest(self) -> Any:
        return self.readings[-1] if self.readings else None

    @property
    def percent(self) -> int | None:
        return round(self.reached.share * 100) if self.reached.share is not None else None

    @property
    def bar(self) -> int:
        """What a bar can show of it: from nothing to all."""
        return min(100, max(0, self.percent or 0))

    @property
    def why(self) -> str:
        return str(WHY_NO_SHARE.get(self.reached.reason, ""))


@dataclass(frozen=True, kw_only=True)
class ActionLine:
    action: Action
    areas: list[Any]
    practices: list[Any]
    takeaways: list[Any]
    milestones: list[Any]
    indicators: list[IndicatorLine]
    today: dt.date

    @property
    def state_version(self) -> int:
        return self.action.version_of("state")

    @property
    def milestones_done(self) -> int:
        return sum(row.done_on is not None for row in self.milestones)

    @property
    def is_overdue(self) -> bool:
        due = self.action.due_on
        is_at_work = self.action.state in (ActionState.PLANNED, ActionState.STARTED)
        return due is not None and due < self.today and is_at_work

    @property
    def next_milestone(self) -> Any:
        return next((row for row in self.milestones if row.done_on is None), None)


@dataclass(frozen=True, kw_only=True)
class Column:
    """The actions in one state; every state has its column, also without actions."""

    state: ActionState
    lines: list[ActionLine]


@dataclass(frozen=True, kw_only=True)
class PlanPage:
    plan: ActionPlan
    actions: list[ActionLine]
    may_edit: bool
    may_publish: bool
    may_look_on: bool
    newest_print: PlanPrint | None

    @property
    def region_map(self) -> RegionMap:
        return self.plan.region_map

    @property
    def order(self) -> int:
        return order_version(line.action for line in self.actions)

    @property
    def release_version(self) -> int:
        return self.plan.version_of("published_at")

    @property
    def project(self) -> Any:
        return self.region_map.exercise.project

    @property
    def columns(self) -> list[Column]:
        return [
            Column(state=state, lines=[line for line in self.actions if line.action.state == state])
            for state in ActionState
        ]

    @property
    def region_is_public(self) -> bool:
        return MapEdition.objects.filter(withdrawn_at=None, region_map=self.region_map).exists()

    @cached_property
    def is_open_to_all(self) -> bool:
        return ActionPlan.objects.published().filter(pk=self.plan.pk).exists()


@dataclass(frozen=True, kw_only=True)
class PlanCard:
    """A plan on a list: how many actions there are, and how many are done."""

    plan: ActionPlan
    actions: int
    started: int
    done: int


@dataclass(frozen=True, kw_only=True)
class MapPlans:
    """The plans of one region's map, where its team works on them."""

    region_map: RegionMap
    cards: list[PlanCard]
    may_edit: bool


def plan_cards(*, user: Any, wanted: str = "", state: str = "") -> Any:
    """Plans the reader sees, with the counts of a card; a query set, for pages of a list."""
    rows = ActionPlan.objects.visible_to(user).select_related("region_map__region", "region_map__exercise")
    if wanted:
        rows = rows.filter(Q(title__icontains=wanted) | Q(region_map__region__name__icontains=wanted))
    if state:
        having = Action.objects.filter(state=state).values("plan")
        rows = rows.filter(pk__in=having)
    return _with_counts(rows).order_by("region_map__region__name", "pk")


def _with_counts(rows: Any) -> Any:
    return rows.annotate(
        actions_in_all=Count("actions"),
        actions_started=Count("actions", filter=Q(actions__state=ActionState.STARTED)),
        actions_done=Count("actions", filter=Q(actions__state=ActionState.DONE)),
    )


def as_cards(rows: Any) -> list[PlanCard]:
    return [
        PlanCard(plan=row, actions=row.actions_in_all, started=row.actions_started, done=row.actions_done)
        for row in rows
    ]


def find_plan(*, pk: int, user: Any) -> ActionPlan | None:
    return (
        ActionPlan.objects.visible_to(user)
        .select_related("region_map__region", "region_map__exercise__project")
        .filter(pk=pk)
        .first()
    )


def map_plans(*, region_map: RegionMap, user: Any) -> MapPlans:
    rows = _with_counts(ActionPlan.objects.filter(region_map=region_map)).order_by("pk")
    return MapPlans(
        region_map=region_map,
        cards=as_cards(rows),
        may_edit=user.has_perm("journeys.write_plan", region_map),
    )


def plan_page(*, plan: ActionPlan, user: Any) -> PlanPage:
    """The same number of queries for any number of actions."""
    region_map = plan.region_map
    return PlanPage(
        plan=plan,
        actions=action_lines(Action.objects.filter(plan=plan), user=user),
        may_edit=user.has_perm("journeys.write_plan", region_map),
        may_publish=user.has_perm("journeys.publish_plan", region_map),
        may_look_on=user.has_perm("journeys.see_board", region_map),
        newest_print=PlanPrint.objects.visible_to(user).filter(plan=plan).defer("content").first(),
    )


def action_lines(rows: Any, *, user: Any) -> list[ActionLine]:
    """Actions with what hangs on them; practices and takeaways only as far as the reader sees them."""
    takeaways = Takeaway.objects.visible_to(user).select_related("visit__journey", "visit__host", "practice")
    found = rows.prefetch_related(
        "areas",
        Prefetch("practices", queryset=Practice.objects.visible_to(user).select_related("region")),
        Prefetch("takeaways", queryset=takeaways),
        "milestones",
        "indicators__readings",
    )
    areas = areas_as_read((area for row in found for area in row.areas.all()), user=user)
    return [_action_line(row, areas) for row in found]


def _action_line(row: Action, areas: dict[int, AreaOfImprovement]) -> ActionLine:
    return ActionLine(
        action=row,
        areas=[areas[area.pk] for area in row.areas.all() if area.pk in areas],
        practices=list(row.practices.all()),
        takeaways=list(row.takeaways.all()),
        milestones=list(row.milestones.all()),
        indicators=[_indicator_line(indicator) for indicator in row.indicators.all()],
        today=timezone.localdate(),
    )


def _indicator_line(row: ActionIndicator) -> IndicatorLine:
    readings = list(row.readings.all())
    value = readings[-1].value if readings else None
    return IndicatorLine(
        row=row,
        readings=readings,
        reached=share_reached(baseline=row.baseline, target=row.target, value=value),
    )
