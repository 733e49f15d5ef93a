import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis.synergy_inputs import SynergyThresholds
from mapping.analysis.verdicts import KIND_NAMES, columns_of, pair_kinds, surviving_verdicts
from tests.mapping.analysis.synergy_samples import capability

THRESHOLDS = SynergyThresholds()


def kind(overlap, a, b):
    """The kind of one pair; a and b are the values of two capabilities."""
    rows = [capability("a", "u", **a), capability("b", "v", **b)]
    columns = columns_of(rows, units={"u": 0, "v": 1}, topics={"p": 0})
    value = np.array([np.nan if overlap is None else overlap])
    found = pair_kinds(value, columns.at(np.array([0])), columns.at(np.array([1])), THRESHOLDS)
    return KIND_NAMES[int(found[0])]


STRONG = {"strength": 3, "role": "research"}
OTHER = {"strength": 5, "role": "production"}
TOP = {"strength": 4, "role": "research"}
WEAK = {"strength": 2, "role": "research", "priority_id": "p"}


@pytest.mark.parametrize(
    "overlap, a, b, expected",
    [
        (0.5, STRONG, STRONG, "common_strength"),
        (0.5 - 1e-12, STRONG, STRONG, "common_strength"),  # a tie, but for rounding noise
        (0.49, STRONG, STRONG, "none"),
        (0.25, STRONG, OTHER, "complementarity"),
        (0.24, STRONG, OTHER, "none"),
        (0.9, STRONG, {"strength": 2, "role": "production"}, "none"),
        (0.25, TOP, WEAK, "one_sided_need"),
        (0.25, WEAK, TOP, "one_sided_need"),
        (0.25, STRONG, WEAK, "none"),  # 3 is not yet a place others can lean on
        (0.25, TOP, {**WEAK, "priority_id": None}, "none"),
        (0.25, TOP, {**WEAK, "priority_id": None, "link_known": False}, "undecided_no_link"),
        (0.25, TOP, {**WEAK, "role": None}, "one_sided_need"),  # a need asks for no role
        (0.25, STRONG, {"strength": 3}, "undecided_no_role"),
        (0.3, STRONG, {"role": "research"}, "none"),  # whatever its strength: under 0.5, the same role
        (0.6, STRONG, {"role": "research"}, "undecided_no_strength"),
        (0.1, {}, {}, "none"),
        (None, STRONG, STRONG, "undecided_no_codes"),
        (None, {"strength": 2}, {"strength": 1}, "none"),
    ],
)
def test_kind_of_a_pair(overlap, a, b, expected):
    assert kind(overlap, a, b) == expected


SIDE = st.fixed_dictionaries(
    {
        "strength": st.sampled_from([None, 1, 2, 3, 4, 5]),
        "role": st.sampled_from([None, "research", "production"]),
        "link": st.sampled_from([None, True, False]),
    }
)


def completions(side):
    strengths = [side["strength"]] if side["strength"] else [1, 2, 3, 4, 5]
    roles = [side["role"]] if side["role"] else ["research", "production", "supply"]
    links = [side["link"]] if side["link"] is not None else [True, False]
    for strength, role, link in itertools.product(strengths, roles, links):
        yield {"strength": strength, "role": role, "link": link}


def plain_kind(overlap, a, b):
    """The rules once more, for complete values only, one after the other."""
    if a["strength"] >= 3 and b["strength"] >= 3:
        if a["role"] == b["role"]:
            return "common_strength" if overlap >= 0.5 else "none"
        return "complementarity" if overlap >= 0.25 else "none"
    for strong, weak in ((a, b), (b, a)):
        if strong["strength"] >= 4 and weak["strength"] <= 2 and weak["link"] and overlap >= 0.25:
            return "one_sided_need"
    return "none"


@given(st.sampled_from([None, 0.1, 0.25, 0.4, 0.5, 1.0]), SIDE, SIDE)
def test_a_verdict_stands_only_when_no_missing_value_could_change_it(overlap, a, b):
    overlaps = [overlap] if overlap is not None else [0.0, 0.25, 0.5]
    possible = {plain_kind(value, x, y) for value in overlaps for x in completions(a) for y in completions(b)}
    rows = [
        {
            "strength": side["strength"],
            "role": side["role"],
            "priority_id": "p" if side["link"] else None,
            "link_known": side["link"] is not None,
        }
        for side in (a, b)
    ]
    found = kind(overlap, *rows)
    if len(possible) == 1:
        assert found == possible.pop()
    else:
        assert found.startswith("undecided")


def test_a_missing_strength_is_not_a_zero():
    rows = [capability("a", "u", strength=None), capability("b", "u", publicly_funded=None)]
    columns = columns_of(rows, units={"u": 0}, topics={})
    assert np.isnan(columns.strength).all()
    assert columns.funded.tolist() == [-1, -1]


def shuffled(strengths, pairs, draws=50):
    rows = [capability(n, "u", strength=strength, role="research") for n, strength in enumerate(strengths)]
    columns = columns_of(rows, units={"u": 0}, topics={})
    left, right = (np.array(side) for side in zip(*pairs, strict=True))
    return surviving_verdicts(
        columns, (left, right), np.ones(len(pairs)), SynergyThresholds(noise_draws=draws)
    )


def test_equal_strengths_survive_every_shuffle():
    assert shuffled([4, 4, 4], [(0, 1), (1, 2)]).tolist() == [1.0, 1.0]


def test_rare_strengths_lose_most_verdicts():
    # Two of twenty are strong: by chance the same two are strong again in 1 of 190 shuffles.
    survived = shuffled([3, 3] + [1] * 18, [(0, 1)], draws=1000)
    assert survived[0] < 0.05


def test_shuffling_repeats_itself():
    strengths = [5, 4, 3, 2, 1, None]
    assert (shuffled(strengths, [(0, 1)]) == shuffled(strengths, [(0, 1)])).all()
