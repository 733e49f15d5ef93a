"""Hours that clocks skip or show twice are said, never moved."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from cohes3ion.lib.zones import city_of, known_zone, local_moment

# day, hour, zone: what it is
ODD = [
    ("2031-03-30", "02:30", "Europe/Brussels", "skipped"),
    ("2031-03-30", "01:30", "Europe/Dublin", "skipped"),
    ("2031-03-30", "03:15", "Europe/Bucharest", "skipped"),
    ("2031-10-26", "02:30", "Europe/Brussels", "twice"),
    ("2031-10-26", "00:30", "Atlantic/Azores", "twice"),
]


@pytest.mark.parametrize(("day", "time", "zone", "code"), ODD)
def test_an_hour_that_does_not_exist_or_comes_twice_is_refused(day, time, zone, code):
    with pytest.raises(ValidationError) as refused:
        local_moment(dt.date.fromisoformat(day), dt.time.fromisoformat(time), zone)
    assert refused.value.code == code
    assert time in refused.value.messages[0]
    assert city_of(zone) in refused.value.messages[0]


@pytest.mark.parametrize(
    ("day", "time", "zone", "utc"),
    [
        ("2031-03-30", "01:59", "Europe/Brussels", "2031-03-30T00:59"),
        ("2031-03-30", "03:00", "Europe/Brussels", "2031-03-30T01:00"),
        ("2031-10-26", "03:00", "Europe/Brussels", "2031-10-26T02:00"),
        ("2021-03-25", "11:00", "Europe/Brussels", "2021-03-25T10:00"),
        ("2031-07-01", "12:00", "UTC", "2031-07-01T12:00"),
    ],
)
def test_every_other_hour_is_one_moment(day, time, zone, utc):
    found = local_moment(dt.date.fromisoformat(day), dt.time.fromisoformat(time), zone)
    assert found.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M") == utc


def test_negative_control_python_itself_moves_the_hour_silently():
    """Without the check 02:30 would be told as 03:30 to everybody elsewhere."""
    typed = dt.datetime(2031, 3, 30, 2, 30, tzinfo=ZoneInfo("Europe/Brussels"))
    assert typed.astimezone(dt.UTC).astimezone(ZoneInfo("Europe/Brussels")).hour == 3


def test_only_names_of_zones_are_known():
    assert [known_zone(name) for name in ("Asia/Tokyo", "../etc/passwd", "", "CEST+1")] == [
        "Asia/Tokyo",
        *[""] * 3,
    ]
