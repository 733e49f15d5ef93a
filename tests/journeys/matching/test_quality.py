import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.matching.quality import discounted_gain, normalised_gain, recall, reciprocal_rank

GRADES = st.lists(st.integers(0, 3), max_size=8)


def test_gain_by_hand():
    # 3 / log2(2) + 0 + 2 / log2(4) = 3 + 1
    assert discounted_gain([3, 0, 2]) == 4
    assert discounted_gain([3, 0, 2], 2) == 3
    # Best order 3, 2, 0: 3 + 2 / log2(3)
    assert normalised_gain([3, 0, 2], [3, 0, 2]) == pytest.approx(4 / (3 + 2 / math.log2(3)))


def test_recall_by_hand():
    # Two of the three documents of grade 2 or more are among the first two.
    assert recall([2, 3, 0, 2], [2, 3, 0, 2], 2, relevant=2) == pytest.approx(2 / 3)
    assert recall([0], [0], 1) is None


@pytest.mark.parametrize(
    "ranked, relevant, expected", [([0, 1, 2], 1, 1 / 2), ([0, 1, 2], 2, 1 / 3), ([0], 1, 0.0), ([], 1, None)]
)
def test_reciprocal_rank(ranked, relevant, expected):
    assert reciprocal_rank(ranked, relevant) == expected


@given(GRADES, st.integers(1, 8))
def test_the_best_order_has_the_full_gain_and_none_has_more(grades, k):
    best = normalised_gain(sorted(grades, reverse=True), grades, k)
    assert best == (pytest.approx(1) if any(grades) else None)
    if best is not None:
        assert 0 <= normalised_gain(grades, grades, k) <= 1 + 1e-12
