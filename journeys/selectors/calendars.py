"""Events as calendar files (RFC 5545): named zones with their rules, lasting UIDs, cancelled ones kept."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import icalendar
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.enums import Audience, EventState
from journeys.models import Event
from journeys.selectors.event_times import days_of, local_span

# A change of these is one that calendars must take over.
CARRIED = ("title", "summary", "starts_at", "place", "mode", "online_url", "state")
REFRESH = dt.timedelta(hours=6)
UTC = "UTC"


def sequence_of(event: Event) -> int:
    """How often it changed in a way that calendars must take over; never goes down."""
    return sum(event.version_of(field) - 1 for field in CARRIED)


def event_address(event: Event) -> str:
    return settings.SITE_URL + reverse("journeys:event_detail", args=[event.slug])


def calendar_file(events: Iterable[Event], *, name: str = "", with_link: bool = False) -> bytes:
    """The events as one file, the same bytes for the same rows.

    `with_link` adds the link to take part online: only for somebody who is registered, or organises.
    """
    events = list(events)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//COHES3ION//Smart Territorial Mapping//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", REFRESH)
    for zone in _zones_of(events):
        calendar.add_component(zone)
    for event in events:
        calendar.add_component(_component(event, with_link=with_link))
    return bytes(calendar.to_ical())


def _zones_of(events: list[Event]) -> list[Any]:
    """The rules of each zone for the years of its events; UTC needs none, whole days have no zone."""
    years: dict[str, list[int]] = {}
    for event in events:
        if not event.is_all_day and event.time_zone != UTC:
            years.setdefault(event.time_zone, []).extend((event.starts_at.year, event.ends_at.year))
    return [_zone(name, min(found) - 1, max(found) + 2) for name, found in sorted(years.items())]


@lru_cache(maxsize=256)
def _zone(name: str, first: int, last: int) -> Any:
    zone = icalendar.Timezone.from_tzid(name, first_date=dt.date(first, 1, 1), last_date=dt.date(last, 1, 1))
    zone.pop("COMMENT", None)
    return zone


def _component(event: Event, *, with_link: bool) -> icalendar.Event:
    row = icalendar.Event()
    row.add("uid", f"{event.uid}@stm")
    # Of this state of the event, not of this download: an unchanged calendar stays the same to the byte.
    row.add("dtstamp", event.edited_at.astimezone(dt.UTC).replace(microsecond=0))
    row.add("last-modified", event.edited_at.astimezone(dt.UTC).replace(microsecond=0))
    row.add("sequence", sequence_of(event))
    for name, moment in zip(("dtstart", "dtend"), _span(event), strict=True):
        row.add(name, moment)
    row.add("summary", event.title)
    row.add("description", _description(event, with_link=with_link))
    if event.place:
        row.add("location", event.place)
    row.add("url", event_address(event))
    row.add("categories", [str(event.get_kind_display())])
    row.add("status", "CANCELLED" if event.state == EventState.CANCELLED else "CONFIRMED")
    row.add("class", "PUBLIC" if event.audience == Audience.PUBLIC else "PRIVATE")
    return row


def _span(event: Event) -> tuple[Any, Any]:
    """Moments in the named zone; whole days as dates, the end being the day after the last one."""
    if event.is_all_day:
        first, last = days_of(event)
        return first, last + dt.timedelta(days=1)
    if event.time_zone == UTC:
        return event.starts_at.astimezone(dt.UTC), event.ends_at.astimezone(dt.UTC)
    return local_span(event)


def _description(event: Event, *, with_link: bool) -> str:
    parts = []
    if event.state == EventState.CANCELLED:
        parts.append(_("This event is cancelled. %(reason)s") % {"reason": event.cancelled_because})
    parts.append(event.summary)
    if event.mode:
        parts.append(str(event.get_mode_display()))
    if with_link and event.online_url:
        parts.append(_("Take part: %(address)s") % {"address": event.online_url})
    parts.append(_("Programme and documents: %(address)s") % {"address": event_address(event)})
    return "\n\n".join(part.strip() for part in parts if part.strip())
