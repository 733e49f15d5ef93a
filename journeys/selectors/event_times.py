"""When an event is, in words: in its own zone as people were told, and in the reader's."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cohes3ion.lib.zones import city_of
from journeys.models import Event

# As the reader's language writes them (cohes3ion/formats, else Django's).
DAY, MOMENT, DAY_OF_YEAR = "DATE_FORMAT", "DATETIME_FORMAT", "MONTH_DAY_FORMAT"
MOST_DAYS = 31


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
        day, hours = day_with_name(first), _hours(first, last)
    else:
        day, hours = f"{date_format(first, MOMENT)} – {date_format(last, MOMENT)}", ""
    zone = _("%(city)s time, %(name)s") % {"city": city_of(event.time_zone), "name": first.tzname()}
    return When(day=day, hours=hours, zone=zone, elsewhere=_elsewhere(event, reader_zone), first=first)


def day_with_name(day: dt.date) -> str:
    return f"{date_format(day, 'l')} {date_format(day, DAY)}"


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
        f"{date_format(first, MOMENT)} – {date_format(last, MOMENT)}"
        if moved or first.date() != last.date()
        else _hours(first, last)
    )
    return _("%(span)s in %(city)s") % {"span": span, "city": city_of(zone)}


def span_of_days(first: dt.date, last: dt.date) -> str:
    """ "8–10 October 2019", with no more words than are needed."""
    if first == last:
        return date_format(first, DAY)
    same = (first.year == last.year) + (first.year == last.year and first.month == last.month)
    begin = date_format(first, (DAY, DAY_OF_YEAR, "j")[same])
    return f"{begin}{' – ' if same < 2 else '–'}{date_format(last, DAY)}"


@dataclass(frozen=True, kw_only=True)
class ProgrammeDay:
    """`words` are empty for an event of one day. Each point with its time for a reader elsewhere."""

    words: str
    points: list[tuple[Any, str]]


def days_in_words(*, event: Event, also: int = 1) -> list[tuple[int, str]]:
    """The days of an event, counted from 1, at most a month; `also` one that it does not reach any more."""
    first, last = days_of(event)
    days = [first + dt.timedelta(days=n) for n in range(min((last - first).days + 1, MOST_DAYS))]
    named = [(n, day_with_name(day)) for n, day in enumerate(days, start=1)]
    return named if also <= len(named) else [*named, (also, _("Day %(n)d") % {"n": also})]


def programme_of(*, event: Event, points: list[Any], reader_zone: str = "") -> list[ProgrammeDay]:
    """The points day by day, on each in the order they were put; one day is not named."""
    first, last = days_of(event)
    if first == last:
        days = {0: points} if points else {}
    else:
        days = {n: [point for point in points if point.day == n] for n in sorted({p.day for p in points})}
    zone = reader_zone if _elsewhere(event, reader_zone) else ""
    found = []
    for n, rows in days.items():
        day = first + dt.timedelta(days=max(n - 1, 0))
        words = dict(days_in_words(event=event, also=n))[n] if n else ""
        found.append(
            ProgrammeDay(
                words=words, points=[(row, _for_reader(event, day, row.starts, zone)) for row in rows]
            )
        )
    return found


def _for_reader(event: Event, day: dt.date, time: dt.time | None, zone: str) -> str:
    """The time on the reader's clock, with the date where that is another one."""
    if time is None or not zone:
        return ""
    there = dt.datetime.combine(day, time, tzinfo=ZoneInfo(event.time_zone)).astimezone(ZoneInfo(zone))
    on = "" if there.date() == day else f"{date_format(there, DAY_OF_YEAR)}, "
    return on + date_format(there, "H:i")
