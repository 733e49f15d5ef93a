import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis.diversity import diversity, mixing


def test_mixing_by_hand():
    # a-b inside x, b-c across: E = 1, I = 1, EI = 0. Possible: 1 inside, 2 across: expected 1/3.
    # With two ties at most 2 run across (EI 1) and at least 1 (EI 0): rescaled -1.
    found = mixing([[0, 1, 0], [0, 0, 1], [0, 0, 0]], ["x", "x", "y"])
    assert (found["ei"], found["min"], found["max"], found["rescaled"]) == (0, 0, 1, -1)
    assert found["expected_given_group_sizes"] == pytest.approx(1 / 3)
    assert found["group_E"] == [1, 1]
    assert found["group_I"] == [2, 0]
    assert found["group_ei"] == [pytest.approx(-1 / 3), 1]
    assert found["actor_ei"] == [-1, 0, 1]


def test_one_group_leaves_no_range():
    found = mixing([[0, 1], [1, 0]], ["x", "x"])
    assert (found["ei"], found["rescaled"], found["reason"]) == (-1, None, "NO_VARIANCE")


def test_an_isolate_has_no_index():
    assert mixing([[0, 1, 0], [0, 0, 0], [0, 0, 0]], ["x", "y", "x"])["actor_ei"] == [1, 1, None]


@given(st.lists(st.sampled_from("xy"), min_size=2, max_size=5), st.integers(0, 2**10 - 1))
def test_the_expected_value_is_the_mean_over_all_ways_to_place_the_groups(groups, bits):
    n = len(groups)
    pairs = list(itertools.combinations(range(n), 2))
    ties = np.zeros((n, n))
    for k, pair in enumerate(pairs):
        ties[pair] = bits >> k & 1
    found = mixing(ties, groups)
    if found["ei"] is None:
        assert ties.sum() == 0
        return
    every = [mixing(ties, order)["ei"] for order in itertools.permutations(groups)]
    assert np.mean(every) == pytest.approx(found["expected_given_group_sizes"])
    assert found["min"] - 1e-12 <= found["ei"] <= found["max"] + 1e-12


def test_diversity_by_hand():
    # Shares 1/2 and 1/2: H = ln 2, evenness 1/2 although two helices are absent, Blau 1/2, IQV 2/3.
    found = diversity([3, 3, 0, 0])
    assert found["shannon"] == pytest.approx(np.log(2))
    assert (found["evenness"], found["blau"], found["hill2"]) == pytest.approx((0.5, 0.5, 2))
    assert found["iqv"] == pytest.approx(2 / 3)


@given(st.lists(st.integers(0, 30), min_size=4, max_size=4))
def test_diversity_stays_within_its_ranges(counts):
    found = diversity(counts)
    if sum(counts) == 0:
        assert set(found.values()) == {None, "NO_DATA"}
        return
    assert 0 <= found["evenness"] <= 1 + 1e-12
    assert 0 <= found["iqv"] <= 1 + 1e-12
    assert 1 - 1e-12 <= found["hill2"] <= found["hill1"] + 1e-9 <= 4 + 1e-8
