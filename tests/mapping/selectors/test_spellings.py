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
        ("Voc. School 12", "Vocational School 12"),
        ("Warsaw Univ. of Tech.", "Warsaw University of Technology"),
        ("Tech. Univ., Warsaw", "Warsaw University of Technology"),
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
        ("Univ. of Oradea Test", "University of Cluj Test"),
        ("Univ. of Oradea", "Oradea University Hospital"),
        ("Univ of Oradea", "University of Oradea"),  # no full stop, so a word of its own
        ("Un. of Oradea", "University of Oradea"),
        ("Univ. 12", "University 13"),
        ("Tech.", "Technology"),
        ("Inst. of Ceramics", "International Ceramics Fair"),
    ],
)
def test_names_that_share_words_are_not_the_same(first, second):
    assert likeness(first=first, second=second) == 0


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Univ. of Oradea Test", "University of Oradea Test"),
        ("Univ. of Tech. Test", "Univ. of Technology Test"),
        ("Inst. Tech. S.A.", "Technology Institute"),
        ("Πανεπ. Πατρών", "Πανεπιστήμιο Πατρών"),
    ],
)
def test_words_cut_short_meet_their_long_form(first, second):
    assert likeness(first=first, second=second) == likeness(first=second, second=first) == 0.95
    assert SpellingIndex([second]).alike(first) == [second]
    assert SpellingIndex([first]).alike(second) == [first]


def test_short_forms_meet_in_brackets():
    assert likeness(first="WULS", second="Warsaw University of Life Sciences (WULS)") == 0.95
