"""When an event is, in words: in its own zone as people were told, and in the reader's."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cohes3ion.lib.zones import city_of
from journeys.models import Event

DAY = "j F Y"


@dataclass(frozen=True, kw_only=True)
class When:
    """`day` and `hours` as told; `elsewhere` the same for a reader whose clock shows something else."""

    day: str
    hours: str
    zone: str
    elsewhere: str
    first: dt.datetime

    def __str__(self) -> str:
        return ", ".join(part for part in (self.day, self.hours) if part)


def local_span(event: Event, *, zone: str = "") -> tuple[dt.datetime, dt.datetime]:
    """Start and end on the clocks of a zone; the event's own without one."""
    clock = ZoneInfo(zone or event.time_zone)
    return event.starts_at.astimezone(clock), event.ends_at.astimezone(clock)


def days_of(event: Event) -> tuple[dt.date, dt.date]:
    """First and last day in the event's own zone: a midnight at the end belongs to the day before."""
    first, end = local_span(event)
    return first.date(), (end - dt.timedelta(microseconds=1)).date()


def when_of(event: Event, *, reader_zone: str = "") -> When:
    first, last = local_span(event)
    days = days_of(event)
    if event.is_all_day:
        return When(day=span_of_days(*days), hours="", zone="", elsewhere="", first=first)
    if days[0] == days[1]:
        day, hours = date_format(first, f"l {DAY}"), _hours(first, last)
    else:
        day, hours = f"{date_format(first, f'{DAY}, H:i')} – {date_format(last, f'{DAY}, H:i')}", ""
    zone = _("%(city)s time, %(name)s") % {"city": city_of(event.time_zone), "name": first.tzname()}
    return When(day=day, hours=hours, zone=zone, elsewhere=_elsewhere(event, reader_zone), first=first)


def _hours(first: dt.datetime, last: dt.datetime) -> str:
    return f"{date_format(first, 'H:i')}–{date_format(last, 'H:i')}"


def _elsewhere(event: Event, zone: str) -> str:
    """Nothing where the clocks show the same, and for whole days: those are days of the place."""
    if not zone or event.is_all_day:
        return ""
    here, there = local_span(event), local_span(event, zone=zone)
    if [moment.utcoffset() for moment in here] == [moment.utcoffset() for moment in there]:
        return ""
    first, last = there
    moved = first.date() != here[0].date() or last.date() != here[1].date()
    span = (
        f"{date_format(first, f'{DAY}, H:i')} – {date_format(last, f'{DAY}, H:i')}"
        if moved or first.date() != last.date()
        else _hours(first, last)
    )
    return _("%(span)s in %(city)s") % {"span": span, "city": city_of(zone)}


def span_of_days(first: dt.date, last: dt.date) -> str:
    """ "8–10 October 2019", with no more words than are needed."""
    if first == last:
        return date_format(first, DAY)
    same = (first.year == last.year) + (first.year == last.year and first.month == last.month)
    return (
        f"{date_format(first, (DAY, 'j F', 'j')[same])}{' – ' if same < 2 else '–'}{date_format(last, DAY)}"
    )


def agenda_of(event: Event, *, points: list[Any], reader_zone: str = "") -> list[tuple[Any, str]]:
    """Each point with its time for the reader, where that is another one and the event is on one day."""
    first, last = days_of(event)
    shows = bool(_elsewhere(event, reader_zone)) and first == last
    return [
        (point, _for_reader(event, first, point.starts, reader_zone) if shows else "") for point in points
    ]


def _for_reader(event: Event, day: dt.date, time: dt.time | None, zone: str) -> str:
    if time is None:
        return ""
    moment = dt.datetime.combine(day, time, tzinfo=ZoneInfo(event.time_zone))
    return date_format(moment.astimezone(ZoneInfo(zone)), "H:i")
