import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mapping.analysis import partners as module
from mapping.analysis.complementarity import pair_scores
from mapping.analysis.partners import explained_partners, largest_in_rows
from mapping.analysis.relatedness import association_strength, co_occurrence

BINARY = arrays(float, st.tuples(st.integers(1, 6), st.integers(1, 5)), elements=st.sampled_from([0, 1]))
VALUES = arrays(
    float,
    st.tuples(st.integers(0, 4), st.integers(1, 6)),
    elements=st.one_of(st.integers(0, 3).map(float), st.just(np.nan)),
)


@given(VALUES, st.integers(0, 7))
def test_the_largest_in_order_and_the_first_of_equals(values, top):
    places, found = largest_in_rows(values, top)
    for row, line, numbers in zip(values, places, found, strict=True):
        expected = sorted(range(len(row)), key=lambda n: (np.isnan(row[n]), -np.nan_to_num(row[n]), n))
        assert line.tolist() == expected[:top]
        assert numbers == pytest.approx(row[line], nan_ok=True)


@given(BINARY, st.integers(1, 4), st.sampled_from([1, 10**6]))
def test_partners_are_the_best_by_score_and_their_points_add_up(m, k, cells):
    phi = association_strength(co_occurrence(m))
    score = pair_scores(m, 1 - m, phi)
    size, module.CELLS = module.CELLS, cells
    try:
        found = explained_partners(m, 1 - m, phi, k=k, top=m.shape[1])
    finally:
        module.CELLS = size
    for r, (sources, scores) in enumerate(zip(found.sources, found.scores, strict=True)):
        others = [s for s in range(len(m)) if s != r and not np.isnan(score[r, s])]
        expected = sorted(others, key=lambda s: (-round(score[r, s], 9), s))[:k]
        assert [s for s in sources.tolist() if s >= 0] == expected
        assert scores[: len(expected)] == pytest.approx(score[r, expected])
        assert np.isnan(scores[len(expected) :]).all()
        assert found.points[r, : len(expected)].sum(axis=1) == pytest.approx(score[r, expected])


def test_the_domain_that_adds_most_is_named():
    # r lacks 1 and 2 (see the pair score by hand: 87.5). Domain 2 brings 75 to domain 1: 75 / 2 = 37.5;
    # domain 1 brings 100 to domain 2: 50.
    phi = np.array([[0, 1, 0], [1, 0, 3], [0, 3, 0]], dtype=float)
    m = np.array([[1, 0, 0], [0, 1, 1]], dtype=float)
    found = explained_partners(m, 1 - m, phi, top=2)
    assert found.sources.tolist() == [[1], [0]]
    assert found.domains[0, 0].tolist() == [1, 2]
    assert found.points[0, 0].tolist() == [50, 37.5]
