"""Two spellings of one name are found; two names that merely share words are not."""

import pytest

from mapping.selectors.spelling_index import SpellingIndex
from mapping.selectors.spellings import likeness

NAMES = [
    "Warsaw University of Technology",
    "Płock Industrial Park Ltd",
    "Marshal's Office",
    "Agency for Growth",
    "Vocational School 12",
]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("University of Technology, Warsaw", "Warsaw University of Technology"),
        ("Warsaw Univeristy of Technology", "Warsaw University of Technology"),
        ("WUT", "Warsaw University of Technology"),
        ("PLOCK industrial park sp. z o.o.", "Płock Industrial Park Ltd"),
        ("Marshals office", "Marshal's Office"),
        ("Vocational Shcool 012", "Vocational School 12"),
    ],
)
def test_another_spelling_is_found(name, found):
    more = SpellingIndex([*NAMES, "Warsaw University of Life Sciences (WULS)"])
    assert more.alike(name) == [found] or name == "WUT"
    assert SpellingIndex(NAMES).alike(name)[:1] == [found]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("University of Warsaw", "University of Poznań"),
        ("Chamber of Commerce of Bilbao", "Chamber of Crafts of Bilbao"),
        ("ICT cluster", "ICE cluster of the north"),
        ("A", "B"),
        ("Firma 1", "Firma 2"),
        ("Zq7x49 Werk", "Zq7x50 Werk"),
        ("Technology Park of the Region", "Technology Park of the Region 2"),
        ("School No. 12 of Warsaw", "School No. 21 of Warsaw"),
    ],
)
def test_names_that_share_words_are_not_the_same(first, second):
    assert likeness(first=first, second=second) == 0


def test_short_forms_meet_in_brackets():
    assert likeness(first="WULS", second="Warsaw University of Life Sciences (WULS)") == 0.95
