import datetime as dt

import pytest

from cohes3ion.lib.template_tags import as_day, get, initials, numeric_columns, one_decimal


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ada Example", "AE"),
        ("Zoé van der Łęcka", "ZŁ"),
        ("Ελένη", "ΕΛ"),
        ("ada.example@example.org", "AE"),
        ("", ""),
    ],
)
def test_initials_are_two_letters(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("value", "text"), [(None, "–"), (2.75, "2.8"), (-0.3, "−0.3"), (-0.04, "0.0"), (3, "3.0")]
)
def test_one_decimal_is_written_as_people_read_it(value, text):
    assert one_decimal(value) == text


@pytest.mark.parametrize(
    ("written", "day"),
    [("2026-11-28", dt.date(2026, 11, 28)), ("spring", None), ("", None), (None, None)],
)
def test_a_day_that_is_kept_as_text_is_read(written, day):
    assert as_day(written) == day


def test_get_reads_a_key_known_only_in_the_template():
    assert get({"a": 1}, "a") == 1
    assert get({}, "a") is None


def test_only_columns_of_numbers_are_set_flush_right():
    rows = [
        ["Agri-food", "1,234", "−0.5", "Services", "3.55 – 3.81"],
        ["Energy", "–", "12 %", "5", ""],
    ]
    assert numeric_columns(rows) == {1, 2, 4}
    assert numeric_columns([]) == set()
