import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mapping.analysis.relatedness import (
    association_strength,
    co_occurrence,
    cosine_index,
    density_of,
    jaccard_index,
    portfolio_density,
    probability_index,
    proximity,
)

BINARY = arrays(float, st.tuples(st.integers(1, 6), st.integers(1, 6)), elements=st.sampled_from([0, 1]))
# Regions x domains: 0 and 1 meet twice, 1 and 2 once.
M = np.array([[1, 1, 0], [1, 1, 0], [0, 1, 1]], dtype=float)


def test_co_occurrence_by_hand():
    assert co_occurrence(M).tolist() == [[0, 2, 0], [2, 0, 1], [0, 1, 0]]


def test_proximity_by_hand():
    # Ubiquities 2, 3, 1: phi_01 = 2 / 3, phi_12 = 1 / 3.
    assert proximity(M) == pytest.approx(np.array([[1, 2 / 3, 0], [2 / 3, 1, 1 / 3], [0, 1 / 3, 1]]))


def test_indices_by_hand():
    # S = 2, 3, 1; T = 6. Association of 0 and 1: 2 x 6 / (2 x 3) = 2; of 1 and 2: 1 x 6 / (3 x 1) = 2.
    counts = co_occurrence(M)
    assert association_strength(counts)[0].tolist() == [0, 2, 0]
    # Probability: S0 S1 / 2 x (1/(6 - 2) + 1/(6 - 3)) = 3 x 7/12 = 1.75; 2 / 1.75
    assert probability_index(counts)[0, 1] == pytest.approx(2 / 1.75)
    assert cosine_index(counts)[0, 1] == pytest.approx(2 / np.sqrt(6))
    assert jaccard_index(counts)[0, 1] == pytest.approx(2 / (2 + 3 - 2))


def test_the_two_densities_by_hand():
    phi = proximity(M)
    # With the diagonal, region 0 in domain 2: (0 + 1/3) / (0 + 1/3 + 1) = 1/4, a share.
    assert portfolio_density(M, phi)[0, 2] == pytest.approx(1 / 4)
    # Without it: of all that is related to domain 2 (domain 1) region 0 has all.
    assert density_of(M, association_strength(co_occurrence(M)))[0, 2] == 100


def test_a_domain_nobody_has_is_undefined():
    m = np.array([[1.0, 1.0, 0.0]])
    assert np.isnan(proximity(m)[2]).all()
    assert np.isnan(portfolio_density(m, proximity(m))[0]).tolist() == [False, False, True]
    assert np.isnan(density_of(m, association_strength(co_occurrence(m)))[0, 2])


@given(BINARY)
def test_ranges_and_symmetry(m):
    counts = co_occurrence(m)
    for index in (association_strength, probability_index, cosine_index, jaccard_index):
        values = index(counts)
        assert (values == values.T).all()
        assert (values >= 0).all()
        assert (np.diag(values) == 0).all()
    phi = proximity(m)
    assert np.nanmax(phi, initial=0) <= 1
    with_diagonal = portfolio_density(m, phi)
    assert np.nanmax(with_diagonal, initial=0) <= 1 + 1e-9
    without = density_of(m, association_strength(counts))
    assert np.nanmax(without, initial=0) <= 100 + 1e-9


@given(BINARY)
def test_a_region_with_everything_has_full_density(m):
    m = np.vstack((m, np.ones(m.shape[1])))
    density = density_of(m, association_strength(co_occurrence(m)))[-1]
    assert density[~np.isnan(density)] == pytest.approx(100)


PARTLY = arrays(
    float, st.tuples(st.integers(1, 6), st.integers(1, 5)), elements=st.sampled_from([0, 1, np.nan])
)


@given(PARTLY)
def test_a_pair_is_counted_where_both_domains_are_known(m):
    counts, phi = co_occurrence(m), proximity(m)
    n_known = (~np.isnan(m)).any(axis=1).sum()
    for i in range(m.shape[1]):
        for j in range(m.shape[1]):
            both = m[~np.isnan(m[:, [i, j]]).any(axis=1)][:, [i, j]]
            if i != j and len(both):
                assert counts[i, j] == pytest.approx(both.prod(axis=1).sum() * n_known / len(both))
            elif i != j:
                assert np.isnan(counts[i, j])
            if not np.isnan(phi[i, j]):
                assert phi[i, j] == pytest.approx(both.prod(axis=1).sum() / both.sum(axis=0).max())


@given(PARTLY, st.integers(0, 10**6))
def test_what_a_region_does_not_know_leaves_its_density(m, seed):
    phi = np.random.default_rng(seed).integers(0, 3, (m.shape[1],) * 2).astype(float)
    density = density_of(m, phi)
    for r, d in np.ndindex(m.shape):
        others = [j for j in range(m.shape[1]) if j != d]
        known = [j for j in others if not np.isnan(m[r, j])]
        whole, weight = phi[others, d].sum(), phi[known, d].sum()
        if not whole or weight < whole * 2 / 3:
            assert np.isnan(density[r, d])
        else:
            assert density[r, d] == pytest.approx(100 * (m[r, known] * phi[known, d]).sum() / weight)
