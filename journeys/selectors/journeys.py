"""Learning journeys as their readers see them: a line of visits with what was shown and taken home."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page
from django.db.models import Exists, OuterRef, Prefetch
from django.utils.safestring import SafeString, mark_safe

from cohes3ion.lib.list_pages import Paginator
from governance.models import AreaOfImprovement, MapEdition
from journeys.models import Action, Event, Journey, Practice, Takeaway, Visit
from journeys.models.journey import of_partnership
from journeys.selectors.read_areas import name_areas
from journeys.selectors.visit_times import Semester, semester_of, visit_in_words
from mapping.charts.outline_pictures import outline_card
from mapping.models import Region
from mapping.selectors.reference import region_outline

PER_PAGE = 30
# SQLite refuses to look for more than a thousand links at once: `rows.iterator(AT_ONCE)` asks in portions.
AT_ONCE = 500


def find_journey(*, slug: str, user: Any) -> Journey | None:
    rows = Journey.objects.visible_to(user).select_related("exercise__project")
    found: Journey | None = rows.filter(slug=slug).first()
    return found


def takeaways_for(user: Any) -> Any:
    """Takeaways the reader may see, by region, with the practices the reader may see."""
    return (
        Takeaway.objects.visible_to(user)
        .select_related("region_map__region")
        .prefetch_related(
            Prefetch("practice", Practice.objects.visible_to(user)),
            Prefetch("actions", Action.objects.visible_to(user)),
            Prefetch("area", AreaOfImprovement.objects.visible_to(user)),
        )
        .order_by("region_map__region__name", "position", "pk")
    )


def visits_for(user: Any) -> Any:
    """Visits the reader may see; events and practices only as far as the reader may see those."""
    public = MapEdition.objects.filter(region_map__region=OuterRef("host"), withdrawn_at=None)
    return (
        Visit.objects.visible_to(user)
        .select_related("host", "journey__exercise__project")
        .annotate(host_is_public=Exists(public))
        .prefetch_related(
            Prefetch("event", Event.objects.visible_to(user)),
            Prefetch("practices", Practice.objects.visible_to(user).select_related("region")),
        )
    )


def taken_home(visits: list[Visit], *, user: Any) -> dict[int, list[Takeaway]]:
    """Takeaways by key of their visit."""
    rows = list(takeaways_for(user).filter(visit__in=visits).iterator(AT_ONCE))
    name_areas(rows, user=user)
    found: dict[int, list[Takeaway]] = {}
    for row in rows:
        found.setdefault(row.visit_id, []).append(row)
    return found


@dataclass(frozen=True, kw_only=True)
class TakenHome:
    """What one region wrote after a visit."""

    region: Region
    rows: list[Takeaway]


def by_region(rows: Iterable[Takeaway]) -> list[TakenHome]:
    grouped = groupby(rows, key=lambda row: row.region_map.region)
    return [TakenHome(region=region, rows=list(own)) for region, own in grouped]


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A visit as a point of the line, with what the reader may see of what was taken home."""

    visit: Visit
    number: int
    takeaways: list[Takeaway]

    @property
    def when(self) -> str:
        return visit_in_words(self.visit)

    @property
    def hides_event(self) -> bool:
        """There is an event, but it is not announced to this reader."""
        return self.visit.event is None and self.visit.event_id is not None

    @property
    def outline(self) -> SafeString:
        return host_outline(self.visit)

    @property
    def taken_home(self) -> list[TakenHome]:
        return by_region(self.takeaways)

    @property
    def semester(self) -> Semester | None:
        if self.visit.semester is None:
            return None
        return semester_of(project=self.visit.journey.exercise.project, number=self.visit.semester)


def host_outline(visit: Visit) -> SafeString:
    """The host's outline; empty when no code of it has one. Drawn by our own module, which escapes texts."""
    shape = region_outline(codes=tuple(visit.host.nuts_codes)).path
    return mark_safe(outline_card(f"visit-{visit.pk}", shape=shape, size=(400, 300)) if shape else "")


@dataclass(frozen=True, kw_only=True)
class Leg:
    """Visits one after the other in the same half year; `semester` is None where it is not known."""

    semester: Semester | None
    stops: list[Stop]


@dataclass(frozen=True, kw_only=True)
class JourneyPage:
    journey: Journey
    legs: list[Leg]
    page: Page[Visit]
    hosts: int
    takeaways: int
    is_partner: bool
    may_edit: bool


def journey_page(*, journey: Journey, user: Any, number: str | None) -> JourneyPage:
    """The same number of queries for any number of visits."""
    rows = visits_for(user).filter(journey=journey)
    page = Paginator(rows, PER_PAGE).get_page(number)
    visits = list(page.object_list)
    page.object_list = visits
    taken = taken_home(visits, user=user)
    stops = [
        Stop(visit=visit, number=place, takeaways=taken.get(visit.pk, []))
        for place, visit in enumerate(visits, start=page.start_index())
    ]
    legs = groupby(stops, key=lambda stop: stop.visit.semester)
    return JourneyPage(
        journey=journey,
        legs=[Leg(semester=own[0].semester, stops=own) for own in (list(group) for _number, group in legs)],
        page=page,
        hosts=Visit.objects.filter(journey=journey).order_by().values("host").distinct().count(),
        takeaways=Takeaway.objects.visible_to(user).filter(visit__journey=journey).count(),
        is_partner=is_partner(user=user, journey=journey),
        may_edit=user.has_perm("journeys.write_journey", journey),
    )


def is_partner(*, user: Any, journey: Journey) -> bool:
    """Somebody of the partnership, who reads what partners tell each other. One query."""
    return Journey.objects.filter(of_partnership(user, "exercise__project"), pk=journey.pk).exists()
