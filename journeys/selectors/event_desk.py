"""Events as their organisers see them: the desk, one event at work, and who takes part."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cohes3ion.lib.list_pages import Paginator
from cohes3ion.lib.ordered import order_version
from journeys.enums import EventState, RegistrationState
from journeys.models import AgendaItem, Event, Material
from journeys.selectors.event_people import people_counts
from journeys.selectors.event_times import When, when_of
from mapping.models import Project, Region
from mapping.models.membership import RUN, TEAM

PER_PAGE = 25
REGISTERED = Count("registrations", filter=Q(registrations__state=RegistrationState.REGISTERED))
WAITING = Count("registrations", filter=Q(registrations__state=RegistrationState.WAITING))


@dataclass(frozen=True, kw_only=True)
class DeskLine:
    event: Event
    when: When

    @property
    def state(self) -> str:
        """Over is no state of its own, but what organisers look for."""
        over = self.event.state == EventState.ANNOUNCED and self.event.ends_at <= timezone.now()
        return "done" if over else str(self.event.state)

    @property
    def state_label(self) -> str:
        return _("Past") if self.state == "done" else str(self.event.get_state_display())


@dataclass(frozen=True, kw_only=True)
class Desk:
    page: Page[Any]
    lines: list[DeskLine]


@dataclass(frozen=True, kw_only=True)
class EventAtWork:
    event: Event
    when: When
    points: list[AgendaItem]
    materials: list[Material]
    registered: int
    waiting: int

    @property
    def order(self) -> int:
        return order_version(self.points)

    @property
    def people(self) -> int:
        return self.registered + self.waiting

    @property
    def is_over(self) -> bool:
        return bool(self.event.ends_at <= timezone.now())


def desk(*, user: Any, page: str | None) -> Desk:
    """Drafts first, then by day, the latest first."""
    rows = Event.objects.organised_by(user).select_related("region")
    rows = rows.annotate(registered=REGISTERED, waiting=WAITING, draft=Q(state=EventState.DRAFT))
    shown = Paginator(rows.order_by("-draft", "-starts_at", "-pk"), PER_PAGE).get_page(page)
    return Desk(page=shown, lines=[DeskLine(event=event, when=when_of(event)) for event in shown])


def places_to_organise(*, user: Any) -> list[tuple[str, str]]:
    """Where the person may make an event: the partnerships they run, and the regions whose team they are in.

    A place is "project" or "project-region", by their keys.
    """
    mine = list(user.memberships.select_related("project", "region"))
    run = {row.project_id: row.project for row in mine if row.role in RUN}
    places: dict[str, str] = {}
    for project in run.values():
        places[f"{project.pk}"] = _("%(project)s as a whole") % {"project": project}
    for region in Region.objects.filter(project__in=run).order_by("name"):
        places[f"{region.project_id}-{region.pk}"] = str(region)
    for row in mine:
        if row.role in TEAM and row.region is not None:
            places.setdefault(f"{row.project_id}-{row.region_id}", str(row.region))
    return list(places.items())


def place_rows(place: str) -> dict[str, Any]:
    """The partnership and the region of a place that was chosen."""
    project, _dash, region = place.partition("-")
    return {
        "project": Project.objects.get(pk=int(project)),
        "region": Region.objects.get(pk=int(region), project=int(project)) if region else None,
    }


def seen_event(*, pk: int, user: Any) -> Event | None:
    return Event.objects.visible_to(user).filter(pk=pk).select_related("project", "region").first()


def event_at_work(*, event: Event) -> EventAtWork:
    counts = people_counts(event)
    return EventAtWork(
        event=event,
        when=when_of(event),
        points=list(event.agenda.all()),
        materials=list(event.materials.all()),
        registered=counts["registered"],
        waiting=counts["waiting"],
    )


def find_point(*, pk: int, user: Any) -> AgendaItem | None:
    rows = AgendaItem.objects.filter(event__in=Event.objects.visible_to(user), pk=pk)
    return rows.select_related("event__project", "event__region").first()


def find_material(*, pk: int, user: Any) -> Material | None:
    rows = Material.objects.visible_to(user).filter(pk=pk)
    return rows.select_related("event__project", "event__region").first()
