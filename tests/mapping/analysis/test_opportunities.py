import numpy as np

from mapping.analysis.opportunities import place_in_quadrants, weigh_evidence

M = np.array([[1, 0, 0], [0, 1, 0]], dtype=float)
DENSITY = np.array([[90, 10, 50], [20, 80, 40]], dtype=float)


def test_quadrants_by_hand():
    # Lacking cells have densities 10, 50, 20, 40: median 30. Complexity 3, 1, 2: median 2.
    found = place_in_quadrants(M, DENSITY, np.array([3.0, 1.0, 2.0]))
    assert (found.density_threshold, found.complexity_threshold) == (30, 2)
    assert found.quadrant == [[None, "dead_end", "high_road"], ["casino", None, "high_road"]]


def test_a_related_simple_domain_is_the_slow_road():
    found = place_in_quadrants(M, DENSITY, np.array([3.0, 2.0, 1.0]))
    assert found.quadrant[0] == [None, "casino", "slow_road"]


def test_ties_are_high_in_spite_of_rounding():
    density = np.array([[0.1 + 0.2, 0.3]])
    found = place_in_quadrants(np.zeros((1, 2)), density, np.array([0.3, 0.1 + 0.2]))
    assert found.quadrant == [["high_road", "high_road"]]


def test_without_complexity_there_is_near_and_far():
    found = place_in_quadrants(M, DENSITY, None)
    assert found.complexity_threshold is None
    assert found.quadrant == [[None, "far", "near"], ["far", None, "near"]]
    assert place_in_quadrants(M, DENSITY, np.full(3, np.nan)) == found


def test_unknown_values_have_no_quadrant():
    density = np.where(DENSITY == 10, np.nan, DENSITY)
    found = place_in_quadrants(M, density, np.array([3.0, 1.0, np.nan]))
    assert found.quadrant == [[None, None, None], ["casino", None, None]]


def test_evidence_by_hand():
    # Densities 10, 20, 40, 50, 80, 90: median 45. Region 0: priorities 0 (weight 1) and 1 (weight 3).
    found = weigh_evidence(M, DENSITY, np.array([[1, 3, 0], [0, 0, 0]], dtype=float))
    assert found.density_threshold == 45
    assert found.type == [["consolidate", "unsupported", None], [None, "missed_opportunity", None]]
    assert found.support_index == [0.25, None]


def test_a_priority_that_stands_alone_and_one_that_is_near():
    m = np.array([[1, 0]], dtype=float)
    found = weigh_evidence(m, np.array([[1, 9]], dtype=float), np.array([[1, 1]], dtype=float))
    assert found.type == [["isolated_strength", "related_diversification"]]
    assert found.support_index == [1]


def test_what_cannot_be_judged_is_not_in_the_index():
    m = np.array([[1, np.nan]])
    found = weigh_evidence(m, np.array([[9, 9]], dtype=float), np.array([[1, 1]], dtype=float))
    assert found.type == [["consolidate", None]]
    assert found.support_index == [1]
