import pytest

from mapping.analysis.levels import align_levels, weakest_edge
from mapping.analysis.synergy_inputs import SynergyThresholds
from mapping.analysis.taxonomy import SimilarityTable
from tests.mapping.analysis.synergy_samples import PARENTS, capability, priority, tree, unit

TABLE = SimilarityTable(PARENTS, tree())


def edges(units, capabilities, priorities):
    found = align_levels("r", units, capabilities, priorities, table=TABLE, thresholds=SynergyThresholds())
    return {(edge.scope, edge.child, edge.parent): edge for edge in found}


UNITS = [unit("county", kind="county"), unit("town", parent_ids=("county", "elsewhere"))]
ROWS = [
    capability(1, "town", ["nace:C20"], strength=3),
    capability(2, "town", ["nace:J62"], strength=1),
    capability(3, "town", ["nace:J62"], strength=None),
    capability(4, "county", ["nace:C21"], strength=4),
]
PRIORITIES = [priority("p", codes=["nace:C20"]), priority("q", codes=["nace:C21"])]


def test_both_ways_by_hand():
    # The town: C20 with weight 3, J62 with 1 (the unknown strength adds nothing). The region: C20, C21.
    # town -> region: (3 x 1 + 1 x 0) / 4 = 3/4; region -> town: (1 + 2/3) / 2 = 5/6; mean 19/24.
    edge = edges(UNITS, ROWS, PRIORITIES)["unit_to_priorities", "town", "r"]
    assert (edge.child_to_parent, edge.parent_to_child) == pytest.approx((3 / 4, 5 / 6))
    assert edge.soft == pytest.approx(19 / 24)
    data = edge.reasons[0].data
    assert data["shared_codes"] == ["nace:C20"]
    assert data["child_only"] == ["nace:J62"]
    assert data["parent_only"] == []


def test_every_edge_is_reported_and_none_averaged():
    found = edges(UNITS, ROWS, PRIORITIES)
    assert set(found) == {
        ("unit_to_priorities", "county", "r"),
        ("unit_to_priorities", "town", "r"),
        ("level_to_priorities", "county", "r"),
        ("level_to_priorities", "city", "r"),
        ("unit_to_parent", "town", "county"),
    }
    # town -> county: (3 x 2/3 + 0) / 4 = 1/2; county -> town: 2/3
    edge = found["unit_to_parent", "town", "county"]
    assert (edge.child_to_parent, edge.parent_to_child) == pytest.approx((1 / 2, 2 / 3))
    assert weakest_edge(list(found.values())) == list(found).index(("unit_to_parent", "town", "county"))


def test_a_capability_with_many_codes_weighs_no_more():
    # Two codes share the strength 4: C20 2, J62 2. To the region {C20}: (2 x 1 + 2 x 0) / 4 = 1/2.
    rows = [capability(1, "town", ["nace:C20", "nace:J62"], strength=4)]
    edge = edges(UNITS, rows, PRIORITIES[:1])["unit_to_priorities", "town", "r"]
    assert edge.child_to_parent == pytest.approx(1 / 2)


def test_a_side_without_codes_is_undefined():
    found = edges([unit("town")], [capability(1, "town", strength=None)], PRIORITIES)
    edge = found["unit_to_priorities", "town", "r"]
    assert (edge.soft, edge.reason, edge.reasons) == (None, "NO_DATA", ())
    assert weakest_edge(list(found.values())) is None
