import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mapping.analysis.profiles import cosine_similarity, jaccard_similarity, row_shares, shared_mass

COUNTS = arrays(float, st.tuples(st.integers(1, 20), st.integers(1, 5)), elements=st.integers(0, 20))


def test_shared_mass_by_hand():
    # Shares 3/4, 1/4, 0 and 1/2, 0, 1/2: min 1/2 + 0 + 0.
    shares = row_shares(np.array([[3, 1, 0], [2, 0, 2]], dtype=float))
    assert shared_mass(shares)[0, 1] == 0.5


@given(COUNTS)
def test_shared_mass_is_one_less_half_the_krugman_index(x):
    shares = row_shares(x)
    mass = shared_mass(shares)
    krugman = np.abs(shares[:, None, :] - shares[None, :, :]).sum(axis=2)
    assert mass == pytest.approx(1 - krugman / 2, nan_ok=True, abs=1e-12)
    assert mass == pytest.approx(mass.T, nan_ok=True)


@given(COUNTS)
def test_cosine_is_one_with_itself_and_undefined_without_data(x):
    cosine = cosine_similarity(row_shares(x))
    empty = x.sum(axis=1) == 0
    assert np.diag(cosine)[~empty] == pytest.approx(1)
    assert np.isnan(cosine[empty]).all()


def test_jaccard_of_two_empty_sets_is_undefined():
    found = jaccard_similarity(np.array([[1, 1, 0], [0, 1, 1], [0, 0, 0], [np.nan] * 3]))
    assert found[0, 1] == pytest.approx(1 / 3)
    assert found[0, 2] == 0
    assert np.isnan(found[2, 2])
    assert np.isnan(found[3]).all()


def test_no_domains_no_similarity():
    assert np.isnan(shared_mass(np.zeros((2, 0)))).all()
