import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mapping.analysis.peers import nearest_peers, structural_distance, winsorise

TABLE = arrays(
    float,
    st.tuples(st.integers(1, 6), st.integers(1, 4)),
    elements=st.one_of(st.integers(-20, 20).map(float), st.just(np.nan)),
)


def test_distance_by_hand():
    # Normalised: 0, 0.5, 1 and 0, 1, 0. Weights 1 and 3 of 4.
    # d(0, 1) = 0.25 x 0.5^2 + 0.75 x 1 = 0.8125; d(0, 2) = 0.25 x 1 = 0.25
    found = structural_distance(np.array([[0, 10], [5, 20], [10, 10]], float), np.array([1.0, 3.0]))
    assert found.distance[0].tolist() == [0, 0.8125, 0.25]
    assert [peers.tolist() for peers in nearest_peers(found.distance)] == [[2, 1], [0, 2], [0, 1]]


def test_missing_values_and_their_weight():
    # Unit 1 lacks the second variable (weight 1 of 4): 3/4 of the weight is left, just enough.
    found = structural_distance(np.array([[0, 0], [1, np.nan], [1, 1]], float), np.array([3.0, 1.0]))
    assert found.joint_weight[0].tolist() == [1, 0.75, 1]
    assert found.distance[0].tolist() == [0, 1, 1]
    stricter = structural_distance(
        np.array([[0, 0], [1, np.nan], [1, 1]], float), np.array([3.0, 1.0]), min_joint_weight=0.8
    )
    assert np.isnan(stricter.distance[0, 1])
    assert [peers.tolist() for peers in nearest_peers(stricter.distance)][1] == []


def test_a_variable_without_variance_says_nothing():
    found = structural_distance(np.array([[7, 0], [7, 1]], float), np.array([1.0, 9.0]))
    assert np.isnan(found.normalised[:, 0]).all()
    assert found.distance[0, 1] == pytest.approx(1)
    assert found.joint_weight[0, 1] == pytest.approx(0.9)


@given(TABLE)
def test_distances_are_symmetric_shares(x):
    found = structural_distance(x, np.ones(x.shape[1]), min_joint_weight=0)
    assert found.distance == pytest.approx(found.distance.T, nan_ok=True)
    known = found.distance[~np.isnan(found.distance)]
    assert ((known >= 0) & (known <= 1 + 1e-9)).all()
    for r, q in np.argwhere(~np.isnan(found.distance)):
        gaps = (found.normalised[r] - found.normalised[q]) ** 2
        assert found.distance[r, q] == pytest.approx(np.nanmean(gaps), abs=1e-12)


def test_peers_without_my_country_and_at_most_k():
    distance = np.array([[0, 1, 2, 2], [1, 0, 3, 3], [2, 3, 0, 1], [2, 3, 1, 0]], dtype=float)
    countries = ["ES", "ES", "IT", "PL"]
    assert [p.tolist() for p in nearest_peers(distance, countries=countries)] == [
        [2, 3],
        [2, 3],
        [3, 0, 1],
        [2, 0, 1],
    ]
    assert [p.tolist() for p in nearest_peers(distance, k=1)] == [[1], [0], [3], [2]]


def test_outliers_are_pulled_in_and_others_left():
    x = np.column_stack((np.append(np.arange(30.0), 1e6), np.arange(31.0)))
    x[3, 1] = np.nan
    calm = winsorise(x)
    assert calm[30, 0] == 29
    assert calm[:, 1] == pytest.approx(x[:, 1], nan_ok=True)
    assert winsorise(np.full((5, 1), 2.0)).tolist() == [[2.0]] * 5
