import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mapping.analysis.complementarity import (
    chain_fill,
    density_added,
    linkages,
    pair_scores,
    reciprocity,
)
from mapping.analysis.relatedness import association_strength, co_occurrence

BINARY = arrays(float, st.tuples(st.integers(1, 5), st.integers(1, 5)), elements=st.sampled_from([0, 1]))
STAGES = arrays(
    float,
    st.tuples(st.integers(1, 5), st.integers(1, 4)),
    elements=st.sampled_from([0, 0.5, 1, np.nan]),
)


def relatedness(m):
    return association_strength(co_occurrence(m))


def test_what_a_partner_adds_by_hand():
    # phi_01 = 1, phi_12 = 3. r has domain 0; s has 1 and 2.
    phi = np.array([[0, 1, 0], [1, 0, 3], [0, 3, 0]], dtype=float)
    m = np.array([[1, 0, 0], [0, 1, 1]], dtype=float)
    added = density_added(m, 1 - m, phi)
    # Domain 1 of r: of its relations (1 to domain 0, 3 to domain 2) s adds 3 of 4. Domain 2: all.
    assert added[0, 1].tolist() == [100, 75, 100]
    # r lacks 1 and 2: P = (75 + 100) / 2. s lacks 0, related to domain 1 alone, which s has itself: 0.
    assert pair_scores(m, 1 - m, phi).tolist() == [[0, 87.5], [0, 0]]


def plain_added(present, missing, phi, r, s, i):
    """The definition, term by term."""
    others = [j for j in range(len(phi)) if j != i]
    whole = sum(phi[i, j] for j in others)
    if not whole > 0:
        return np.nan
    return 100 * sum(phi[i, j] * missing[r, j] * present[s, j] for j in others) / whole


@given(BINARY)
def test_the_short_form_equals_the_definition(m):
    phi, missing = relatedness(m), 1 - m
    n, d = m.shape
    added = density_added(m, missing, phi)
    scores = pair_scores(m, missing, phi)
    for r in range(n):
        for s in range(n):
            plain = np.array([plain_added(m, missing, phi, r, s, i) for i in range(d)])
            assert added[r, s] == pytest.approx(plain, nan_ok=True)
            lacking = plain[(missing[r] > 0) & ~np.isnan(plain)]
            expected = lacking.mean() if len(lacking) else np.nan
            assert scores[r, s] == pytest.approx(expected, nan_ok=True)


@given(BINARY, st.integers(0, 10**6))
def test_linkages_sum_over_partners(m, seed):
    ties = np.random.default_rng(seed).integers(0, 5, (len(m), len(m))).astype(float)
    phi, missing = relatedness(m), 1 - m
    added = density_added(m, missing, phi)
    others = ties * (1 - np.eye(len(m)))
    assert linkages(m, missing, phi, ties) == pytest.approx(
        np.einsum("rs,rsi->ri", others, added), nan_ok=True
    )


@given(BINARY)
def test_scores_are_shares_and_alike_regions_add_nothing(m):
    m = np.vstack((m, m[:1]))
    scores = pair_scores(m, 1 - m, relatedness(m))
    known = scores[~np.isnan(scores)]
    assert ((known >= 0) & (known <= 100 + 1e-9)).all()
    assert np.nan_to_num(scores[0, -1]) == 0


def test_unknown_domains_are_neither_present_nor_missing():
    phi = np.array([[0, 1], [1, 0]], dtype=float)
    present = np.array([[1.0, 0.0], [0.0, 1.0]])
    missing = np.array([[0.0, 0.0], [1.0, 0.0]])
    scores = pair_scores(present, missing, phi)
    assert np.isnan(scores[0]).all()  # nothing is known to be missing
    assert scores[1, 0] == 0


def test_reciprocity_by_hand():
    # 2 x min(20, 60) / (20 + 60) = 0.5; both 0 is undefined.
    score = np.array([[0, 20, 0], [60, 0, 0], [0, 0, 0]], dtype=float)
    assert reciprocity(score)[0, 1] == reciprocity(score)[1, 0] == 0.5
    assert np.isnan(reciprocity(score)[0, 2])


def test_fill_by_hand():
    # r lacks 0.5 of the second stage (weight 1) and all of the third (weight 3): 3.5.
    # s adds 0.5 to the second and 0.5 to the third: (0.5 + 1.5) / 3.5.
    fill = chain_fill(np.array([[1, 0.5, 0], [0, 1, 0.5]]), np.array([1.0, 1.0, 3.0]))
    assert fill[0, 1] == pytest.approx(2 / 3.5)
    assert np.isnan(fill[[0, 1], [0, 1]]).all()


def plain_fill(capability, r, s):
    """The definition over the stages that both know; nothing when that is less than two thirds."""
    known = [k for k in range(capability.shape[1]) if not np.isnan(capability[[r, s], k]).any()]
    gap = sum(1 - capability[r, k] for k in known)
    whole_gap = np.nansum(1 - capability[r])
    if r == s or not gap or len(known) < capability.shape[1] * 2 / 3 or gap < whole_gap * 2 / 3 - 1e-9:
        return np.nan
    return sum(max(0, capability[s, k] - capability[r, k]) for k in known) / gap


@given(STAGES)
def test_fill_is_a_share_of_what_both_know(capability):
    fill = chain_fill(capability, np.ones(capability.shape[1]))
    n = range(len(capability))
    plain = np.array([[plain_fill(capability, r, s) for s in n] for r in n])
    assert fill == pytest.approx(plain, nan_ok=True)
    assert ((fill >= 0) & (fill <= 1))[~np.isnan(fill)].all()


def test_a_stage_the_partner_may_not_have_is_not_counted_as_lacking():
    # Of three stages s has one and says nothing of another: over the two they both know it fills a half.
    assert chain_fill(np.array([[0, 0, 0], [1, 0, np.nan]]), np.ones(3))[0, 1] == pytest.approx(0.5)
