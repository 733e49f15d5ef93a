"""Units of tables: what may be tested as a count, and how many each number stands for."""

import pytest

from mapping.analysis.counted_units import counted_by


@pytest.mark.parametrize(
    "unit",
    [
        "thousand",
        "Thousand persons",
        "1000",
        "1 000 persons",
        "1,000 jobs",
        "THS",
        "THS_PER",
        "in thousands",
        "persons (in thousands)",
        "Employment, '000s",
        "1000 employees",
        " ths persons ",
    ],
)
def test_thousands_are_told(unit):
    assert counted_by(unit) == 1000


@pytest.mark.parametrize(
    "unit", ["persons", "Persons employed", "jobs", "NR", "PER", "Number of enterprises"]
)
def test_what_is_counted_one_by_one(unit):
    assert counted_by(unit) == 1


@pytest.mark.parametrize(
    "unit",
    [
        "EUR",
        "MIO_EUR",
        "Million euro",
        "thousand EUR",
        "PC",
        "PC_EMP",
        "%",
        "€ 1000",
        "per 1000 inhabitants",
        "THS_HW",
        "thousand hours",
        "persons per km2",
        "index 2015",
        "",
        "things",
        "thousand million",
    ],
)
def test_no_count_or_none_that_is_known(unit):
    assert counted_by(unit) is None


def test_millions_are_told():
    assert (counted_by("million persons"), counted_by("MIO")) == (1_000_000, 1_000_000)
