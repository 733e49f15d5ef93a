"""Importance by performance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.scoring.importance import descending, importance_performance, quadrant, weighted_gaps

TIE = 1e-9


def test_importance_performance_by_hand():
    # (5, 1), (3, 3), (1, 5): lines 3 and 3; sum I = 9; weighted 5/9 * 4 = 2.2222
    found = importance_performance([(5, 1), (3, 3), (1, 5)], tie=TIE)
    assert (found["threshold_importance"], found["threshold_performance"]) == (3, 3)
    assert found["quadrant"] == ["concentrate_here", "keep_up", "possible_overkill"]
    assert found["gap"] == [4, 0, -4]
    assert found["weighted_gap"] == pytest.approx([20 / 9, 0, 0])
    assert found["order"] == [0, 1, 2]


@pytest.mark.parametrize(
    "importance, performance, expected",
    [
        (3, 3, "keep_up"),
        (3 - 1e-12, 3 - 1e-12, "keep_up"),  # rounding noise does not split what lies on a line
        (3, 2.9, "concentrate_here"),
        (2.9, 3, "possible_overkill"),
        (2.9, 2.9, "low_priority"),
    ],
)
def test_a_tie_is_high(importance, performance, expected):
    assert quadrant(importance, performance, lines=(3, 3), tie=TIE) == expected


def test_rows_with_something_missing_are_left_out():
    found = importance_performance([(5, 1), (None, 3), (3, None)], tie=TIE)
    assert found["order"] == [0]
    assert found["quadrant"][1:] == [None, None]
    assert found["reasons"] == [None, "NO_DATA", "NO_DATA"]
    assert found["threshold_importance"] == 5


def test_no_importance_at_all():
    found = importance_performance([(0, 1), (0, 2)], tie=TIE)
    assert (found["weighted_gap"], found["order"]) == ([None, None], [])
    assert found["reasons"] == ["ZERO_TOTAL", "ZERO_TOTAL"]


def test_order_keeps_equal_values_in_place():
    # noise below 1e-9 between neighbours is no difference
    assert descending([1.0, 2.0, 1.0 + 4e-10, None, 2.0 - 4e-10], tie=TIE) == [1, 4, 0, 2]


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=12))
def test_order_runs_downward_and_holds_every_row(rows):
    found = importance_performance(rows, tie=TIE)
    gaps = [found["weighted_gap"][place] for place in found["order"]]
    assert sorted(found["order"]) == list(range(len(rows)))
    assert gaps == sorted(gaps, reverse=True)
    assert weighted_gaps(rows) == found["weighted_gap"]
