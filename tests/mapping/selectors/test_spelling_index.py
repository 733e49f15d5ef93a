"""The index proposes the same names as comparing each with each."""

import random
from difflib import SequenceMatcher, get_close_matches
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.selectors.spelling_index import Lanes, SpellingIndex
from mapping.selectors.spellings import likeness, same_numbers
from mapping.selectors.twins import plain_name

WORDS = ("agency", "agencies", "Łódź", "Płock", "of", "Ltd", "north", "nort", "energy", "enrgy", "12", "012")
WORDS += ("ag.", "agen.", "nor.", "nort.", "Ener.")
ENDS = ("", " (NEA)", " sp. z o.o.", "!", " 2")
NAME = st.one_of(
    st.builds(
        lambda words, end: " ".join(words) + end, st.lists(st.sampled_from(WORDS)), st.sampled_from(ENDS)
    ),
    st.sampled_from(
        ("NEA", "nea", "", "?", "University of Technology, Warsaw", "Warsaw Univeristy of Technology")
    ),
    st.text("abcαβ (.)1", max_size=30),
)


def alike(name, *, names):
    """What the index stands for, each with each."""
    found = [(likeness(first=name, second=other), other) for other in names]
    likely = sorted((pair for pair in found if pair[0]), key=lambda pair: (-pair[0], pair[1]))
    return [other for _score, other in likely[:4]]


@given(st.lists(NAME, max_size=30), NAME)
def test_the_same_names_as_one_by_one(names, name):
    index = SpellingIndex(names)
    assert index.alike(name) == alike(name, names=names)
    assert index.alike(name, among=range(0, len(names), 2)) == alike(name, names=names[::2])


@given(st.lists(NAME.filter(plain_name), max_size=30, unique_by=plain_name), NAME.filter(plain_name))
def test_the_same_close_names_as_difflib(names, name):
    known = {plain_name(one): one for one in names if same_numbers(first=name, second=one)}
    expected = [known[plain] for plain in get_close_matches(plain_name(name), list(known), n=3, cutoff=0.6)]
    assert SpellingIndex(names).close_to(name) == expected


@given(st.lists(st.text("abc ", max_size=40), min_size=1, max_size=8), st.text("abcd ", max_size=70))
def test_no_ratio_is_above_its_bound(texts, text):
    if len(text) > 4 * max(map(len, texts)):
        assert not Lanes(texts).bounds(text).any()
        return
    for bound, other in zip(Lanes(texts).bounds(text), texts, strict=True):
        assert bound == 2 * common(text, other) / max(len(text) + len(other), 1)
        if text or other:
            assert bound >= SequenceMatcher(None, text, other, autojunk=False).ratio()


def common(first, second):
    """The longest common subsequence, as textbooks have it."""
    row = [0] * (len(second) + 1)
    for letter in first:
        before = row
        row = [0]
        for at, other in enumerate(second):
            row.append(before[at] + 1 if letter == other else max(before[at + 1], row[at]))
    return row[-1]


def test_thousands_of_letters_and_a_name_of_a_page_are_no_burden():
    names = ["".join(chr(0x4E00 + at * 40 + more) for more in range(40)) for at in range(300)]
    index = SpellingIndex(names)
    assert [index.alike(name[1:]) for name in names] == [[name] for name in names]
    assert len(index.lanes.marks) == 256
    assert (index.alike("x" * 100_000), index.close_to("x" * 100_000)) == ([], [])


PARTS = {
    *("north", "east", "institute", "agency", "digital", "health", "agro"),
    *("energy", "cluster", "college", "alliance", "cluj", "robotics"),
}


def spelled(number):
    """Names as a region has them: words in another order, slips of the pen, abbreviations, others."""
    words = sorted(PARTS)
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
    found = SpellingIndex(names).pairs(most=len(expected))
    assert sorted(found) == sorted(expected)
    last = expected[39][0]
    assert sorted(SpellingIndex(names).pairs(most=40)) == sorted(pair for pair in expected if pair[0] >= last)


def test_names_that_begin_alike_are_not_compared_for_words_cut_short(monkeypatch):
    """Five hundred institutes and their short forms: each meets its own, not a million pairs."""
    rng = random.Random(7)
    towns = ["abc" + "".join(rng.sample("defghijklmno", 8)) for _ in range(500)]
    names = [f"{word} of Common Health {town}" for word in ("Inst.", "Institute") for town in towns]
    index = SpellingIndex(names)
    assert [index.alike(name)[:2] for name in names[:500:50]] == [
        [short, short.replace("Inst.", "Institute")] for short in names[:500:50]
    ]
    assert sum(len(index.begin_alike(name)) for name in names) < 4 * len(names)


@pytest.mark.parametrize("names", [[], ["One alone"], ["Agency for Growth", "Marshal's Office"]])
def test_a_list_without_likely_pairs_has_none(names):
    assert SpellingIndex(names).pairs(most=12) == []
