"""Days and hours of an event as they are typed."""

import pytest

from journeys.forms.event_times import TimesForm, shown_times
from tests.factories.exchange import EventFactory

TYPED = {
    "first_day": "2031-05-05",
    "starts": "10:00",
    "ends": "12:00",
    "time_zone": "Europe/Brussels",
}


def moments(**typed):
    form = TimesForm({**TYPED, **typed})
    assert form.is_valid(), form.errors
    found = form.moments()
    return [found[name].isoformat() for name in ("starts_at", "ends_at")]


def test_hours_days_and_whole_days():
    assert moments() == ["2031-05-05T10:00:00+02:00", "2031-05-05T12:00:00+02:00"]
    assert moments(last_day="2031-05-07") == ["2031-05-05T10:00:00+02:00", "2031-05-07T12:00:00+02:00"]
    assert moments(is_all_day="on", starts="", ends="") == [
        "2031-05-05T00:00:00+02:00",
        "2031-05-06T00:00:00+02:00",
    ]
    # Over the night on which clocks go back: 25 hours are one day.
    assert moments(first_day="2031-10-26", is_all_day="on") == [
        "2031-10-26T00:00:00+02:00",
        "2031-10-27T00:00:00+01:00",
    ]


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"first_day": ""}, "first_day", "Enter the first day, for example 2026-11-30."),
        ({"first_day": "31.2.2031"}, "first_day", "Enter a date, for example 2026-11-30."),
        ({"first_day": "0031-05-05"}, "first_day", "Enter a year between 1990 and 2100."),
        ({"starts": "25:00"}, "starts", "Enter a time, for example 09:30."),
        ({"starts": ""}, "starts", "Enter a time, for example 09:30, or tick “Whole days”."),
        ({"ends": "10:00"}, "ends", "The end lies before the start. Change the time or the last day."),
        ({"last_day": "2031-05-04"}, "last_day", "The last day lies before the first one."),
        (
            {"last_day": "2031-09-04"},
            "last_day",
            "An event lasts 60 days at most. Make several of it.",
        ),
        ({"time_zone": "Moon/Sea"}, "time_zone", "Choose one of the time zones shown."),
        (
            {"first_day": "2031-03-30", "starts": "02:30"},
            "starts",
            "02:30 does not exist on 30 March 2031 in Brussels: clocks go forward and skip this hour. "
            "Choose an earlier or a later time.",
        ),
        (
            {"first_day": "2031-10-26", "starts": "01:00", "ends": "02:30"},
            "ends",
            "02:30 comes twice on 26 October 2031 in Brussels: clocks go back and show this hour again. "
            "Choose an earlier or a later time.",
        ),
    ],
)
def test_what_cannot_be_is_said(typed, field, said):
    form = TimesForm({**TYPED, **typed})
    assert not form.is_valid()
    assert form.errors[field] == [said]


@pytest.mark.django_db
@pytest.mark.parametrize("whole", [True, False])
def test_what_is_shown_and_sent_back_unchanged_is_the_same_moment(whole):
    event = EventFactory(time_zone="Asia/Tokyo")
    first = TimesForm({**TYPED, "is_all_day": "on" if whole else "", "last_day": "2031-05-06"})
    assert first.is_valid()
    for name, value in first.moments().items():
        setattr(event, name, value)
    shown = {name: value for name, value in shown_times(event).items() if value not in (None, False)}
    again = TimesForm(shown, initial=shown_times(event))
    assert again.is_valid(), again.errors
    assert again.moments() == first.moments()
