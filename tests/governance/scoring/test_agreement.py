"""Consensus, van der Eijk's A, Leik's D and the r_wg family."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.scoring.agreement import (
    consensus,
    eijk_agreement,
    frequency_consensus,
    leik,
    within_group_agreement,
)

COUNTS = st.lists(st.integers(0, 30), min_size=2, max_size=7).filter(lambda counts: sum(counts) > 1)


def test_consensus_by_hand():
    # 3, 3, 5 on 1..5: mean 11/3; distances 2/3 and 4/3 of width 4:
    # 1 + 2/3 log2(1 - 1/6) + 1/3 log2(1 - 1/3) = 1 - 0.1753563 - 0.1949875 = 0.6296562
    assert consensus([3, 3, 5]) == pytest.approx(0.6296562, abs=1e-6)


def test_consensus_of_uniform_answers_is_not_one_half():
    assert consensus([1, 2, 3, 4, 5]) == pytest.approx(0.433985, abs=1e-6)


@pytest.mark.parametrize("levels, expected", [([2, 2], 1), ([1, 5], 0), ([1, 1, 5, 5], 0)])
def test_consensus_at_its_ends(levels, expected):
    assert consensus(levels) == expected


@pytest.mark.parametrize("levels", [[], [4]])
def test_consensus_of_fewer_than_two_is_undefined(levels):
    assert consensus(levels) is None


def test_steps_nobody_chose_belong_to_the_scale():
    # on 1..3 these are the ends, on 1..5 they are not
    assert frequency_consensus([1, 0, 1]) == 0
    assert frequency_consensus([1, 0, 1, 0, 0]) > 0.5


def test_shares_are_taken_as_frequencies():
    assert frequency_consensus([0.25, 0.75]) == pytest.approx(frequency_consensus([1, 3]))
    assert frequency_consensus([1, 0]) is None  # one respondent, no share


def test_agreement_by_hand():
    # (1, 2, 0): layers (1, 1, 0) of height 1 and (0, 1, 0) of height 1, together 2 + 1 = 3 answers.
    # Layer 1: S = 2, K = 3: one triple 110, no hole: U = (1 * 1) / (1 * 1) = 1, A = 1 - 1/2 = 0.5
    # Layer 2: one step: A = 1. A = 2/3 * 0.5 + 1/3 * 1 = 2/3
    assert eijk_agreement([1, 2, 0]) == pytest.approx(2 / 3)


def test_leik_by_hand():
    # (1, 1, 2): cumulative 0.25, 0.5, 1 -> d = 0.25, 0.5, 0 -> 2 * 0.75 / 2 = 0.75
    assert leik([1, 1, 2]) == pytest.approx(0.75)


@given(COUNTS)
def test_ranges(counts):
    assert 0 <= frequency_consensus(counts) <= 1
    assert -1 - 1e-9 <= eijk_agreement(counts) <= 1 + 1e-9
    assert -1e-9 <= leik(counts) <= 1 + 1e-9


@given(COUNTS)
def test_a_turned_scale_agrees_as_much(counts):
    for method in (frequency_consensus, eijk_agreement, leik):
        assert method(counts[::-1]) == pytest.approx(method(counts), abs=1e-9)


@given(COUNTS, st.integers(2, 5))
def test_more_of_the_same_answers_changes_nothing(counts, times):
    for method in (frequency_consensus, eijk_agreement, leik):
        assert method([count * times for count in counts]) == pytest.approx(method(counts), abs=1e-9)


@given(place=st.integers(0, 4), n=st.integers(2, 40))
def test_unanimous(place, n):
    counts = [0] * 5
    counts[place] = n
    assert [method(counts) for method in (frequency_consensus, eijk_agreement, leik)] == [1, 1, 0]


def test_a_scale_of_one_step_or_two():
    assert [method([3]) for method in (frequency_consensus, eijk_agreement, leik)] == [None] * 3
    assert [method([2, 2]) for method in (frequency_consensus, eijk_agreement, leik)] == [0, 0, 1]


def test_within_group_agreement_by_hand():
    # item 1: 2, 4: variance 2, r_wg = 1 - 2/2 = 0; item 2: 3, 3: r_wg = 1
    # q = (2 + 0) / 2 / 2 = 0.5; r_wg(2) = 2 * 0.5 / (2 * 0.5 + 0.5) = 2/3
    # a_wg 1: M = 3: (6 * 3 - 9 - 5) * 2 = 8; 1 - 2 * 2 / 8 = 0.5
    found = within_group_agreement(np.array([[2.0, 3.0], [4.0, 3.0]]), scale_points=5)
    assert found["expected_variance"] == 2
    assert found["rwg"] == [0, 1]
    assert found["rwg_j"] == pytest.approx(2 / 3)
    assert found["awg"] == [0.5, 1]


def test_within_group_agreement_of_one_rater_is_undefined():
    found = within_group_agreement(np.array([[2.0, np.nan]]), scale_points=5)
    assert (found["rwg"], found["rwg_j"], found["awg"]) == ([None, None], None, [None, None])
    assert found["reasons"] == ["N_TOO_SMALL", "NO_DATA"]


def test_within_group_agreement_at_the_ends():
    # all at the end of the scale: a_wg has no largest variance to compare with
    found = within_group_agreement(np.array([[5.0, 1.0], [5.0, 5.0]]), scale_points=5)
    assert found["awg"][0] is None
    assert found["rwg"] == [1, 0]  # variance 8 is more than 2: not below 0
    assert found["rwg_j"] == 0  # q = (0 + 8) / 2 / 2 = 2 > 1


def plain_agreement(counts):
    """The definition: every layer of equal height, every triple of steps."""
    left, total, result, k = list(counts), sum(counts), 0.0, len(counts)
    while any(left):
        height = min(count for count in left if count)
        layer = [int(count > 0) for count in left]
        used = sum(layer)
        triples = list(itertools.combinations(layer, 3))
        sided, holed = sum(t in ((1, 1, 0), (0, 1, 1)) for t in triples), triples.count((1, 0, 1))
        if used == 1:
            agreement = 1.0
        elif used == k:
            agreement = 0.0
        else:
            unimodal = ((k - 2) * sided - (k - 1) * holed) / ((k - 2) * (sided + holed))
            agreement = unimodal * (1 - (used - 1) / (k - 1))
        result += agreement * height * used / total
        left = [max(0, count - height) for count in left]
    return result


@given(COUNTS)
def test_agreement_by_its_definition(counts):
    assert eijk_agreement(counts) == pytest.approx(plain_agreement(counts), abs=1e-12)


def test_a_long_scale_takes_no_longer_than_it_must():
    # Every triple of 1,000 steps would be 166 million; each layer is read once.
    assert eijk_agreement([1, *[0] * 998, 1]) == -1


def test_a_vanishing_share_leaves_the_others_unanimous():
    assert frequency_consensus([1e-90, 0, 0, 0, 7.5]) == pytest.approx(1)
