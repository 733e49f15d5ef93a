import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mapping.analysis.concentration import entropy, hachman, herfindahl, krugman_against_total, variety
from mapping.analysis.specialisation import (
    complete,
    counts_along,
    expected_counts,
    location_quotients,
    specialised,
    upper_tail,
)

COUNTS = arrays(float, st.tuples(st.integers(1, 5), st.integers(1, 5)), elements=st.integers(0, 50))


def test_quotient_by_hand():
    # Region 0: 30 of its 40 in domain 0; the whole: 40 of 80. LQ = (30/40) / (40/80) = 1.5
    lq = location_quotients(np.array([[30.0, 10.0], [10.0, 30.0]]))
    assert lq.tolist() == [[1.5, 0.5], [0.5, 1.5]]
    assert specialised(lq).tolist() == [[1, 0], [0, 1]]


def test_equal_shares_are_specialised_in_spite_of_rounding():
    x = np.array([[0.1, 0.2], [0.3, 0.6]]) * 3
    assert specialised(location_quotients(x)).tolist() == [[1, 1], [1, 1]]


def test_a_row_or_column_without_a_total_is_undefined():
    lq = location_quotients(np.array([[1.0, 0.0], [0.0, 0.0]]))
    assert lq[0, 0] == 1
    assert np.isnan(lq[[0, 1, 1], [1, 0, 1]]).all()
    assert np.isnan(counts_along(specialised(lq), 1)).tolist() == [False, True]


@given(COUNTS)
def test_quotients_average_to_one(x):
    """Weighted by the share of each domain in the whole, the quotients of a region add up to 1."""
    lq = location_quotients(x)
    for row, total in zip(lq, x.sum(axis=1), strict=True):
        if total > 0:
            assert np.nansum(row * x.sum(axis=0) / x.sum()) == pytest.approx(1)


@given(
    st.lists(st.lists(st.integers(1, 40), min_size=3, max_size=3), min_size=2, max_size=4),
    st.lists(st.integers(1, 40), min_size=3, max_size=3),
)
def test_quotients_multiply_along_the_levels(cities, others):
    """LQ(city | whole) = LQ(city | region) x LQ(region | whole)."""
    inside = np.array(cities, dtype=float)
    region = inside.sum(axis=0)
    whole = np.vstack((inside, [others]))
    by_region = location_quotients(inside)
    of_region = location_quotients(np.vstack((region, others)))[0]
    assert location_quotients(whole)[: len(cities)] == pytest.approx(by_region * of_region)


BLANKS = arrays(
    float,
    st.tuples(st.integers(1, 5), st.integers(1, 5)),
    elements=st.one_of(st.integers(0, 9).map(float), st.just(np.nan)),
)


def plain_quotient(x, r, d):
    """Over the domains that r knows, with the regions that know all of them."""
    used = [j for j in range(x.shape[1]) if not np.isnan(x[:, j]).all()]
    mine = [j for j in used if not np.isnan(x[r, j])]
    if d not in mine or len(mine) < len(used) * 2 / 3:
        return np.nan
    others = [q for q in range(len(x)) if not np.isnan(x[q, mine]).any()]
    column, whole = x[others, d].sum(), x[np.ix_(others, mine)].sum()
    row = x[r, mine].sum()
    return x[r, d] / row / (column / whole) if row and column else np.nan


@given(BLANKS)
def test_a_region_with_blanks_is_compared_over_what_it_knows(x):
    plain = np.array([[plain_quotient(x, r, d) for d in range(x.shape[1])] for r in range(len(x))])
    assert location_quotients(x) == pytest.approx(plain, nan_ok=True)
    known = ~np.isnan(plain)
    # The count of an equal share is the one at which the quotient is 1.
    assert (expected_counts(x) * plain)[known] == pytest.approx(x[known])


@given(BLANKS)
def test_a_blank_is_not_nothing(x):
    """Indices of a whole profile: rows with a blank have none and are no part of the whole."""
    whole = complete(x)
    krugman = krugman_against_total(x)
    assert np.isnan(krugman[~whole]).all()
    assert krugman[whole] == pytest.approx(krugman_against_total(np.nan_to_num(x[whole])), nan_ok=True)
    assert hachman(x)[whole] == pytest.approx(hachman(np.nan_to_num(x[whole])), nan_ok=True)


def test_tail_of_the_count_by_hand():
    # P(X >= 2 | mean 1) = 1 - e^-1 - e^-1 = 0.264241...
    tail = upper_tail(np.array([0.0, 2.0, 2.0, np.nan]), np.array([1.0, 1.0, 0.0, 1.0]))
    assert tail[:2] == pytest.approx([1.0, 1 - 2 * np.exp(-1)])
    assert np.isnan(tail[2:]).all()


@given(COUNTS)
def test_indices_stay_within_their_ranges(x):
    assume(x.sum() > 0)
    known = x.sum(axis=1) > 0
    shares = x[known] / x[known].sum(axis=1, keepdims=True)
    assert ((krugman_against_total(x)[known] >= 0) & (krugman_against_total(x)[known] <= 2)).all()
    assert ((hachman(x)[known] > 0) & (hachman(x)[known] <= 1 + 1e-9)).all()
    assert (herfindahl(shares) >= 1 / x.shape[1] - 1e-9).all()
    assert (entropy(shares, base=2) <= np.log2(x.shape[1]) + 1e-9).all()
    assert np.isnan(krugman_against_total(x)[~known]).all()


def test_entropy_of_four_equal_shares_is_two_bits():
    assert entropy(np.array([[0.25] * 4, [1, 0, 0, 0], [np.nan] * 4]), base=2).tolist()[:2] == [2, 0]


@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from("abc")), min_size=1, max_size=8))
def test_related_and_unrelated_variety_add_up_to_the_entropy(cells):
    shares, groups = zip(*cells, strict=True)
    related, unrelated = variety(shares, groups)
    if sum(shares) == 0:
        assert (related, unrelated) == (None, None)
    else:
        profile = np.array([shares]) / sum(shares)
        assert related + unrelated == pytest.approx(entropy(profile, base=2)[0])
        assert related >= 0
        assert unrelated >= 0


def test_variety_by_hand():
    # Two groups of equal weight, each of two equal domains: one bit inside, one bit between.
    assert variety([1, 1, 1, 1], ["a", "a", "b", "b"]) == pytest.approx((1, 1))
