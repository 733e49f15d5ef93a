"""Codes found by what is typed, and suggested by the words of a name."""

import pytest

from mapping.selectors.codes import found_codes, suggested_codes
from tests.factories.matrix import add_codes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def codes():
    return add_codes()


@pytest.mark.parametrize(
    "typed, found",
    [
        ("C26", ["C26.1"]),
        ("26.1", ["C26.1"]),
        ("c10", ["C10"]),
        ("electronic", ["2.2", "C26.1"]),
        ("food manufacture", ["C10"]),
        ("manufacture pharma", ["C21"]),
        ("", []),
        ("   ", []),
        ("%", []),
        ("zzz", []),
    ],
)
def test_codes_are_found_by_code_or_words(typed, found):
    assert [code.code for code in found_codes(lists=("nace", "ford"), text=typed)] == found


def test_only_the_lists_asked_for_are_searched():
    assert [code.code for code in found_codes(lists=("ford",), text="electronic")] == ["2.2"]


def test_the_words_of_a_name_suggest_codes():
    suggested = suggested_codes(lists=("nace",), text="Electronics for food safety")
    assert [code.code for code in suggested] == ["C10", "C26.1"]


def test_words_that_say_nothing_suggest_nothing():
    assert suggested_codes(lists=("nace",), text="Innovation in services with industry") == []


def test_what_is_chosen_already_is_not_suggested():
    assert suggested_codes(lists=("nace",), text="Food", but=["nace:C10"]) == []
