import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from journeys.matching.assignment import best_assignment, blocking_pairs, stable_pairs

SCORES = arrays(
    float,
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    elements=st.one_of(st.integers(-5, 9).map(float), st.just(np.nan)),
)


def best_total(score, least):
    """All ways to pair rows with columns, one after the other."""
    allowed = ~np.isnan(score) & (np.nan_to_num(score, nan=-9) >= least)
    value = np.where(allowed, score, 0)
    wide = value if value.shape[0] <= value.shape[1] else value.T
    choices = itertools.permutations(range(wide.shape[1]), wide.shape[0])
    return max(sum(wide[row, column] for row, column in enumerate(columns)) for columns in choices)


@given(SCORES, st.integers(-5, 5))
def test_no_other_assignment_is_better(score, least):
    found = best_assignment(score, least)
    assert found.total == best_total(score, least)
    rows, columns = [i for i, _ in found.pairs], [j for _, j in found.pairs]
    assert len(set(rows)) == len(rows)
    assert len(set(columns)) == len(columns)
    assert all(score[i, j] >= least for i, j in found.pairs)
    assert sorted([*rows, *found.unmatched]) == list(range(len(score)))


def test_a_threshold_below_zero_allows_bad_pairs():
    assert best_assignment(np.array([[-1.0]]), -2).pairs == ((0, 0),)
    assert best_assignment(np.array([[-1.0]]), 0).pairs == ()


@st.composite
def wishes(draw):
    requests, offers = "abcd"[: draw(st.integers(1, 4))], "wxyz"[: draw(st.integers(1, 4))]

    def lists(names, others):
        return {
            name: draw(st.permutations(others).flatmap(lambda p: st.integers(0, len(p)).map(lambda n: p[:n])))
            for name in names
        }

    return lists(requests, offers), lists(offers, requests)


def every_match(requests, offers):
    """All one-to-one matches in which both sides accept each other."""
    names = list(requests)
    options = [[None, *(o for o in requests[r] if r in offers[o])] for r in names]
    for choice in itertools.product(*options):
        taken = [offer for offer in choice if offer is not None]
        if len(set(taken)) == len(taken):
            yield dict(zip(names, choice, strict=True))


@given(wishes())
def test_a_match_is_stable_and_the_best_of_all_for_its_proposers(sides):
    requests, offers = sides
    match = dict.fromkeys(requests) | dict(stable_pairs(requests, offers))
    assert blocking_pairs(requests, offers, match) == []
    stable = [m for m in every_match(requests, offers) if not blocking_pairs(requests, offers, m)]
    assert match in stable
    for other in stable:
        for request, ranks in requests.items():
            place = {offer: n for n, offer in enumerate(ranks)} | {None: len(ranks)}
            assert place[match[request]] <= place[other[request]]


@given(wishes(), st.integers(1, 3))
def test_places_are_never_overbooked(sides, places):
    requests, offers = sides
    pairs = stable_pairs(requests, offers, places=dict.fromkeys(offers, places))
    taken = [offer for _, offer in pairs]
    assert all(taken.count(offer) <= places for offer in offers)
    assert len({request for request, _ in pairs}) == len(pairs)


@given(wishes(), st.integers(1, 3))
def test_an_offer_may_propose_as_often_as_it_has_places(sides, rooms):
    requests, offers = sides
    pairs = stable_pairs(offers, requests, rooms=dict.fromkeys(offers, rooms))
    assert all([o for o, _ in pairs].count(offer) <= rooms for offer in offers)
    assert len({request for _, request in pairs}) == len(pairs)


def test_a_match_that_two_would_leave_is_blocked():
    # a and x want each other most, but each has somebody else.
    requests, offers = {"a": ["x", "y"], "b": ["x", "y"]}, {"x": ["a", "b"], "y": ["a", "b"]}
    assert blocking_pairs(requests, offers, {"a": "y", "b": "x"}) == [("a", "x")]


@pytest.mark.parametrize("match", [{"a": None}, {}])
def test_two_who_are_free_and_willing_block(match):
    assert blocking_pairs({"a": ["x"]}, {"x": ["a"]}, match) == [("a", "x")]


def test_an_offer_of_endless_places_asks_each_request_once():
    assert stable_pairs({"x": ["a"]}, {"a": ["x"]}, rooms={"x": 10**17}) == [("x", "a")]
