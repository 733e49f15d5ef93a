"""Two spellings of one name are found; two names that merely share words are not."""

import random
from itertools import combinations

import pytest

from mapping.selectors.spelling_index import SpellingIndex
from mapping.selectors.spellings import likeliest, likeness

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


WORDS = {
    *("north", "east", "institute", "agency", "digital", "health", "agro"),
    *("energy", "cluster", "college", "alliance", "cluj", "robotics"),
}


def spelled(number):
    """Names as a region has them: words in another order, slips of the pen, abbreviations, others."""
    words = sorted(WORDS)
    rng = random.Random(7)
    names = [" ".join(rng.sample(words, rng.randint(1, 4))) for _ in range(number)]
    slips = [name.replace("e", "", 1) for name in rng.sample(names, number // 4)]
    return [*names, *slips, "North Energy Agency Cluj (NEAC)", "NEAC", "School 1", "School 2", "Schol 1"]


def test_the_likeliest_of_a_list_are_those_that_comparing_all_with_all_finds():
    names = spelled(120)
    all_pairs = [
        (likeness(first=names[one], second=names[other]), one, other)
        for one, other in combinations(range(len(names)), 2)
    ]
    expected = sorted((pair for pair in all_pairs if pair[0]), key=lambda pair: -pair[0])
    assert len(expected) > 40
    found = likeliest(names, most=len(expected))
    assert sorted(found) == sorted(expected)
    last = expected[39][0]
    assert sorted(likeliest(names, most=40)) == sorted(pair for pair in expected if pair[0] >= last)


def test_a_list_without_likely_pairs_has_none():
    assert (likeliest([], most=12), likeliest(["One alone"], most=12), likeliest(NAMES, most=12)) == (
        [],
        [],
        [],
    )
