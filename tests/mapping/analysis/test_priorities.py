import pytest

from mapping.analysis.priorities import find_niches, judge_priorities, judge_units
from mapping.analysis.synergy_inputs import SynergyThresholds
from tests.mapping.analysis.synergy_samples import capability, priority, unit

THRESHOLDS = SynergyThresholds()
UNITS = [unit("a"), unit("b"), unit("c"), unit("d")]


def judged(*capabilities):
    return judge_priorities([priority("p")], UNITS, capabilities, THRESHOLDS)[0]


@pytest.mark.parametrize(
    "values, expected",
    [
        ({"strength": 4}, ["x"]),
        ({"strength": 3}, []),
        ({"strength": None}, []),
        ({"strength": 5, "priority_id": "p"}, []),
        ({"strength": 5, "link_known": False}, []),  # nobody said that it is linked to none
    ],
)
def test_niche(values, expected):
    found = find_niches([capability("x", "a", **values)], THRESHOLDS)
    assert [finding.capability_id for finding in found] == expected


def test_alignment_of_a_unit():
    # Of three at strength >= 3 with a known link two are linked: 2 / 3.
    rows = [
        capability(1, "a", strength=3, priority_id="p"),
        capability(2, "a", strength=5, priority_id="p"),
        capability(3, "a", strength=4),
        capability(4, "a", strength=4, link_known=False),
        capability(5, "a", strength=2, priority_id="p"),
        capability(6, "a", strength=None),
    ]
    found = judge_units(UNITS, rows, THRESHOLDS)[0]
    assert found.aligned == pytest.approx(2 / 3)
    assert (found.n_present, found.n_linked) == (3, 2)
    assert (found.n_unknown_strength, found.n_unknown_link, found.niche_ids) == (1, 1, (3,))


def test_a_unit_without_strong_capabilities_is_undefined():
    found = judge_units(UNITS, [capability(1, "a", strength=2)], THRESHOLDS)[0]
    assert (found.aligned, found.reason) == (None, "NO_DATA")


def test_an_anchored_priority():
    # a is strong; b has something else on the map; c's strength is not known; d is not on the map.
    found = judged(
        capability(1, "a", strength=3, priority_id="p"),
        capability(2, "b", strength=5),
        capability(3, "c", strength=None, priority_id="p"),
    )
    assert (found.uncovered, found.anchored, found.reason) == (False, 0.5, None)
    assert (found.unit_ids, found.n_units, found.unknown_unit_ids) == (("a",), 2, ("c",))


def test_an_uncovered_priority():
    found = judged(capability(1, "a", strength=2, priority_id="p"), capability(2, "b", strength=5))
    assert (found.uncovered, found.anchored, found.reason) == (True, 0.0, None)


def test_an_unknown_strength_could_still_cover_it():
    found = judged(capability(1, "a", strength=2, priority_id="p"), capability(2, "b", priority_id="p"))
    assert (found.uncovered, found.anchored, found.reason) == (None, 0.0, "NO_DATA")


def test_an_empty_map_says_nothing():
    found = judged()
    assert (found.uncovered, found.anchored, found.reason) == (None, None, "NO_DATA")
