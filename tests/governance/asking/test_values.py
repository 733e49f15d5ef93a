"""What each type takes, and the sentence it answers with otherwise (promises B002-B017)."""

import pytest

from governance.asking.base import KINDS, Reader
from governance.asking.dates import check_after, read_date
from governance.asking.frames import check_sums
from governance.asking.numbers import read_number
from governance.asking.problems import Refused
from governance.asking.registry import TYPES

CHOICES = [{"code": code, "label": code.upper()} for code in "abcdef"]
NONE = {"code": "none", "label": "None", "exclusive": True}


def parse(type: str, sent: list[str], *, language: str = "en", known=None, **settings):
    reader = Reader(language=language, known=lambda codes: {c: c for c in codes if c in (known or [])})
    return TYPES[type].parse(sent, settings=settings, reader=reader)


def refusal(type: str, sent: list[str], **settings) -> tuple[str, str, bool]:
    with pytest.raises(Refused) as caught:
        parse(type, sent, **settings)
    problem = caught.value.problem
    return problem.code, problem.text % problem.params, problem.tampered


@pytest.mark.parametrize(
    ("typed", "language", "value"),
    [
        ("12,5", "pl", 12.5),
        ("12.5", "pl", 12.5),
        ("12,5", "en", 12.5),
        ("12.5", "en", 12.5),
        ("1 000", "el", 1000),
        ("1\u00a0000", "es", 1000),
        ("1\u202f000,5", "pl", 1000.5),
        ("1.000,5", "es", 1000.5),
        ("1.000,5", "en", 1000.5),
        ("1,000.5", "en", 1000.5),
        ("-5", "en", -5),
        ("\u22125", "en", -5),
        ("0,125", "pl", 0.125),
        ("0", "en", 0),
        ("007", "en", 7),
    ],
)
def test_numbers_as_people_write_them(typed, language, value):
    assert parse("number", [typed], language=language) == value


@pytest.mark.parametrize(
    "typed",
    ["1.000", "1,000", "12,5,5", "1e5", "NaN", "inf", "twelve", "12 5", "1 00", "--5", "5,", "٣", "1.00,5"],
)
def test_a_number_that_may_mean_two_things_is_not_guessed(typed):
    assert read_number(typed, reader=Reader(language="pl"), decimals=None) is None
    assert refusal("number", [typed], language="pl")[1].startswith("Write the number like 1000,5")


def test_three_decimals_are_read_by_the_language_where_they_are_allowed():
    assert parse("number", ["1,234"], language="pl", decimals=3) == 1.234
    assert refusal("number", ["1.234"], language="pl", decimals=3)[0] == "number"


@pytest.mark.parametrize("typed", ["-1", "101", "1" + "0" * 30])
def test_a_number_out_of_range_says_what_was_written(typed):
    code, text, _tampered = refusal("number", [typed], min=0, max=100)
    assert (code, text) == ("range", f"The number must be between 0 and 100 (you wrote {typed}).")


def test_a_number_keeps_to_its_digits():
    assert refusal("number", ["2.5"], decimals=0)[1] == "Write a whole number (you wrote 2.5)."
    assert refusal("number", ["2.55"], decimals=1)[0] == "decimals"
    assert refusal("number", ["1" * 16])[0] == "digits"
    assert parse("number", ["9" * 15]) == 999_999_999_999_999


def test_a_number_is_shown_as_the_reader_writes_it():
    number = TYPES["number"]
    shown = number.show(1000.5, settings={"unit": "M€"}, reader=Reader(language="pl"))
    assert shown == "1000,5 M€"
    assert number.raw(0.000001, settings={}, reader=Reader()) == ["0.000001"]


def test_choices_are_checked_against_the_question():
    assert parse("single_choice", ["a"], choices=CHOICES) == "a"
    assert refusal("single_choice", ["z"], choices=CHOICES) == (
        "option",
        "That option is not part of this question. Choose one of those shown.",
        True,
    )
    assert parse("multiple_choice", ["", "b", "a"], choices=CHOICES) == ["a", "b"]
    assert parse("multiple_choice", [""], choices=CHOICES) is None
    assert refusal("multiple_choice", ["a", "z"], choices=CHOICES)[2] is True
    code, text, _tampered = refusal("multiple_choice", list("abcdef"), choices=CHOICES, max_choices=5)
    assert (code, text) == ("max_choices", "Choose at most 5 (you chose 6).")
    code, text, _tampered = refusal("multiple_choice", ["a", "none"], choices=[*CHOICES, NONE])
    assert (code, text) == ("exclusive", "Choose “None” or other options, not both.")
    assert parse("multiple_choice", ["none"], choices=[*CHOICES, NONE], min_choices=2) == ["none"]


def test_choices_become_a_column_each():
    kind, settings = TYPES["multiple_choice"], {"choices": CHOICES[:2]}
    columns = kind.columns("q1", label="Which", settings=settings)
    assert [column.name for column in columns] == ["q1_a", "q1_b"]
    assert kind.cells(["b"], settings=settings) == [0, 1]
    assert kind.cells(None, settings=settings) == [None, None]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{{7*7}}", "${7*7}", "=1+1", "'; DROP TABLE x"]
)
def test_text_is_kept_as_typed(text):
    assert parse("short_text", [text]) == text
    assert parse("long_text", [f" {text}\r\n"]) == f" {text}\n"


@pytest.mark.parametrize("text", ["   ", "\u200b\u200b", "\u200f", "\u00a0\n"])
def test_text_that_nobody_can_read_is_no_answer(text):
    assert refusal("short_text", [text])[0] == "blank"


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "\ud800"])
def test_text_that_cannot_be_stored_is_refused(text):
    assert refusal("long_text", [text])[0] == "characters"


def test_text_has_a_length():
    assert refusal("short_text", ["abcd"], max_length=3)[1] == "Write at most 3 characters (you wrote 4)."


@pytest.mark.parametrize("address", ["a@b", "a@@b.eu", "@b.eu", "a b@c.eu", "a@" + "b." * 5000 + "eu"])
def test_an_address_that_is_none_says_what_one_looks_like(address):
    code, text, _tampered = refusal("short_text", [address[:300]], format="email")
    assert (code, text) == ("email", "Write an e-mail address like name@region.eu.")


def test_an_address_keeps_its_alphabet():
    assert parse("short_text", ["ana@región.eu\n"], format="email") == "ana@región.eu"


@pytest.mark.parametrize("typed", ["2026-03-01", "1.3.2026", "01/03/2026", "01-03-2026", "1. 3. 2026"])
def test_dates_are_read_as_people_write_them(typed):
    assert parse("date", [typed]) == "2026-03-01"


@pytest.mark.parametrize("typed", ["29-02-1900", "2026-13-01", "March 2026", "2026", "0000-00-00"])
def test_a_day_that_does_not_exist_is_refused(typed):
    assert read_date(typed) is None
    assert refusal("date", [typed])[0] == "date"


def test_dates_have_a_range_and_an_order():
    assert refusal("date", ["2020-01-01"], min="2021-01-01")[0] == "range"
    assert refusal("date", ["2022-01-01"], max="2021-01-01")[0] == "range"
    assert check_after("2026-02-28", "2026-03-01").code == "after"
    assert check_after("2026-03-02", "2026-03-01") is None
    assert check_after(None, "2026-03-01") is None


def test_codes_must_be_known():
    known = ["nace:C21", "nace:A01"]
    assert parse("codes", ["C21, nace:A01"], known=known, list="nace", many=True) == known
    assert refusal("codes", ["C21 A01"], known=known, list="nace")[0] == "max_choices"
    assert refusal("codes", ["C21 X"], known=known, list="nace", many=True)[1].startswith(
        "There is no code “X”"
    )
    assert refusal("region", ["a", "b"], known=["a", "b"])[0] == "type"
    assert parse("region", ["b", "a", "b"], known=["a", "b"], many=True) == ["b", "a"]


MATRIX = {"rows": CHOICES[:2], "columns": CHOICES[:2], "sum": {"of": "columns", "to": 100}}


def sentences(values, settings):
    return [problem.text % problem.params for problem in check_sums(values, settings=settings)]


def test_shares_must_add_up_once_all_are_given():
    assert sentences({"a.a": 60, "b.a": 37}, MATRIX) == [
        "A: these shares add up to 97 %. They must add up to 100 %."
    ]
    assert sentences({"a.a": 60}, MATRIX) == []
    assert sentences({"a.a": 33.3, "b.a": 66.7}, MATRIX) == []
    whole = MATRIX | {"sum": {"of": "all", "to": 50}}
    assert sentences({"a.a": 1, "b.a": 1, "a.b": 1, "b.b": 1}, whole) == [
        "These numbers add up to 4. They must add up to 50."
    ]


def test_every_type_refuses_a_value_of_another_kind():
    for kind in TYPES.values():
        if not kind.holds_value:
            continue
        with pytest.raises(Refused):
            kind.check({"a": 1}, settings={"choices": CHOICES}, reader=Reader())


def test_no_type_takes_an_answer_that_is_no_value_for_a_value():
    for type in ("single_choice", "multiple_choice"):
        settings = {"choices": [{"code": KINDS[0], "label": "x"}]}
        assert [problem.code for problem in TYPES[type].check_settings(settings)] == ["code"]
