"""Numbers are rounded and written the same way everywhere."""

import random
from decimal import ROUND_HALF_UP, Decimal

import pytest

from mapping.charts.figure import (
    Column,
    Figure,
    Heading,
    Table,
    figure_csv,
    make_figure,
    number_text,
    read_out,
    rounded,
    rounded_or_none,
)

TABLE = Table(
    columns=(
        Column(label="Theme"),
        Column(label="Now", kind="number"),
        Column(label="Gap", kind="signed"),
        Column(label="Answers", kind="number", decimals=0),
    ),
    rows=(("Skills", 2.25, 1.04, 12), ("Finance", "Too few answers", None, None), ("Vision", 3.0, -0.3, 0)),
)


def figure(**heading: str) -> Figure:
    return make_figure(Heading(key="k", title="T", **heading), kind="gaps", data={}, table=TABLE)


@pytest.mark.parametrize(
    "value,decimals,expected",
    [(2.25, 1, 2.3), (-0.35, 1, -0.4), (1.005, 2, 1.01), (0.5, 0, 1.0), (-0.04, 1, 0.0)],
)
def test_half_is_rounded_away_from_zero(value, decimals, expected):
    assert rounded(value, decimals) == expected
    assert str(rounded(-0.04)) == "0.0"


def test_missing_stays_missing():
    assert rounded_or_none(None) is None


def test_signs_are_true_signs_and_zero_has_none():
    assert [number_text(value, signed=True) for value in (1.2, -1.2, 0.04, -0.04)] == [
        "+1.2",
        "−1.2",
        "0.0",
        "0.0",
    ]
    assert number_text(-3, decimals=0) == "−3"


def test_the_table_is_read_in_the_language_of_the_reader():
    assert TABLE.texts(lambda value, decimals: f"{value:.{decimals}f}".replace(".", ",")) == [
        ["Skills", "2,3", "+1,0", "12"],
        ["Finance", "Too few answers", "", ""],
        ["Vision", "3,0", "−0,3", "0"],
    ]


def test_the_description_is_the_alternative_text_or_the_table():
    assert figure(alt="A drawing").description() == "A drawing"
    skills, finance = "Skills: Now 2.3, Gap +1.0, Answers 12", "Finance: Now Too few answers"
    assert figure().description() == f"{skills}; {finance}; Vision: Now 3.0, Gap −0.3, Answers 0"
    assert read_out(Table()) == ""


def test_the_caption_leaves_out_what_is_empty():
    assert figure(source="Source: survey", provenance="Invented").caption() == "Source: survey · Invented"
    assert figure().caption() == ""


def test_the_csv_holds_plain_numbers_and_ends_with_the_notes():
    assert figure_csv(figure(source="Source: survey", n="23 answers")) == [
        ["Theme", "Now", "Gap", "Answers"],
        ["Skills", 2.3, 1.0, 12],
        ["Finance", "Too few answers", None, None],
        ["Vision", 3.0, -0.3, 0],
        [],
        ["T"],
        ["Source: survey"],
        ["23 answers"],
    ]


def test_rounding_is_that_of_the_decimal_digits():
    """The quick way and the digits one by one: 20,000 numbers, ties among them."""
    chance = random.Random(3)
    for _n in range(20_000):
        decimals = chance.randint(0, 3)
        value = chance.choice((chance.uniform(-6, 6), chance.randint(-600, 600) / 40))
        step = Decimal(1).scaleb(-decimals)
        assert rounded(value, decimals) == float(Decimal(repr(value)).quantize(step, ROUND_HALF_UP))
