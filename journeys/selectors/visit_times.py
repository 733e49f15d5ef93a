"""When a visit takes place, in words: the days of its event, or what is known without one."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _

from mapping.models import Project

SEMESTERS = 12  # where the end of the project is not known


def days_in_words(first: dt.date, last: dt.date) -> str:
    """ "8–10 October 2019" where the language begins a date with the day; else both dates in full."""
    if first == last:
        return date_format(first, "DATE_FORMAT")
    day, _space, _rest = get_format("DATE_FORMAT").partition(" ")
    same_month = (first.year, first.month) == (last.year, last.month)
    start = (
        date_format(first, day) if same_month and day in ("j", "j.") else date_format(first, "DATE_FORMAT")
    )
    dash = "–" if same_month and day in ("j", "j.") else " – "
    return f"{start}{dash}{date_format(last, 'DATE_FORMAT')}"


def event_in_words(event: Any) -> str:
    """The days in the event's own zone, with the hours and the zone where there are hours."""
    zone = ZoneInfo(event.time_zone)
    starts, ends = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    if event.is_all_day:
        return days_in_words(starts.date(), (ends - dt.timedelta(microseconds=1)).date())
    hours = f"{date_format(starts, 'TIME_FORMAT')}–{date_format(ends, 'TIME_FORMAT')}"
    days = days_in_words(starts.date(), ends.date())
    return _("%(days)s, %(hours)s (%(zone)s)") % {"days": days, "hours": hours, "zone": event.time_zone}


def visit_in_words(visit: Any) -> str:
    """Empty when nothing is known, or when what is known is not for the reader."""
    return event_in_words(visit.event) if visit.event is not None else str(visit.when_words)


@dataclass(frozen=True, kw_only=True)
class Semester:
    """A half year of a project, counted from 1."""

    number: int
    first: dt.date | None
    last: dt.date | None

    @property
    def name(self) -> str:
        return _("Semester %(n)d") % {"n": self.number}

    @property
    def months(self) -> str:
        if self.first is None or self.last is None:
            return ""
        return f"{date_format(self.first, 'M Y')} – {date_format(self.last, 'M Y')}"

    def __str__(self) -> str:
        return f"{self.name} ({self.months})" if self.months else self.name


def _month_after(day: dt.date, months: int) -> dt.date:
    count = day.year * 12 + day.month - 1 + months
    return dt.date(count // 12, count % 12 + 1, 1)


def semester_of(*, project: Project, number: int) -> Semester:
    """Our reading of the project's dates: half years from the month in which it starts."""
    if project.starts_on is None:
        return Semester(number=number, first=None, last=None)
    first = _month_after(project.starts_on, 6 * (number - 1))
    last = _month_after(project.starts_on, 6 * number) - dt.timedelta(days=1)
    return Semester(number=number, first=first, last=last)


def semesters_of(project: Project) -> list[Semester]:
    count = SEMESTERS
    if project.starts_on and project.ends_on:
        starts, ends = project.starts_on, project.ends_on
        months = (ends.year - starts.year) * 12 + ends.month - starts.month + 1
        count = min(max(-(-months // 6), 1), 40)
    return [semester_of(project=project, number=number) for number in range(1, count + 1)]
