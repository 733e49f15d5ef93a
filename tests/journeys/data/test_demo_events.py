"""The events of the demonstration, typed by hand: their days as the sources give them."""

import datetime as dt

import pytest

from journeys.models import Event, Registration
from journeys.services.demo_content import read_demo, region_names
from journeys.services.demo_events import add_events
from tests.factories.mapping import ExerciseFactory, RegionFactory

# slug, kind, region, first moment and last moment in UTC, whole days, open to
ROWS = """
visit-bilbao           visit        basque-country   2019-10-07T22:00 2019-10-10T22:00 yes public
visit-essen            visit        ruhr-metropolis  2020-01-14T23:00 2020-01-16T23:00 yes public
visit-calabria         visit        calabria         2020-06-02T22:00 2020-06-04T22:00 yes public
visit-southern-ireland visit        southern-ireland 2020-10-14T23:00 2020-10-15T23:00 yes public
visit-mazovia          visit        mazovia          2020-11-25T23:00 2020-11-26T23:00 yes public
webinar-2021           webinar      basque-country   2021-03-25T10:00 2021-03-25T12:00 no  public
final-event            conference   basque-country   2022-12-13T23:00 2022-12-15T23:00 yes public
mazovia-stakeholders-2020-01-27 stakeholders mazovia 2020-01-26T23:00 2020-01-27T23:00 yes members
mazovia-stakeholders-2020-07-20 stakeholders mazovia 2020-07-19T22:00 2020-07-20T22:00 yes members
mazovia-stakeholders-2021-01-28 stakeholders mazovia 2021-01-27T23:00 2021-01-28T23:00 yes members
mazovia-stakeholders-2021-06-17 stakeholders mazovia 2021-06-16T22:00 2021-06-17T22:00 yes members
mazovia-stakeholders-2022-01-28 stakeholders mazovia 2022-01-27T23:00 2022-01-28T23:00 yes members
"""


@pytest.fixture
def made(db):
    exercise = ExerciseFactory()
    for slug in region_names():
        RegionFactory(project=exercise.project, slug=slug)
    add_events(project=exercise.project)
    return Event.objects.select_related("region").order_by("pk")


def test_days_and_hours_are_those_of_the_sources(made):
    told = [
        [
            *[event.slug, str(event.kind), event.region.slug],
            *[
                moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M")
                for moment in (event.starts_at, event.ends_at)
            ],
            *["yes" if event.is_all_day else "no", str(event.audience)],
        ]
        for event in made.filter(provenance="sourced")
    ]
    assert told == [line.split() for line in ROWS.strip().splitlines()]
    assert all(event.sources and event.unknown for event in made.filter(provenance="sourced"))


def test_invented_events_say_so_and_name_nobody(made):
    invented = made.filter(provenance="invented")
    assert [event.slug for event in invented] == ["peer-review-of-plans", "method-clinic"]
    assert all("Invented for the demonstration" in event.summary for event in invented)
    assert all(event.starts_at.weekday() < 5 for event in invented)
    people = Registration.objects.order_by("event__pk", "pk")
    assert [(row.event.slug, row.state) for row in people] == [
        *[("peer-review-of-plans", "registered")] * 5,
        *[("method-clinic", "registered")] * 3,
        ("method-clinic", "waiting"),
    ]
    assert {row.email.partition("@")[2] for row in people} == {"demo.invalid"}


def test_files_beside_the_regions_are_no_regions():
    assert "events" in read_demo("events")
    assert not {"events", "project"} & set(region_names())
    assert len(region_names()) == 8
