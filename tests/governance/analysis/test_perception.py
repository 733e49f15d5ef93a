"""Perception gaps, gaps per unit, and agreement."""

from governance.analysis.perception import (
    NO_RATINGS,
    agreement_per_dimension,
    agreement_per_statement,
    perception_gaps,
    unit_gaps,
)
from governance.scoring.dimensions import score_dimensions
from governance.scoring.settings import Thresholds
from tests.governance.scoring.samples import item, items

T = Thresholds()


def gaps_of(answers):
    scores = score_dimensions(answers, invited={}, thresholds=T)
    return perception_gaps(scores, items=answers, thresholds=T)


def test_perception_gap_by_hand():
    # team 5; stakeholders 3, 3, 4 -> 10/3: gap 5/3 = 1.67 >= 1.5 with n = 3
    answers = items("team", {"1.1": [5]}) + items("stakeholder", {"1.1": [3, 3, 4]})
    (gap,) = gaps_of(answers)
    assert (gap.code, gap.other, gap.n, gap.flagged) == ("1.1", "stakeholder", 3, True)
    assert gap.gap == 5 - 10 / 3


def test_a_gap_of_exactly_one_and_a_half_is_flagged_in_both_directions():
    for team, others in ((5, [3, 4, 3, 4]), (2, [3, 4, 3, 4])):
        (gap,) = gaps_of(items("team", {"1.1": [team]}) + items("stakeholder", {"1.1": others}))
        assert (abs(gap.gap), gap.flagged) == (1.5, True)


def test_two_respondents_are_too_few_for_a_flag():
    (gap,) = gaps_of(items("team", {"1.1": [5]}) + items("unit", {"1.1": [1, 1]}))
    assert (gap.gap, gap.flagged) == (4, False)


def test_only_core_statements_about_the_region_give_perception_gaps():
    answers = [
        *items("team", {"1.3": [5]}, core=False),
        *items("unit", {"1.3": [1, 1, 1]}, core=False),
        *items("team", {"2.2": [5]}, unit=1),
        *items("unit", {"2.2": [1]}, unit=1),
    ]
    assert gaps_of(answers) == ()


def test_a_withheld_score_gives_no_gap_but_its_reason():
    (gap,) = gaps_of(items("team", {"1.1": [5]}) + items("stakeholder", {"1.1": [1, "?", "?"]}))
    assert (gap.gap, gap.flagged, gap.reason) == (None, False, "COVERAGE_TOO_LOW")


def test_unit_gaps_compare_the_team_with_the_unit():
    answers = [
        item("2.2", "team", "t", 4, unit=1, core=False),
        item("2.2", "unit", "a", 1, unit=1, core=False),
        item("2.2", "team", "t", 2, unit=2, core=False),
        item("2.2", "unit", "b", "n", unit=2, core=False),
    ]
    scores = score_dimensions(answers, invited={}, thresholds=T)
    first, second = unit_gaps(scores, dimension_of={"2.2": "E2"})
    assert (first.unit, first.team, first.own, first.gap, first.reason) == (1, 4, 1, 3, "")
    assert (second.unit, second.gap, second.reason) == (2, None, "NO_DATA")


def test_agreement_keeps_the_four_kinds_of_answer_apart():
    (row,) = agreement_per_statement(items("stakeholder", {"1.1": [1, 5, 5, "n", "-", "?", "?"]}))
    levels = {"1": 1, "2": 0, "3": 0, "4": 0, "5": 2}
    assert row.counts == levels | {"no_information": 1, "does_not_apply": 1, "unanswered": 2}
    assert (row.n, row.about_units, row.reason) == (3, False, "")
    assert 0 < row.consensus < 0.2


def test_one_answer_is_no_consensus():
    (row,) = agreement_per_statement(items("team", {"1.1": [4]}))
    assert (row.consensus, row.reason) == (None, "N_TOO_SMALL")
    (silent,) = agreement_per_statement(items("team", {"1.1": ["?"]}))
    assert (silent.consensus, silent.reason) == (None, "NO_DATA")


def test_answers_about_units_say_so():
    (row,) = agreement_per_statement([item("2.2", "team", "t", level, unit=level) for level in (1, 5)])
    assert row.about_units


def test_agreement_on_a_dimension_by_hand():
    # two raters, two statements, both the same: alpha 1. Between: team 2 (mean of 1, 3), units 2 and 4
    answers = items("team", {"1.1": [1], "1.2": [3]}) + items("unit", {"1.1": [1, 3], "1.2": [3, 5]})
    # means: team 2; units 2, 4. Overall 8/3; SSB = 1 (2/3)^2 + 2 (1/3)^2 = 2/3; SSW = 2; eta^2 = 0.25
    found = agreement_per_dimension(answers)["E1"]
    assert abs(found.between - 0.25) < 1e-12
    assert found.between_reason == ""


def test_one_person_per_group_cannot_tell_groups_from_persons():
    answers = items("team", {"1.1": [1]}) + items("unit", {"1.1": [5]})
    found = agreement_per_dimension(answers)["E1"]
    assert (found.between, found.between_reason) == (None, "N_TOO_SMALL")
    assert (found.alpha, found.alpha_reason) == (None, "N_TOO_SMALL")  # one statement


def test_silence_has_no_agreement():
    found = agreement_per_dimension(items("team", {"1.1": ["?"]})).get("E1", NO_RATINGS)
    assert (found.alpha_reason, found.between_reason) == ("NO_DATA", "NO_DATA")


def test_unanimous_ratings_have_no_variance():
    found = agreement_per_dimension(items("unit", {"1.1": [3, 3], "1.2": [3, 3]}))["E1"]
    assert (found.alpha, found.alpha_reason) == (None, "NO_VARIANCE")
