"""Scores of statements, dimensions, groups, units and the region."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.scoring.dimensions import score_dimensions
from governance.scoring.settings import Thresholds
from tests.governance.scoring.samples import item, items

T = Thresholds()


def scores(answers, invited=None):
    made = score_dimensions(answers, invited=invited or {}, thresholds=T)
    return {(score.code, score.group): score for score in made if score.unit is None}


def test_score_of_a_region_by_hand():
    # E1 has two statements.
    # team: 1.1 = 4, 1.2 = 2               -> (4 + 2) / 2 = 3
    # stakeholders: 1.1 = 2, 3, 4 -> 3; 1.2 = 5, 4, 3 -> 4 -> (3 + 4) / 2 = 3.5
    # region: (3 + 3.5) / 2 = 3.25, each group weighing the same
    found = scores(
        items("team", {"1.1": [4], "1.2": [2]}) + items("stakeholder", {"1.1": [2, 3, 4], "1.2": [5, 4, 3]}),
        {"team": 1, "stakeholder": 7},
    )
    assert found["E1", "team"].mean == 3
    assert found["1.1", "stakeholder"].mean == 3
    assert found["E1", "stakeholder"].mean == 3.5
    assert found["1.1", "all"].mean == 3.5  # (4 + 3) / 2
    region = found["E1", "all"]
    assert (region.mean, region.n, region.invited, region.coverage) == (3.25, 4, 8, 1)
    assert found["all", "all"].mean == 3.25


def test_spread_is_the_sample_deviation():
    # values 2, 3, 4: squares 1 + 0 + 1 over n - 1 = 2 -> sqrt(1) = 1
    # respondents' means over E1: (2 + 5) / 2 = 3.5, (3 + 4) / 2 = 3.5, (4 + 3) / 2 = 3.5 -> 0
    found = scores(items("stakeholder", {"1.1": [2, 3, 4], "1.2": [5, 4, 3]}))
    assert found["1.1", "stakeholder"].spread == 1
    assert found["E1", "stakeholder"].spread == 0


def test_spread_of_one_respondent_is_undefined():
    found = scores(items("team", {"1.1": [4]}))
    assert [found[code, "team"].spread for code in ("1.1", "E1")] == [None, None]


def test_does_not_apply_leaves_the_denominator_and_silence_stays_in_it():
    # 6 opened the form: 3 values, 1 does not apply, 1 no information, 1 unanswered -> 3 / 5
    score = scores(items("stakeholder", {"1.1": [3, 4, 5, "-", "n", "?"]}))["1.1", "stakeholder"]
    assert score.coverage == 3 / 5
    assert (score.mean, score.reason) == (None, "COVERAGE_TOO_LOW")
    # ceil(2/3 * 5) = 4 values are needed, 3 are there
    assert score.needed == 1


def test_coverage_of_exactly_two_thirds_is_enough():
    score = scores(items("stakeholder", {"1.1": [3, 4, "?"]}))["1.1", "stakeholder"]
    assert (score.mean, score.reason, score.needed) == (3.5, "", 0)


def test_an_unopened_form_counts_as_invited_only():
    # two of nine invited opened the form and answered: nothing is missing among those who opened it
    score = scores(items("stakeholder", {"1.1": [3, 4]}), {"stakeholder": 9})["1.1", "stakeholder"]
    assert (score.n, score.invited, score.coverage, score.mean) == (2, 9, 1, 3.5)


def test_dimension_with_too_few_statements_is_withheld():
    # E1: 1.1 has a score, 1.2 and 1.3 have none -> 1 / 3 < 2/3; 1.4 does not apply
    found = scores(items("team", {"1.1": [4], "1.2": ["?"], "1.3": ["n"], "1.4": ["-"]}))
    dimension = found["E1", "team"]
    assert (dimension.mean, dimension.reason, dimension.coverage) == (None, "COVERAGE_TOO_LOW", 1 / 3)
    # one more statement makes 2 / 3
    assert dimension.needed == 1
    assert found["E1", "all"].reason == "COVERAGE_TOO_LOW"


def test_needed_counts_the_statements_closest_to_a_score():
    # 1.1 scored; 1.2 has 0 of 6 (4 needed), 1.3 has 3 of 6 (1 needed): 2/3 of 3 statements need one more
    found = scores(
        items(
            "stakeholder",
            {"1.1": [3] * 6, "1.2": ["?"] * 6, "1.3": [3, 3, 3, "?", "?", "?"]},
        )
    )
    assert found["1.2", "stakeholder"].needed == 4
    assert found["E1", "stakeholder"].needed == 1


def test_a_withheld_group_does_not_stop_the_region():
    found = scores(items("team", {"1.1": [4]}) + items("stakeholder", {"1.1": [2, "?", "?"]}))
    assert found["1.1", "stakeholder"].mean is None
    assert found["1.1", "all"].mean == 4


def test_overall_needs_two_thirds_of_the_dimensions():
    # E1 and E2 are scored, E3 and E4 silent: 2 / 4
    silent = scores(items("team", {"1.1": [4], "2.1": [2], "3.1": ["?"], "4.1": ["?"]}))["all", "all"]
    assert (silent.mean, silent.reason) == (None, "COVERAGE_TOO_LOW")
    full = scores(items("team", {"1.1": [4], "2.1": [2], "3.1": ["?"]}))["all", "all"]
    assert full.mean == 3


def test_nobody_answered():
    found = scores(items("team", {"1.1": ["?"], "1.2": ["n"]}))
    assert {(score.mean, score.reason, score.n) for score in found.values()} == {(None, "NO_DATA", 0)}


def test_no_items_give_no_score_but_the_overall_reason():
    assert [score.reason for score in score_dimensions([], invited={}, thresholds=T)] == ["NO_DATA"]


def test_unit_statements_are_scored_by_unit_and_by_who_says_it():
    # The team rates 2.2 of both units; each unit rates itself.
    answers = [
        item("2.2", "team", "t", 4, unit=1, core=False),
        item("2.2", "team", "t", 2, unit=2, core=False),
        item("2.2", "unit", "a", 3, unit=1, core=False),
        item("2.2", "unit", "b", "n", unit=2, core=False),
    ]
    made = score_dimensions(answers, invited={"team": 1, "unit": 2}, thresholds=T)
    by_unit = {(score.unit, score.group): score.mean for score in made if score.unit is not None}
    assert by_unit == {(1, "team"): 4, (2, "team"): 2, (1, "unit"): 3, (2, "unit"): None}
    whole = {(score.code, score.group): score for score in made if score.unit is None}
    assert whole["2.2", "team"].mean == 3  # (4 + 2) / 2: over the units
    assert whole["2.2", "team"].n == 1  # one respondent, two values
    assert whole["2.2", "unit"].reason == "COVERAGE_TOO_LOW"  # 1 of 2 opened forms


def test_importance_is_kept_without_a_level():
    answers = [item("1.1", "team", "t", "?", importance=5), item("1.1", "stakeholder", "s", 3, importance=3)]
    found = scores(answers)
    assert found["1.1", "all"].importance == 4  # (5 + 3) / 2
    assert found["1.1", "all"].mean == 3


MARKS = st.one_of(st.integers(1, 5), st.sampled_from(["n", "-", "?"]))
ROWS = st.lists(MARKS, min_size=1, max_size=7)


@given(team=ROWS, units=ROWS, stakeholders=ROWS)
def test_every_score_lies_on_the_scale_or_has_a_reason(team, units, stakeholders):
    answers = [
        *items("team", {"1.1": team}),
        *items("unit", {"1.1": units}),
        *items("stakeholder", {"1.1": stakeholders}),
    ]
    for score in scores(answers).values():
        assert (score.mean is None) == bool(score.reason)
        assert score.mean is None or 1 <= score.mean <= 5
        assert score.coverage is None or 0 <= score.coverage <= 1
        assert (score.needed > 0) == (score.mean is None)


@given(marks=st.lists(st.integers(1, 5), min_size=1, max_size=9), data=st.data())
def test_order_of_respondents_changes_nothing(marks, data):
    shuffled = data.draw(st.permutations(marks))
    one, other = (scores(items("stakeholder", {"1.1": row}))["1.1", "all"].mean for row in (marks, shuffled))
    assert one == pytest.approx(other, abs=1e-12)
