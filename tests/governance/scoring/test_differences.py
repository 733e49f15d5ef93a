"""Differences between groups and within them."""

import pytest
import scipy  # its parts load when they are asked for
from hypothesis import given
from hypothesis import strategies as st

from governance.scoring.differences import group_differences

GROUPS = st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=8), min_size=2, max_size=4)


def test_differences_by_hand():
    # (1, 2) and (3, 4): mean 2.5; SSB = 2 * 1 + 2 * 1 = 4; SSW = 0.5 + 0.5 = 1; eta^2 = 4 / 5
    # ranks 1 + 2 = 3 and 3 + 4 = 7: H = 12 / 20 * (9/2 + 49/2) - 15 = 17.4 - 15 = 2.4
    # epsilon^2 = 2.4 * 5 / (16 - 1) = 0.8
    found = group_differences({"a": [1, 2], "b": [3, 4]})
    assert (found["ssb"], found["ssw"], found["eta_squared"]) == (4, 1, 0.8)
    assert found["h"] == pytest.approx(2.4)
    assert found["epsilon_squared"] == pytest.approx(0.8)
    assert found["n"] == {"a": 2, "b": 2}


@given(GROUPS)
def test_kruskal_wallis_as_in_scipy(groups):
    found = group_differences(dict(enumerate(groups)))
    if found["reason"] is None:
        h, p = scipy.stats.kruskal(*groups)
        assert found["h"] == pytest.approx(h, abs=1e-9)
        assert found["p"] == pytest.approx(p, abs=1e-9)
        assert 0 <= found["eta_squared"] <= 1


@pytest.mark.parametrize(
    "groups, reason",
    [
        ({}, "NO_DATA"),
        ({"a": []}, "NO_DATA"),
        ({"a": [1, 2], "b": []}, "N_TOO_SMALL"),
        ({"a": [3, 3], "b": [3]}, "NO_VARIANCE"),
    ],
)
def test_undefined(groups, reason):
    found = group_differences(groups)
    assert (found["eta_squared"], found["h"], found["p"], found["reason"]) == (None, None, None, reason)


def test_equal_groups_do_not_differ():
    found = group_differences({"a": [1, 5], "b": [1, 5]})
    assert (found["eta_squared"], found["h"], found["p"]) == (0, 0, 1)
