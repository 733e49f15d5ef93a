"""Days and moments in words, in the languages of the pages."""

import datetime as dt

import pytest
from django.utils import translation
from django.utils.formats import date_format

MOMENT = dt.datetime(2027, 1, 28, 14, 30, tzinfo=dt.UTC)
NAMES = ("DATE_FORMAT", "DATETIME_FORMAT", "MONTH_DAY_FORMAT", "TIME_FORMAT")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["28 January 2027", "28 January 2027, 14:30", "28 January", "14:30"]),
        ("el", ["28 Ιανουαρίου 2027", "28 Ιανουαρίου 2027, 14:30", "28 Ιανουαρίου", "14:30"]),
        ("es", ["28 de enero de 2027", "28 de enero de 2027 a las 14:30", "28 de enero", "14:30"]),
        ("pl", ["28 stycznia 2027", "28 stycznia 2027 14:30", "28 stycznia", "14:30"]),
    ],
)
def test_days_are_written_as_the_language_does(language, words):
    with translation.override(language):
        assert [date_format(MOMENT, name) for name in NAMES] == words
