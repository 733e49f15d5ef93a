from dataclasses import replace

import pytest

from mapping.analysis.region_profiles import region_profiles
from mapping.analysis.synergies import find_synergies
from mapping.analysis.synergy_inputs import SynergyThresholds
from tests.mapping.analysis.synergy_samples import capability, inputs, priority, unit

# Three regions with one unit each: x in chemistry and computing, y in chemistry, z in paper.
REGIONS = inputs(
    units=[unit("ux", "x"), unit("uy", "y"), unit("uz", "z")],
    priorities=[priority("py", "y")],
    capabilities=[
        capability("x1", "ux", ["nace:C20.1"], strength=3, role="research"),
        capability("x2", "ux", ["nace:J62"], strength=1, role="services"),
        capability("y1", "uy", ["nace:C20"], strength=4, role="production"),
        capability("y2", "uy", ["nace:C20"], strength=2, role="skills", priority_id="py"),
        capability("y3", "uy", ["nace:J62"], strength=None, role="services"),
        capability("z1", "uz", ["nace:C21"], strength=5, role="research"),
    ],
)


def pairs(data):
    return {(pair.source, pair.target): pair for pair in find_synergies(data).region_pairs}


def test_profiles_meet_at_the_division():
    # x: C20 with 3 of 4, J62 with 1 of 4; y: all C20 (the unknown strength adds nothing).
    profiles = region_profiles(REGIONS)
    assert profiles.domains == ("nace:C20", "nace:C21", "nace:J62")
    assert profiles.shares["nace"].tolist() == [[0.75, 0.0, 0.25], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]
    # y's computing is of unknown strength: neither present nor missing.
    assert profiles.present.tolist() == [[1, 0, 0], [1, 0, 0], [0, 1, 0]]
    assert profiles.missing.tolist() == [[0, 1, 1], [0, 1, 0], [1, 0, 1]]


def test_similarity_is_finger_kreinin():
    found = pairs(REGIONS)
    # x - y: min(0.75, 1) = 0.75, the same both ways; x - z share nothing.
    assert found["x", "y"].similarity == found["y", "x"].similarity == 0.75
    assert found["x", "z"].similarity == 0
    reason = found["x", "y"].reasons[0]
    assert reason.code == "PROFILE_SHARED"
    assert reason.data["domains"] == [{"code": "nace:C20", "value": 0.75}]


def test_fill_by_hand():
    found = pairs(REGIONS)
    # x is active in C20 (research 1) and J62 (services 0.5): it lacks 5 + 5.5 = 10.5 stages. In C20 y has
    # production 1 and skills 0.5; in J62 its strength is not known: 1.5 / 10.5.
    assert found["y", "x"].fill == pytest.approx(1.5 / 10.5)
    # y is active in C20 only: production 1, skills 0.5; it lacks 4.5, and x has research 1: 1 / 4.5.
    assert found["x", "y"].fill == pytest.approx(1 / 4.5)
    stages = next(r.data["stages"] for r in found["y", "x"].reasons if r.code == "STAGES_FILLED")
    assert stages == [
        {"code": "nace:C20", "role": "production", "gain": 1.0},
        {"code": "nace:C20", "role": "skills", "gain": 0.5},
    ]


def test_complementarity_is_directed():
    # Units that hold C20 and J62 together make the two related: a region with C20 only can use J62.
    data = inputs(
        units=[unit("a1", "a"), unit("a2", "a"), unit("b1", "b")],
        capabilities=[
            capability(1, "a1", ["nace:C20", "nace:J62"], strength=4),
            capability(2, "b1", ["nace:C20"], strength=4),
        ],
    )
    found = pairs(data)
    # b lacks J62 only; it is related to C20 alone, which b has itself: J62 adds 0 to the density of J62.
    assert found["a", "b"].complementarity == 0
    # a lacks nothing that is related to anything.
    assert found["b", "a"].complementarity is None
    assert found["a", "b"].reciprocity is None


def test_examples_belong_to_their_direction():
    found = pairs(REGIONS)
    # y1 (4) is strong, and nothing of x is weak and linked; x1 and y1 fit both ways.
    assert [(e.a, e.b, e.kind) for e in found["x", "y"].examples] == [("x1", "y1", "complementarity")]
    assert [(e.a, e.b, e.kind) for e in found["y", "x"].examples] == [("y1", "x1", "complementarity")]
    # z1 (5) can help y2 (2, linked to a priority), not the other way round.
    assert ("z1", "y2", "one_sided_need") in [(e.a, e.b, e.kind) for e in found["z", "y"].examples]
    assert "one_sided_need" not in [e.kind for e in found["y", "z"].examples]
    example = found["x", "y"].examples[0]
    assert (example.coordination, example.coordination_reason) == (None, "BETWEEN_REGIONS")
    assert (example.unused_synergy, example.uncoordinated_overlap) == (None, None)


def test_a_region_of_unknown_strengths_is_undefined():
    rows = tuple(replace(c, strength=None) if c.unit_id == "ux" else c for c in REGIONS.capabilities)
    found = pairs(replace(REGIONS, capabilities=rows))
    for pair in (found["x", "y"], found["y", "x"]):
        assert (pair.similarity, pair.complementarity, pair.fill, pair.examples) == (None, None, None, ())


def test_only_the_best_partners_are_stored():
    found = pairs(replace(REGIONS, thresholds=SynergyThresholds(top_partners=1)))
    assert sorted(target for _, target in found) == ["x", "y", "z"]
    assert ("x", "y") in found


def test_one_region_has_no_partner():
    assert find_synergies(inputs(units=[unit("a")])).region_pairs == ()
