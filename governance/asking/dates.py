"""Dates: stored as 2026-03-01, read also as 1.3.2026, 01/03/2026 and 01-03-2026 (the day first)."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from governance.asking.base import Column, QuestionType, Reader
from governance.asking.checks import check_order
from governance.asking.problems import Problem, Refused, Settings, gettext_noop, wrong_type

ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
# Spreadsheets count a 29 February 1900, which never was: their days before March 1900 are not sure.
SURE_SINCE = dt.date(1900, 3, 1)
OLD_DATE = gettext_noop(
    "Spreadsheets count days before March 1900 wrongly (%(typed)s). Write the date as text, like 1899-12-31."
)
DAY_FIRST = re.compile(r"([0-9]{1,2})[./-] ?([0-9]{1,2})[./-] ?([0-9]{4})")


def read_date(text: str) -> dt.date | None:
    """The day that is meant, or None when there is no such day."""
    iso, day_first = ISO.fullmatch(text.strip()), DAY_FIRST.fullmatch(text.strip())
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    elif day_first:
        day, month, year = (int(part) for part in day_first.groups())
    else:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


class Date(QuestionType):
    key = "date"
    label = gettext_noop("Date")
    control = "date"
    small = True
    # after: the code of a date question that this one must not be before
    setting_names: tuple[str, ...] = ("min", "max", "after")

    def check_settings(self, settings: Settings) -> list[Problem]:
        found = super().check_settings(settings)
        for name in ("min", "max"):
            value = settings.get(name)
            if value is not None and (not isinstance(value, str) or not ISO.fullmatch(value)):
                text = gettext_noop("Write “%(name)s” as a date like 2026-03-01.")
                found.append(Problem(code="setting_date", text=text, params={"name": name}, path=name))
        return found or check_order(settings.get("min"), settings.get("max"))

    def check(self, value: Any, *, settings: Settings, reader: Reader) -> Any:
        if not isinstance(value, str):
            raise wrong_type()
        day = read_date(value)
        if day is None:
            text = gettext_noop("Write the date like 2026-03-01: year, month and day (you wrote %(typed)s).")
            if not value.strip():
                text = gettext_noop("Write the date like 2026-03-01: year, month and day.")
            raise Refused(Problem(code="date", text=text, params={"typed": value[:40]}))
        low, high = (read_date(settings.get(name) or "") for name in ("min", "max"))
        if low is not None and day < low:
            text = gettext_noop("The date must be %(low)s or later (you wrote %(typed)s).")
            raise Refused(Problem(code="range", text=text, params={"low": low, "typed": day}))
        if high is not None and day > high:
            text = gettext_noop("The date must be %(high)s or earlier (you wrote %(typed)s).")
            raise Refused(Problem(code="range", text=text, params={"high": high, "typed": day}))
        return day.isoformat()

    def take(self, cells: Sequence[Any], *, settings: Settings, reader: Reader) -> Any:
        cell = cells[0].strip() or None if isinstance(cells[0], str) else cells[0]
        if cell is None:
            return None
        if isinstance(cell, dt.date):
            day = dt.date(cell.year, cell.month, cell.day)
            if day < SURE_SINCE:
                raise Refused(Problem(code="old_date", text=OLD_DATE, params={"typed": day.isoformat()}))
            cell = day.isoformat()
        return self.check(str(cell), settings=settings, reader=reader)

    def columns(self, name: str, *, label: str, settings: Settings) -> list[Column]:
        return [Column(name=name, label=label, kind="date")]


def check_after(end: Any, start: Any) -> Problem | None:
    """The end of a period must be later than its start; both as stored, either may be missing."""
    if not isinstance(end, str) or not isinstance(start, str) or end > start:
        return None
    text = gettext_noop("The end date must be after the start date (%(start)s).")
    return Problem(code="after", text=text, params={"start": read_date(start)})


DATE = Date()
