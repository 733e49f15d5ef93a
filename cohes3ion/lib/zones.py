"""Times as people type and read them: in a named zone, with hours that clocks skip or show twice."""

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

# Offered in lists; any other named zone is understood where it stands in an address or an account.
ZONES = [*sorted(zone for zone in available_timezones() if zone.startswith(("Europe/", "Atlantic/"))), "UTC"]


@cache
def _all_names() -> frozenset[str]:
    return frozenset(available_timezones())


def known_zone(name: str) -> str:
    """The name, if it is that of a zone; otherwise nothing."""
    return name if name in _all_names() else ""


def city_of(zone: str) -> str:
    """How people call a zone: "Europe/Isle_of_Man" is Isle of Man."""
    return zone.rpartition("/")[2].replace("_", " ")


def local_moment(day: dt.date, time: dt.time, zone: str) -> dt.datetime:
    """That time of that day in the zone. Raises ValidationError for an hour that clocks skip or repeat."""
    first = dt.datetime.combine(day, time, tzinfo=ZoneInfo(zone))
    second = first.replace(fold=1)
    back = first.astimezone(dt.UTC).astimezone(ZoneInfo(zone))
    words = {
        "time": time_format(time, "H:i"),
        "day": date_format(day, "DATE_FORMAT"),
        "place": city_of(zone),
    }
    if back.replace(tzinfo=None) != first.replace(tzinfo=None):
        sentence = _(
            "%(time)s does not exist on %(day)s in %(place)s: clocks go forward and skip this hour. "
            "Choose an earlier or a later time."
        )
        raise ValidationError(sentence, code="skipped", params=words)
    if first.utcoffset() != second.utcoffset():
        sentence = _(
            "%(time)s comes twice on %(day)s in %(place)s: clocks go back and show this hour again. "
            "Choose an earlier or a later time."
        )
        raise ValidationError(sentence, code="twice", params=words)
    return first
