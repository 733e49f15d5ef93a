"""Calendar files, read by two parsers that know nothing of each other: icalendar and vobject."""

import datetime as dt

import icalendar
import pytest
import vobject
from django.contrib.auth.models import AnonymousUser

from cohes3ion.lib.row_forms import Change
from journeys.models import Event
from journeys.selectors.calendars import calendar_file, sequence_of
from journeys.selectors.event_feeds import feed_events
from journeys.services.events import cancel, set_times
from journeys.services.rows import write_change
from tests.factories.exchange import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
UTC = dt.UTC
ODD_TEXT = "Émile, “Zoë”; c:\\path\nsecond line, and a very long one: " + "ő" * 90


@pytest.fixture
def events():
    webinar = EventFactory(
        slug="webinar",
        title="Making multilevel governance work in S3",
        starts_at=dt.datetime(2021, 3, 25, 10, tzinfo=UTC),
        ends_at=dt.datetime(2021, 3, 25, 12, tzinfo=UTC),
        time_zone="Europe/Brussels",
        summary=ODD_TEXT,
        place="Room 1; floor 2, left",
    )
    summer = EventFactory(
        slug="summer",
        starts_at=dt.datetime(2031, 7, 1, 8, tzinfo=UTC),
        ends_at=dt.datetime(2031, 7, 1, 9, tzinfo=UTC),
        time_zone="Atlantic/Azores",
    )
    days = EventFactory(
        slug="days",
        starts_at=dt.datetime(2019, 10, 7, 22, tzinfo=UTC),
        ends_at=dt.datetime(2019, 10, 10, 22, tzinfo=UTC),
        time_zone="Europe/Madrid",
        is_all_day=True,
    )
    night = EventFactory(
        slug="night",
        starts_at=dt.datetime(2031, 10, 25, 20, tzinfo=UTC),
        ends_at=dt.datetime(2031, 10, 26, 6, tzinfo=UTC),
        time_zone="Europe/Bucharest",
    )
    gone = EventFactory(slug="gone", state="cancelled", cancelled_because="No hall", time_zone="UTC")
    return [webinar, summer, days, night, gone]


# What each parser must find: first and last moment (UTC) or day, the state.
WANTED = {
    "webinar": ("2021-03-25T10:00:00+00:00", "2021-03-25T12:00:00+00:00", "CONFIRMED"),
    "summer": ("2031-07-01T08:00:00+00:00", "2031-07-01T09:00:00+00:00", "CONFIRMED"),
    "days": ("2019-10-08", "2019-10-11", "CONFIRMED"),
    "night": ("2031-10-25T20:00:00+00:00", "2031-10-26T06:00:00+00:00", "CONFIRMED"),
    "gone": ("2031-03-25T10:00:00+00:00", "2031-03-25T12:00:00+00:00", "CANCELLED"),
}


def as_utc(moment):
    return (moment.astimezone(UTC) if isinstance(moment, dt.datetime) else moment).isoformat()


def by_icalendar(content):
    rows = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return [
        {
            "slug": str(row["url"]).rstrip("/").rpartition("/")[2],
            "uid": str(row["uid"]),
            "span": (as_utc(row.decoded("dtstart")), as_utc(row.decoded("dtend"))),
            "summary": str(row["summary"]),
            "description": str(row["description"]),
            "location": str(row.get("location", "")),
            "status": str(row["status"]),
            "sequence": int(row["sequence"]),
        }
        for row in rows
    ]


def by_vobject(content):
    """vobject reads the zones from the VTIMEZONE of the file itself."""
    rows = vobject.readOne(content.decode()).vevent_list
    return [
        {
            "slug": row.url.value.rstrip("/").rpartition("/")[2],
            "uid": row.uid.value,
            "span": (as_utc(row.dtstart.value), as_utc(row.dtend.value)),
            "summary": row.summary.value,
            "description": row.description.value,
            "location": row.location.value if hasattr(row, "location") else "",
            "status": row.status.value,
            "sequence": int(row.sequence.value),
        }
        for row in rows
    ]


def test_two_parsers_read_the_same_and_what_was_meant(events):
    content = calendar_file(events, name="All events")
    first, second = by_icalendar(content), by_vobject(content)
    assert first == second
    assert {row["slug"]: (*row["span"], row["status"]) for row in first} == WANTED
    webinar = first[0]
    assert webinar["uid"] == f"{events[0].uid}@stm"
    assert webinar["description"].startswith(ODD_TEXT)
    assert webinar["location"] == "Room 1; floor 2, left"
    assert first[-1]["description"].startswith("This event is cancelled. No hall")


def test_every_named_zone_has_its_rules_and_lines_are_folded(events):
    content = calendar_file(events, name="All events")
    calendar = icalendar.Calendar.from_ical(content)
    assert calendar["version"] == "2.0"
    assert calendar["method"] == "PUBLISH"
    named = {
        line.partition("TZID=")[2].partition(":")[0]
        for line in content.decode().split("\r\n")
        if "TZID=" in line
    }
    assert named == {str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")}
    assert named == {"Europe/Brussels", "Atlantic/Azores", "Europe/Bucharest"}
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"DTSTART;TZID=Europe/Brussels:20210325T110000" in content
    assert b"DTSTART;VALUE=DATE:20191008" in content


def test_the_same_rows_are_the_same_bytes(events):
    assert calendar_file(events) == calendar_file(list(Event.objects.order_by("pk")))


def test_a_change_and_a_cancellation_raise_the_sequence_under_the_same_uid(events):
    webinar = events[0]
    before = by_icalendar(calendar_file([webinar]))[0]
    values = {"starts_at": webinar.starts_at + dt.timedelta(minutes=30)}
    moved = set_times(event=webinar, values={**values, "time_zone": "Europe/Brussels"}, expected=1, by=None)
    called_off, told = cancel(event=moved, reason="No hall", expected=1, by=None)
    after = by_icalendar(calendar_file([called_off]))[0]
    assert [before["sequence"], sequence_of(moved), after["sequence"], told] == [0, 1, 2, 0]
    assert before["uid"] == after["uid"]
    assert after["status"] == "CANCELLED"


def test_what_calendars_do_not_carry_does_not_count(events):
    change = Change(field="capacity", values={"capacity": 3}, version=1)
    assert sequence_of(write_change(row=events[0], change=change, by=None)) == 0


def test_a_feed_holds_no_person_no_draft_and_no_link_to_take_part():
    event = EventFactory(online_url="https://meet.example/secret", slug="open")
    RegistrationFactory(event=event, name="Ada Canary", email="canary@test.invalid")
    EventFactory(state="draft", slug="draft")
    EventFactory(audience="members", slug="members")
    content = calendar_file(feed_events(user=AnonymousUser(), wanted={}))
    assert [row["slug"] for row in by_icalendar(content)] == ["open"]
    assert not {word for word in (b"Canary", b"canary", b"meet.example") if word in content}
    # Negative control: asked for somebody who has a place, the link is there.
    assert b"meet.example" in calendar_file([event], with_link=True)


def test_an_empty_feed_is_a_calendar_too():
    assert by_icalendar(calendar_file([], name="None")) == []
    assert b"BEGIN:VCALENDAR" in calendar_file([])
