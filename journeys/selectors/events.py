"""Events as readers find them: a list that can be narrowed down, a page for each, and the feeds."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.paginator import Page
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from cohes3ion.lib.list_pages import Paginator
from journeys.enums import EventState, RegistrationState
from journeys.models import Event, Material, Registration, Visit
from journeys.selectors.event_times import ProgrammeDay, When, programme_of, when_of
from mapping.models import Region

PER_PAGE = 25
FILTERS = ("q", "region", "kind", "mode", "audience")


@dataclass(frozen=True, kw_only=True)
class EventLine:
    event: Event
    when: When


@dataclass(frozen=True, kw_only=True)
class EventList:
    """A page of the list: those to come, soonest first, then those that were, latest first."""

    page: Page[Any]
    upcoming: list[EventLine]
    past: list[EventLine]
    count: int
    feed: str

    @property
    def webcal(self) -> str:
        """An address that a click hands to the calendar program."""
        return f"webcal://{self.feed.partition('://')[2]}"


@dataclass(frozen=True, kw_only=True)
class EventPage:
    event: Event
    when: When
    agenda: list[ProgrammeDay]
    materials: list[Material]
    own: Registration | None
    holding: int
    waiting: int
    may_write: bool
    visit: Visit | None

    @property
    def is_over(self) -> bool:
        return bool(self.event.ends_at <= timezone.now())

    @property
    def is_cancelled(self) -> bool:
        return bool(self.event.state == EventState.CANCELLED)

    @property
    def places_left(self) -> int | None:
        """None: as many as come."""
        return None if self.event.capacity is None else max(0, self.event.capacity - self.holding)

    @property
    def closes(self) -> str:
        """The last moment of registration, in the event's own zone."""
        if self.event.registration_until is None:
            return ""
        last = self.event.registration_until.astimezone(ZoneInfo(self.event.time_zone))
        return f"{date_format(last, 'DATETIME_FORMAT')} {last.tzname()}"

    @property
    def is_open(self) -> bool:
        return is_open(self.event)

    @property
    def shows_link(self) -> bool:
        """The link to take part is for those who have a place, and for organisers."""
        has_place = self.own is not None and self.own.state == RegistrationState.REGISTERED
        return bool(self.event.online_url) and (self.may_write or has_place)


def is_open(event: Event) -> bool:
    """Whether one can register at this moment, places aside."""
    last = min(event.registration_until or event.ends_at, event.ends_at)
    return bool(event.takes_registrations and event.state == EventState.ANNOUNCED and timezone.now() < last)


def narrowed(events: QuerySet[Event], *, wanted: dict[str, str]) -> QuerySet[Event]:
    """By what the reader chose; an empty choice narrows nothing."""
    for name, path in (
        ("region", "region__slug"),
        ("kind", "kind"),
        ("mode", "mode"),
        ("audience", "audience"),
    ):
        if wanted.get(name):
            events = events.filter(**{path: wanted[name]})
    for word in wanted.get("q", "").split()[:8]:
        events = events.filter(
            Q(title__icontains=word)
            | Q(summary__icontains=word)
            | Q(place__icontains=word)
            | Q(organiser__icontains=word)
            | Q(agenda__title__icontains=word)
            | Q(agenda__speakers__icontains=word)
        )
    return events.distinct() if wanted.get("q", "").strip() else events


def event_list(*, user: Any, wanted: dict[str, str], page: str | None, zone: str, feed: str) -> EventList:
    """Four queries, whatever the number of events."""
    found = narrowed(Event.objects.visible_to(user).published(), wanted=wanted)
    now = timezone.now()
    keys = list(found.filter(ends_at__gt=now).order_by("starts_at", "pk").values_list("pk", flat=True))
    keys += found.filter(ends_at__lte=now).order_by("-starts_at", "-pk").values_list("pk", flat=True)
    shown = Paginator(keys, PER_PAGE).get_page(page)
    rows = {row.pk: row for row in Event.objects.filter(pk__in=list(shown)).select_related("region")}
    lines = [
        EventLine(event=rows[pk], when=when_of(rows[pk], reader_zone=zone)) for pk in shown if pk in rows
    ]
    chosen = urlencode({name: wanted[name] for name in FILTERS if wanted.get(name)})
    return EventList(
        page=shown,
        upcoming=[line for line in lines if line.event.ends_at > now],
        past=[line for line in lines if line.event.ends_at <= now],
        count=len(keys),
        feed=f"{settings.SITE_URL}{feed}{'?' if chosen else ''}{chosen}",
    )


def regions_with_events(*, user: Any) -> list[Region]:
    """What the list can be narrowed to."""
    seen = Event.objects.visible_to(user).published().values("region")
    return list(Region.objects.filter(pk__in=seen).order_by("name"))


def find_event(*, slug: str, user: Any) -> Event | None:
    return Event.objects.visible_to(user).filter(slug=slug).select_related("project", "region").first()


def event_page(*, event: Event, user: Any, zone: str) -> EventPage:
    counts = event.registrations.aggregate(
        holding=Count("pk", filter=Q(state=RegistrationState.REGISTERED)),
        waiting=Count("pk", filter=Q(state=RegistrationState.WAITING)),
    )
    return EventPage(
        event=event,
        when=when_of(event, reader_zone=zone),
        agenda=programme_of(event=event, points=list(event.agenda.all()), reader_zone=zone),
        materials=list(Material.objects.visible_to(user).filter(event=event)),
        own=own_registration(event=event, user=user),
        may_write=user.has_perm("journeys.write_event", event),
        visit=Visit.objects.visible_to(user).filter(event=event).select_related("journey").first(),
        **counts,
    )


def own_registration(*, event: Event, user: Any) -> Registration | None:
    if not user.is_authenticated:
        return None
    mine = event.registrations.filter(user=user).exclude(state=RegistrationState.WITHDRAWN)
    return mine.order_by("-pk").first()


def find_material(*, pk: int, user: Any) -> Material | None:
    return Material.objects.visible_to(user).filter(pk=pk).exclude(file="").first()
