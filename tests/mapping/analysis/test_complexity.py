import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mapping.analysis.complexity import complexity_indices, large_enough, outlook, reflections
from mapping.analysis.relatedness import portfolio_density, proximity

BINARY = arrays(float, st.tuples(st.integers(2, 7), st.integers(2, 7)), elements=st.sampled_from([0, 1]))
# A staircase: the first region has everything, the last only the commonest domain.
NESTED = np.array([[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0]], dtype=float)


def test_in_a_staircase_more_domains_mean_more_complexity():
    found = complexity_indices(NESTED)
    assert found.reason is None
    assert (np.diff(found.eci) < 0).all()
    assert (np.diff(found.pci) > 0).all()


@given(BINARY)
def test_a_region_is_as_complex_as_its_domains_on_average(m):
    found = complexity_indices(m)
    if found.eci is None:
        assert found.reason in (
            "NOT_CONNECTED",
            "MULTIPLE_EIGENVALUE",
            "SIGN_AMBIGUOUS",
            "N_TOO_SMALL",
            "NO_VARIANCE",
        )
        return
    filled = m.sum(axis=1) > 0
    known = found.eci[filled]
    assert np.isnan(found.eci[~filled]).all()
    assert (known.mean(), known.std()) == pytest.approx((0, 1), abs=1e-9)
    means = [np.nanmean(found.pci[row > 0]) for row in m[filled]]
    assert known == pytest.approx(means, abs=1e-9)
    assert found.correlation >= 0.1


@given(BINARY, st.randoms())
def test_the_order_of_regions_does_not_matter(m, random):
    order = list(range(len(m)))
    random.shuffle(order)
    found, moved = complexity_indices(m), complexity_indices(m[order])
    assert found.reason == moved.reason
    if found.eci is not None:
        assert moved.eci == pytest.approx(found.eci[order], abs=1e-6, nan_ok=True)


def test_empty_rows_and_columns_are_set_aside():
    wider = np.zeros((5, 5))
    wider[:4, :4] = NESTED
    found = complexity_indices(wider)
    assert found.eci[:4] == pytest.approx(complexity_indices(NESTED).eci)
    assert np.isnan([found.eci[4], found.pci[4]]).all()


def test_two_networks_side_by_side_are_refused():
    m = np.kron(np.eye(2), NESTED)
    found = complexity_indices(m)
    assert (found.reason, found.n_components, found.eci) == ("NOT_CONNECTED", 2, None)


def test_reflections_of_an_empty_row_stop():
    regions, domains = reflections(np.array([[1.0, 1.0], [0.0, 0.0]]))
    assert [k[0] for k in regions] == [2, 1, 2]
    assert regions[0][1] == 0
    assert np.isnan([regions[1][1], regions[2][1]]).all()
    assert [k.tolist() for k in domains] == [[1, 1], [2, 2], [1, 1]]


def test_tiny_territories_are_too_small():
    # Totals 200, 100, 1, 0.5; the median is 50.5, its hundredth 0.505.
    x = np.array([[200.0], [100.0], [1.0], [0.5]])
    assert large_enough(x).tolist() == [True, True, True, False]


def test_the_outlook_of_who_has_everything_is_nothing():
    phi = proximity(NESTED)
    found = complexity_indices(NESTED)
    coi, cog = outlook(NESTED, phi, portfolio_density(NESTED, phi), found.pci_from_zero)
    assert (cog[0] == 0).all()
    assert (coi.mean(), coi.std()) == pytest.approx((0, 1), abs=1e-9)
    assert (cog[NESTED == 1] == 0).all()


@given(arrays(float, st.tuples(st.integers(3, 7), st.integers(3, 7)), elements=st.sampled_from([0, 1])))
def test_the_index_is_the_second_eigenvector_of_shared_domains(m):
    found = complexity_indices(m)
    assume(found.eci is not None)
    core = m[m.sum(axis=1) > 0][:, m.sum(axis=0) > 0]
    shared = (core / core.sum(axis=1, keepdims=True)) @ (core / core.sum(axis=0)).T
    values, vectors = np.linalg.eig(shared)
    vector = vectors[:, np.argsort(-values.real)[1]].real
    vector = (vector - vector.mean()) / vector.std()
    vector *= np.sign(np.corrcoef(vector, core.sum(axis=1))[0, 1])
    assert found.eci[m.sum(axis=1) > 0] == pytest.approx(vector, abs=1e-6)


def test_a_region_with_an_unknown_cell_is_left_out():
    partly = np.vstack((NESTED, [np.nan, *[1.0] * (NESTED.shape[1] - 1)]))
    known, found = complexity_indices(NESTED), complexity_indices(partly)
    assert found.eci[:-1] == pytest.approx(known.eci)
    assert np.isnan(found.eci[-1])
    assert np.isnan(reflections(partly)[0][0][-1])
    phi = proximity(NESTED)
    density = portfolio_density(partly, phi)
    coi, cog = outlook(partly, phi, density, found.pci_from_zero)
    assert coi[:-1] == pytest.approx(outlook(NESTED, phi, density[:-1], known.pci_from_zero)[0])
    assert np.isnan(cog[-1]).all()
