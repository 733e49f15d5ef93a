"""When a visit takes place, in words."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from journeys.selectors.visit_times import days_in_words, event_in_words, semester_of, semesters_of
from mapping.models import Project
from tests.factories.exchange import EventFactory

DAY = dt.date(2019, 10, 8)


@pytest.mark.parametrize(
    ("language", "last", "words"),
    [
        ("en", DAY, "8 October 2019"),
        ("en", dt.date(2019, 10, 10), "8–10 October 2019"),
        ("en", dt.date(2019, 11, 2), "8 October 2019 – 2 November 2019"),
        ("de", dt.date(2019, 10, 10), "8.–10. Oktober 2019"),
        ("es", dt.date(2019, 10, 10), "8–10 de octubre de 2019"),
        ("hu", dt.date(2019, 10, 10), "2019. október 8. – 2019. október 10."),
    ],
)
def test_days_in_words(language, last, words):
    with translation.override(language):
        assert days_in_words(DAY, last) == words


def test_whole_days_end_before_the_last_midnight_of_their_own_zone():
    zone = ZoneInfo("Europe/Warsaw")
    starts = dt.datetime(2020, 11, 26, tzinfo=zone)
    event = EventFactory.build(
        region=None,
        project=None,
        starts_at=starts.astimezone(dt.UTC),
        ends_at=(starts + dt.timedelta(days=1)).astimezone(dt.UTC),
        is_all_day=True,
        time_zone="Europe/Warsaw",
    )
    assert event_in_words(event) == "26 November 2020"


def test_hours_are_told_in_the_zone_of_the_event():
    event = EventFactory.build(region=None, project=None, time_zone="Europe/Dublin")
    assert event_in_words(event) == "25 March 2031, 10:00–12:00 (Europe/Dublin)"


def test_semesters_are_half_years_from_the_start():
    project = Project(starts_on=dt.date(2019, 8, 1), ends_on=dt.date(2022, 7, 31))
    assert [str(row) for row in semesters_of(project)][2:4] == [
        "Semester 3 (Aug 2020 – Jan 2021)",
        "Semester 4 (Feb 2021 – Jul 2021)",
    ]
    assert len(semesters_of(project)) == 6
    assert str(semester_of(project=Project(), number=3)) == "Semester 3"
