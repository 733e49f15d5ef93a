import datetime as dt

import pytest

from journeys.content.semesters import semester_of

START, END = dt.date(2019, 8, 1), dt.date(2022, 7, 31)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2019-07-31", None),
        ("2019-08-01", 1),
        ("2020-01-31", 1),
        ("2020-02-01", 2),
        ("2020-11-26", 3),
        ("2021-03-25", 4),
        ("2022-07-31", 6),
        ("2022-08-01", None),
    ],
)
def test_semesters_are_half_years_from_the_start(day, expected):
    assert semester_of(dt.date.fromisoformat(day), starts_on=START, ends_on=END) == expected


def test_a_project_that_begins_in_the_middle_of_a_month():
    start = dt.date(2020, 1, 15)
    found = [semester_of(dt.date(2020, 7, day), starts_on=start) for day in (14, 15)]
    assert found == [1, 2]


def test_without_a_start_there_is_no_semester():
    assert semester_of(START, starts_on=None) is None
