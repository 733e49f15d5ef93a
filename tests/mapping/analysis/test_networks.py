import itertools

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis import networks as module
from mapping.analysis.networks import (
    BROKERAGE,
    betweenness_scores,
    brokerage_counts,
    burt_constraint,
    component_labels,
    density,
    tie_matrix,
)


@st.composite
def ties(draw, most=7, fewest=0):
    n = draw(st.integers(fewest, most))
    cells = draw(st.lists(st.booleans(), min_size=n * n, max_size=n * n))
    return tie_matrix(np.array(cells, dtype=float).reshape(n, n))


def graph(matrix):
    found = networkx.Graph()
    found.add_nodes_from(range(len(matrix)))
    found.add_edges_from(np.argwhere(matrix).tolist())
    return found


def test_a_star_by_hand():
    # The middle of a star of 4 lies on all 3 shortest paths between the leaves: 3 / 3.
    star = tie_matrix([[0, 1, 1, 1], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
    assert betweenness_scores(star).tolist() == [1, 0, 0, 0]
    assert density(star, directed=False) == 0.5
    assert density(star, directed=True) == 0.25
    # Each leaf has put all into the middle: 1. The middle splits three ways: 3 x (1/3)^2.
    assert burt_constraint(star) == pytest.approx([1 / 3, 1, 1, 1])


@given(ties(), st.booleans())
def test_betweenness_agrees_with_another_program(matrix, in_blocks):
    limit = module.SMALL
    module.SMALL = -1 if in_blocks else limit
    try:
        scores = betweenness_scores(matrix)
    finally:
        module.SMALL = limit
    if len(matrix) < 3:
        assert scores is None
        return
    expected = networkx.betweenness_centrality(graph(matrix), normalized=True)
    assert scores == pytest.approx([expected[n] for n in range(len(matrix))])


def test_betweenness_of_a_large_sparse_network(monkeypatch):
    ring = networkx.cycle_graph(120)
    ring.add_edge(0, 40)
    matrix = tie_matrix(networkx.to_numpy_array(ring))
    expected = networkx.betweenness_centrality(ring)
    monkeypatch.setattr(module, "SMALL", 0)
    monkeypatch.setattr(module, "BLOCK", 120 * 50)
    assert betweenness_scores(matrix) == pytest.approx([expected[n] for n in range(120)])


@given(ties())
def test_components_agree_with_another_program(matrix):
    labels = component_labels(matrix)
    assert len(set(labels.tolist())) == networkx.number_connected_components(graph(matrix))
    for part in networkx.connected_components(graph(matrix)):
        assert len({int(labels[n]) for n in part}) == 1


def role(a, v, b):
    if a == v == b:
        return "coordinator"
    if a == b:
        return "itinerant"
    if a == v:
        return "representative"
    return "gatekeeper" if v == b else "liaison"


@given(ties(6), st.data())
def test_brokerage_agrees_with_plain_loops(matrix, data):
    n = len(matrix)
    groups = data.draw(st.lists(st.sampled_from("xyz"), min_size=n, max_size=n))
    expected = np.zeros((n, len(BROKERAGE)), dtype=int)
    for a, v, b in itertools.permutations(range(n), 3):
        if matrix[a, v] and matrix[v, b] and not matrix[a, b]:
            expected[v, BROKERAGE.index(role(groups[a], groups[v], groups[b]))] += 1
            expected[v, -1] += 1
    assert brokerage_counts(matrix, groups).tolist() == expected.tolist()


@given(ties(fewest=1))
def test_constraint_agrees_with_another_program(matrix):
    expected = networkx.constraint(graph(matrix))
    for n, value in enumerate(burt_constraint(matrix)):
        assert (value is None) == bool(np.isnan(expected[n]))
        if value is not None:
            assert value == pytest.approx(expected[n])


@pytest.mark.parametrize("n", [0, 1])
def test_too_few_for_a_density(n):
    assert density(tie_matrix(np.zeros((n, n))), directed=False) is None
