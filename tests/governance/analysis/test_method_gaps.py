"""The gap analysis as a method: wrong inputs get one line that names the field, poor ones a reason."""

import json

import pytest

from governance.analysis.method_gaps import gap_analysis
from tests.governance.scoring.samples import item, items


def region(name="a", rows=(), **more):
    given = {"released": True, "invited": {"team": 1}, "targets": {"E1": 4}}
    return {"region": name, "items": [dict(vars(row)) for row in rows], **given, **more}


ONE = item("1.1", "team", "t", 3)


@pytest.mark.parametrize(
    "regions, more, message",
    [
        ([region(), region()], {}, "regions: a occurs more than once"),
        ([region(rows=[ONE, ONE])], {}, "items: 1.1, team, t occurs more than once"),
        ([region()], {"dimensions": ["E1", "E1"]}, "dimensions: E1 occurs more than once"),
        ([region(rows=[item("1.1", "team", "t", 9)])], {}, "level: 9 is not from 1 to 5"),
        ([region(rows=[item("1.1", "team", "t", 3, importance=0)])], {}, "importance: 0 is not from 1 to 5"),
        ([region(targets={"E1": -1})], {}, "targets: -1 is not from 1 to 5"),
        ([region(invited={"team": -1})], {}, "invited: -1 of team is negative"),
        ([region()], {"seed": -1}, "seed: -1 is negative"),
        ([region()], {"thresholds": {"tie": float("inf")}}, "tie: not a finite number"),
        ([region()], {"thresholds": {"min_difference": -1}}, "min_difference: -1 is too small"),
        ({}, {}, "regions: expected a list"),
    ],
)
def test_what_is_wrong_is_named(regions, more, message):
    with pytest.raises(ValueError) as error:
        gap_analysis(**{"dimensions": ["E1"], "regions": regions, **more})
    assert str(error.value) == message


@pytest.mark.parametrize(
    "rows, reason",
    [
        ([], "NO_DATA"),
        ([item("1.1", "team", "t", "?")], "NO_DATA"),
        ([item("3.1", "team", "t", 3)], "NO_DATA"),  # beside the dimensions
        (items("stakeholder", {"1.1": ["n", "-", "?"]}), "NO_DATA"),
        (items("stakeholder", {"1.1": [3, "n", "?"]}), "COVERAGE_TOO_LOW"),
        ([ONE], ""),
        (items("stakeholder", {"1.1": [5, 5, 5, 5, 5, 5]}), ""),
    ],
)
def test_too_little_is_a_reason_and_never_a_number(rows, reason):
    result = gap_analysis(dimensions=["E1"], regions=[region(rows=rows)])
    gap = result["regions"][0]["dimensions"][0]
    assert ((gap["score"] is None), gap["reason"]) == (bool(reason), reason)
    json.dumps(result, allow_nan=False)


def test_no_region_at_all():
    assert gap_analysis(dimensions=["E1"], regions=[])["regions"] == []
