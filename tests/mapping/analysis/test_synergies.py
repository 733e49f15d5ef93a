import json
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis.synergies import (
    SynergyInputs,
    SynergyReport,
    find_region_synergies,
    find_synergies,
)
from mapping.analysis.synergy_inputs import ActorRow, SynergyThresholds, TieRow
from tests.mapping.analysis.synergy_samples import (
    PARENTS,
    capability,
    inputs,
    mandate,
    priority,
    space,
    unit,
)

REGION = inputs(
    units=[unit("north"), unit("south"), unit("coast", kind="county")],
    priorities=[priority("p", codes=["nace:C20"]), priority("q", codes=["nace:J62"])],
    capabilities=[
        capability("labs", "north", strength=4, role="research", priority_id="p", publicly_funded=True),
        capability("institute", "south", strength=3, role="research", priority_id="p", publicly_funded=True),
        capability("plant", "coast", strength=5, role="production", priority_id="p"),
        capability("port", "coast", ["nace:J62"], strength=4, role="services"),
        capability("code", "north", ["nace:J62"], strength=1, role="services", priority_id="q"),
        capability("shop", "south", ["nace:J62"], strength=None, role="services", priority_id="q"),
    ],
    spaces=[
        space("council", ["north", "coast"], depth=3, topics=("p",), helices=("business",)),
        space("forum", ["south", "coast"], depth=1, all_topics=True, helices=("business", "knowledge")),
    ],
)


def verdict(report, a, b):
    return next(pair for pair in report.pairs if {pair.a, pair.b} == {a, b})


@pytest.fixture(scope="module")
def region():
    return find_synergies(REGION).regions[0]


def test_each_pair_gets_its_verdict(region):
    found = {(pair.a, pair.b): (pair.kind, pair.coordination) for pair in region.pairs}
    assert found == {
        # The same role, 4 and 3, the same code; no space with both.
        ("labs", "institute"): ("common_strength", "unused"),
        # Different roles: one's knowledge can be the other's input. They meet in the council (3) ...
        ("labs", "plant"): ("complementarity", "used"),
        # ... and in the forum (1).
        ("institute", "plant"): ("complementarity", "loose"),
        # 4 against 1, the weak side linked to q: a need. The council is about p only.
        ("port", "code"): ("one_sided_need", "unused"),
    }


def test_pairs_are_counted_once(region):
    # Six capabilities make 6 x 5 / 2 = 15 pairs; one of them lies inside each of the three units.
    assert region.n_pairs == 12
    assert {name: n for name, n in region.counts.items() if n} == {
        "none": 6,
        "common_strength": 1,
        "complementarity": 2,
        "one_sided_need": 1,
        # The strength of the shop is not known: port (4) - shop is a need if the shop is weak,
        # shop - code (1, linked) if it is strong.
        "undecided_no_strength": 2,
        "used": 1,
        "loose": 1,
        "unused_synergy": 1,
        "uncoordinated_overlap": 1,
    }


def test_an_unused_common_strength_paid_twice_is_an_uncoordinated_overlap(region):
    pair = verdict(region, "labs", "institute")
    assert (pair.unused_synergy, pair.uncoordinated_overlap, pair.depth) == (True, True, None)
    assert [reason.code for reason in pair.reasons] == [
        "OVERLAP",
        "STRENGTHS",
        "SAME_ROLE",
        "SAME_PRIORITY",
        "BOTH_PUBLICLY_FUNDED",
        "NO_SHARED_SPACE",
    ]
    assert pair.reasons[0].data == {
        "value": 1.0,
        "parts": [
            {
                "part": "economic",
                "similarity": 1.0,
                "weight": 1.0,
                "matches": [{"a": "nace:C20", "b": "nace:C20", "similarity": 1.0}],
            }
        ],
        "shared_codes": ["nace:C20"],
    }
    assert pair.reasons[1].data == {"a": 4, "b": 3}


def test_reasons_name_the_spaces(region):
    used = verdict(region, "labs", "plant")
    assert used.reasons[-1].data == {"spaces": [{"id": "council", "depth": 3}]}
    assert (used.unused_synergy, used.depth) == (False, 3)
    need = verdict(region, "port", "code")
    assert need.reasons[-1].code == "NO_SHARED_SPACE"
    assert need.reasons[-1].data == {"space_ids_on_other_topics": ["council"]}
    assert [r.data for r in need.reasons if r.code == "WEAK_SIDE_HAS_PRIORITY"] == [{"priority_id": "q"}]
    # A need is no synergy, so it is no unused one either.
    assert need.unused_synergy is False


def test_unknown_funding_leaves_the_overlap_open():
    rows = [replace(c, publicly_funded=None) if c.id == "labs" else c for c in REGION.capabilities]
    pair = verdict(find_synergies(replace(REGION, capabilities=tuple(rows))).regions[0], "labs", "institute")
    assert pair.uncoordinated_overlap is None
    assert "FUNDING_NOT_KNOWN" in [reason.code for reason in pair.reasons]


def test_a_space_of_unknown_depth_leaves_the_coordination_open():
    spaces = (space("talks", ["north", "south"], depth=None, topics=("p",)),)
    region = find_synergies(replace(REGION, spaces=spaces)).regions[0]
    pair = verdict(region, "labs", "institute")
    assert (pair.coordination, pair.coordination_reason) == (None, "NO_DATA")
    assert (pair.unused_synergy, pair.uncoordinated_overlap) == (None, None)
    assert region.counts["undecided_coordination"] == 1


def test_coverage_of_the_spaces(region):
    # Unit pairs with a synergy: north-south (unused), north-coast (used), south-coast (loose).
    # The last two share a space: 2 / 3. Of the two that are open, south-coast has one: 1 / 2.
    assert region.spaces.coverage == pytest.approx(2 / 3)
    assert region.spaces.open_coverage == 0.5
    assert (region.spaces.n_pairs, region.spaces.n_open, region.spaces.n_used) == (3, 2, 1)
    assert region.spaces.mean_depth == 2  # (3 + 1) / 2


def test_the_report_travels_as_json():
    report = find_synergies(REGION)
    plain = json.loads(json.dumps(report.to_dict(), allow_nan=False))
    assert SynergyReport.from_dict(plain) == report
    stored = json.loads(json.dumps(REGION.to_dict(), allow_nan=False))
    assert SynergyInputs.from_dict(stored) == REGION


def test_one_region_alone_says_what_it_says_among_others():
    second = inputs(
        units=[unit("east", "s"), unit("west", "s")],
        priorities=[priority("z", "s")],
        capabilities=[
            capability("mill", "east", strength=4, role="production", priority_id="z"),
            capability("yard", "west", strength=4, role="production", priority_id="z"),
        ],
    )
    both = replace(
        REGION,
        units=second.units + REGION.units,
        capabilities=REGION.capabilities + second.capabilities,
        priorities=second.priorities + REGION.priorities,
    )
    report = find_synergies(both)
    assert [region.region_id for region in report.regions] == ["s", "r"]
    assert report.regions[1] == find_region_synergies(REGION, region_id="r")
    assert report.regions[0] == find_region_synergies(second, region_id="s")
    assert report.counts["common_strength"] == 2


def test_noise_is_the_mean_of_what_survives():
    report = find_synergies(REGION)
    assert report.noise == report.regions[0].noise
    assert report.noise.n_verdicts == 4
    assert 0 <= report.noise.share < 1
    assert find_synergies(REGION).noise == report.noise


def test_nothing_gives_an_empty_report():
    report = find_synergies(inputs())
    assert (report.regions, report.region_pairs, report.noise.share) == ((), (), None)
    assert report.noise.reason == "NO_DATA"


def test_a_region_without_capabilities_has_no_numbers():
    region = find_synergies(inputs(units=[unit("a")], priorities=[priority("p")])).regions[0]
    assert (region.n_pairs, region.pairs, region.noise.share) == (0, (), None)
    assert (region.units[0].aligned, region.units[0].reason) == (None, "NO_DATA")
    assert (region.priorities[0].uncovered, region.priorities[0].anchored) == (None, None)
    assert (region.spaces.coverage, region.spaces.mean_depth) == (None, None)
    assert (region.helix.evenness, region.helix.reason) == (None, "NO_DATA")
    assert [network.reason for network in region.networks] == ["N_TOO_SMALL", "N_TOO_SMALL"]


@pytest.mark.parametrize(
    "change, message",
    [
        ({"units": (unit("a"), unit("a"))}, "units: id a occurs 2 times"),
        ({"capabilities": (capability("c", "gone"),)}, "capabilities: unit_id gone of c is no unit"),
        ({"ties": (TieRow(source="x", target="y"),)}, "ties: x - y names an unknown actor"),
    ],
)
def test_bad_inputs_are_refused_by_name(change, message):
    with pytest.raises(ValueError) as error:
        find_synergies(replace(REGION, **change))
    assert str(error.value) == message


@pytest.mark.parametrize(
    "wrong, message",
    [
        ({"weight_policy": -1}, "weight_policy: -1 is not a number from 0 on"),
        ({"weight_policy": 1e-300}, "weight_policy: 1e-300 is neither 0 nor at least 1e-09"),
        ({"weight_policy": float("inf")}, "weight_policy: inf is not a number from 0 on"),
        ({"depth_used": 2.5}, "depth_used: expected a whole number, got 2.5"),
        ({"overlap_related": 0.6}, "overlap_related: must not be above overlap_same"),
        ({"strength_weak": 3}, "strength_present: must lie above strength_weak"),
    ],
)
def test_wrong_thresholds_are_refused_by_name(wrong, message):
    with pytest.raises(ValueError) as error:
        SynergyThresholds(**wrong)
    assert str(error.value).startswith(message)


def test_actors_and_ties_form_a_network():
    actors = tuple(
        ActorRow(id=name, name=name, helix=helix, region_id="r")
        for name, helix in (("firm", "business"), ("lab", "knowledge"), ("city", "government"))
    )
    ties = (TieRow(source="firm", target="lab"), TieRow(source="lab", target="city"))
    region = find_synergies(replace(REGION, actors=actors, ties=ties)).regions[0]
    units, people = region.networks
    # north-coast and south-coast share a space: 2 of 3 possible ties; the coast stands between.
    assert (units.scope, units.density, units.n_ties) == ("units", pytest.approx(2 / 3), 2)
    assert {node.id: node.betweenness for node in units.nodes} == {"north": 0, "south": 0, "coast": 1}
    # Both ties run between helices.
    assert (people.scope, people.ei, people.n_ties) == ("actors", 1, 2)
    assert people.nodes[1].brokerage["liaison"] == 1
    assert region.helix.counts == {"business": 1, "knowledge": 1, "government": 1, "civil_society": 0}
    assert region.helix.missing == ("civil_society",)


def test_mandates_are_judged():
    spaces = (
        space(
            "council",
            ["north"],
            topics=("p",),
            mandates=(mandate("decides", "A"), mandate("decides", "B", "p")),
        ),
    )
    findings = find_synergies(replace(REGION, spaces=spaces)).regions[0].spaces.findings
    unclear = [(f.code, f.topic, f.data["who"]) for f in findings if f.kind == "unclear_mandate"]
    assert unclear == [("SEVERAL_DECIDERS", "p", ["A", "B"]), ("NOBODY_CARRIES_OUT", "p", [])]


@given(st.integers(0, 1000))
def test_order_of_rows_changes_no_count_and_no_share(seed):
    generator = random.Random(seed)
    shuffled = [list(rows) for rows in (REGION.units, REGION.capabilities, REGION.spaces)]
    for rows in shuffled:
        generator.shuffle(rows)
    mixed = replace(
        REGION, units=tuple(shuffled[0]), capabilities=tuple(shuffled[1]), spaces=tuple(shuffled[2])
    )
    one, other = find_synergies(REGION).regions[0], find_synergies(mixed).regions[0]
    assert one.counts == other.counts
    assert one.spaces.coverage == other.spaces.coverage
    assert {frozenset((p.a, p.b)) for p in one.pairs} == {frozenset((p.a, p.b)) for p in other.pairs}
    assert {(u.unit_id, u.aligned) for u in one.units} == {(u.unit_id, u.aligned) for u in other.units}


def test_codes_of_unknown_lists_are_passed_over():
    rows = (
        capability("a", "north", ["other:1"], strength=4, role="research"),
        capability("b", "south", ["other:1"], strength=4, role="research"),
    )
    report = find_synergies(replace(REGION, capabilities=rows))
    assert report.counts["undecided_no_codes"] == 1
    assert "other" not in PARENTS
