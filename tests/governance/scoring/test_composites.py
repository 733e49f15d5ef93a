"""Normalisation, aggregation, ranks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from governance.scoring.composites import aggregate, copeland, mazziotta_pareto
from governance.scoring.normalisation import goalposts, normalise
from governance.scoring.ranks import competition_ranks, rank_robustness

NAN = np.nan
ONES = np.ones(2)
TABLES = arrays.arrays(
    float,
    st.tuples(st.integers(1, 6), st.just(3)),
    elements=st.one_of(st.integers(0, 9).map(float), st.just(NAN)),
)


def test_normalise_by_hand():
    # 1, 2, 4: span 3 -> 0, 33.33, 100; mean 7/3, squares 16/9 + 1/9 + 25/9 = 42/9 over 2 = 7/3,
    # sd 1.5275; z of 4: (4 - 7/3) / 1.5275 = 1.0911; ranks 1, 2, 3 -> 0, 0.5, 1
    found = {name: made[:, 0] for name, made in normalise(np.array([[1.0], [2.0], [4.0]]), ONES[:1]).items()}
    assert found["minmax_0_100"] == pytest.approx([0, 100 / 3, 100])
    assert found["minmax_1_100"] == pytest.approx([1, 34, 100])
    assert found["z"][2] == pytest.approx(1.0910895)
    assert found["z_100_10"][2] == pytest.approx(110.910895)
    assert found["percentile_rank"].tolist() == [0, 0.5, 1]
    assert found["borda"].tolist() == [0, 1, 2]


def test_a_turned_indicator():
    found = normalise(np.array([[1.0], [4.0]]), np.array([-1.0]))
    assert found["minmax_0_100"][:, 0].tolist() == [100, 0]


def test_ties_take_the_lower_rank():
    found = normalise(np.array([[2.0], [2.0], [5.0]]), ONES[:1])
    assert found["borda"][:, 0].tolist() == [0, 0, 2]


@pytest.mark.parametrize(
    "column, reason", [([3.0, 3.0], "NO_VARIANCE"), ([3.0, NAN], "NO_VARIANCE"), ([NAN, NAN], "NO_DATA")]
)
def test_a_column_without_variance_is_undefined(column, reason):
    table = np.array(column)[:, None]
    found = normalise(table, ONES[:1])
    assert all(np.isnan(found[name]).all() for name in ("minmax_0_100", "z", "percentile_rank"))


def test_goalposts_by_hand():
    # 2 on 1..5: 25; target 4: (4 - 2) / 4 = 0.5; 6 is clipped to 100, 1.25 beyond in the gap
    found = goalposts(np.array([2.0, 6.0, NAN]), lower=1, upper=5, target=4)
    assert found["score"][:2].tolist() == [25, 100]
    assert found["signed_gap"][:2].tolist() == [0.5, -0.5]
    assert found["deficit"][:2].tolist() == [0.5, 0]
    assert np.isnan(found["score"][2])


def test_goalposts_without_a_range_or_target():
    assert goalposts(np.array([2.0]), lower=3, upper=3, target=4)["reason"] == "NO_VARIANCE"
    found = goalposts(np.array([2.0]), lower=1, upper=5, target=None)
    assert (found["score"][0], np.isnan(found["deficit"][0])) == (25, True)


def test_aggregate_by_hand():
    # two units, two indicators, weights 3 and 1: unit 1 has min-max 0 and 100, unit 2 100 and 0
    # arithmetic: 0 * 3/4 + 100 / 4 = 25; on 1..100 geometric 100^(1/4) = 3.1623; harmonic 4 / 3.01
    found = aggregate(np.array([[1.0, 9.0], [5.0, 2.0]]), direction=ONES, weights=np.array([3.0, 1.0]))
    assert found.amean.tolist() == [25, 75]
    assert found.gmean[0] == pytest.approx(100**0.25)
    assert found.hmean[0] == pytest.approx(4 / 3.01)
    assert found.copeland.tolist() == [-1, 1]  # unit 2 wins three quarters of the weight
    assert found.coverage.tolist() == [1, 1]


def test_weights_are_renormalised_over_what_is_there():
    # without the second indicator (weight 1 of 4, coverage 3/4) unit 3 keeps its first alone
    table = np.array([[1.0, 9.0], [5.0, 2.0], [5.0, NAN]])
    found = aggregate(table, direction=ONES, weights=np.array([3.0, 1.0]))
    assert (found.amean[2], found.coverage[2]) == (100, 0.75)
    assert found.complete.tolist() == [True, True, False]
    assert len(found.copeland) == 2


def test_under_two_thirds_of_the_weight_there_is_no_value():
    table = np.array([[1.0, 9.0], [5.0, 2.0], [NAN, 4.0]])
    weights = np.array([3.0, 1.0])
    assert np.isnan(aggregate(table, direction=ONES, weights=weights).amean[2])
    found = aggregate(table, direction=ONES, weights=weights, min_coverage=0)
    assert found.amean[2] == pytest.approx(100 * 2 / 7)  # (4 - 2) / (9 - 2)


def test_zero_weights_leave_nothing():
    found = aggregate(np.array([[1.0, 9.0], [5.0, 2.0]]), direction=ONES, weights=np.zeros(2))
    assert np.isnan(found.amean).all()
    assert np.isnan(found.copeland).all()


def test_copeland_counts_ties_as_half():
    # indicator 1 is tied (half of 1), indicator 2 is won by the first: 1.5 of 2 > half
    assert copeland(np.array([[1.0, 5.0], [1.0, 2.0]]), weights=ONES).tolist() == [1, -1]
    assert copeland(np.array([[1.0, 5.0], [5.0, 1.0]]), weights=ONES).tolist() == [0, 0]


def test_mazziotta_pareto_by_hand():
    # columns (1, 3), (3, 1): z = -0.7071 and 0.7071 -> 92.93 and 107.07; M = 100, S = 7.0711 (population)
    # cv = 0.070711; MPI = 100 - 7.0711 * 0.070711 = 99.5
    found = mazziotta_pareto(np.array([[1.0, 3.0], [3.0, 1.0]]), direction=ONES)
    assert found == pytest.approx([99.5, 99.5])


def test_balanced_rows_have_no_penalty():
    assert mazziotta_pareto(np.array([[1.0, 1.0], [3.0, 3.0]]), direction=ONES) == pytest.approx(
        [100 - 50**0.5, 100 + 50**0.5]
    )


def test_ranks_share_the_better_place():
    assert competition_ranks(np.array([3.0, 5.0, 3.0 + 1e-12, 1.0])).tolist() == [2, 1, 2, 4]


def test_a_unit_without_value_has_no_rank():
    found = rank_robustness(np.array([[1.0, 2.0], [3.0, 4.0], [NAN, NAN]]), direction=ONES, weights=ONES)
    assert found["median"][:2].tolist() == [2, 1]
    assert np.isnan(found["median"][2])
    assert found["overall_average_shift"] == 0


@given(TABLES)
def test_composites_stay_on_their_scale(table):
    found = aggregate(table, direction=np.ones(3), weights=np.array([0.5, 0.3, 0.2]))
    for values, low in ((found.amean, 0), (found.gmean, 1), (found.hmean, 1)):
        there = values[~np.isnan(values)]
        assert ((there >= low - 1e-9) & (there <= 100 + 1e-9)).all()
    known = ~np.isnan(found.amean)
    assert (found.hmean[known] <= found.gmean[known] + 1e-9).all()
    assert found.copeland.sum() == pytest.approx(0)


@given(TABLES)
def test_shift_and_stretch_of_an_indicator_change_nothing(table):
    one, other = (
        aggregate(each, direction=np.ones(3), weights=np.ones(3)).amean for each in (table, 8 * table + 3)
    )
    assert np.allclose(one, other, equal_nan=True)


def test_what_rounding_makes_of_equal_values_is_no_variance():
    assert np.isnan(normalise(np.array([[0.3], [0.1 + 0.2]]), ONES[:1])["z"]).all()
    assert normalise(np.array([[0.1 + 0.2], [0.3], [1.0]]), ONES[:1])["borda"][:, 0].tolist() == [0, 0, 2]


@pytest.mark.parametrize("unit", [1e-30, 1e-9, 1, 1e30])
def test_outranking_does_not_hang_on_the_unit(unit):
    rows = np.array([[1.0, 2.0], [2.0, 3.0], [3.0, 4.0]]) * unit
    assert copeland(rows, weights=ONES).tolist() == [-2, 0, 2]
