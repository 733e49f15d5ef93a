"""The order of gaps and of work, and which of its statements survive."""

from dataclasses import replace

from governance.analysis.gap_report import RegionAnswers
from governance.analysis.gaps import find_gaps
from tests.governance.analysis.exercise import exercise, plain
from tests.governance.scoring.samples import items


def region(groups, *, targets):
    """One region; group -> statement -> marks."""
    rows = [row for group, marks in groups.items() for row in items(group, marks, importance=4)]
    made = RegionAnswers(region="a", released=True, items=tuple(rows), invited={}, targets=targets)
    return find_gaps(exercise(made)).regions[0]


def test_order_runs_from_the_widest_gap_and_keeps_ties():
    # gaps: E1 1, E2 3, E3 1, E4 none, for it has no target
    made = plain("a", {"E1": 4, "E2": 2, "E3": 4, "E4": 3})
    report = find_gaps(exercise(replace(made, targets={"E1": 5, "E2": 5, "E3": 5})))
    assert report.regions[0].order == ("E2", "E1", "E3", "E4")


def test_a_clear_order_is_robust():
    # E1 stands at 1 for everybody, E2 at 4: no respondent and no weight can turn that
    marks = {"1.1": [1] * 6, "2.1": [4] * 6}
    (statement,) = region({"stakeholder": marks}, targets={"E1": 5, "E2": 5}).statements_of_order
    assert (statement.wider, statement.narrower, statement.subject) == ("E1", "E2", "dimension")
    assert (statement.leave_one_out, statement.weights, statement.robust) == (1, 1, True)


def test_an_order_that_hangs_on_one_respondent_is_not_robust():
    # team and one stakeholder. E1: team 1, stakeholder 5 -> 3; E2: team 4, stakeholder 4 -> 4; gaps 2 and 1
    # without the team E1 is 5: gap 0 < 1. Without the stakeholder E1 is 1: holds. 1 of 2 scenarios
    groups = {"team": {"1.1": [1], "2.1": [4]}, "stakeholder": {"1.1": [5], "2.1": [4]}}
    (statement,) = region(groups, targets={"E1": 5, "E2": 5}).statements_of_order
    assert (statement.leave_one_out, statement.robust) == (0.5, False)


def test_gaps_closer_than_the_smallest_difference_make_no_statement():
    # 2.25 and 2: a difference of 0.25 < 0.3
    marks = {"1.1": [2, 2, 2, 3], "2.1": [2, 2, 2, 2]}
    assert region({"stakeholder": marks}, targets={"E1": 5, "E2": 5}).statements_of_order == ()


def test_order_of_work_by_hand():
    # importance 4 each, levels 1, 3, 4: gaps 3, 1, 0; weighted 4/12 * gap = 1, 1/3, 0
    # lines are the grand means of the one released region: importance 4, level 8/3
    found = region({"team": {"1.1": [3], "1.2": [1], "2.1": [4]}}, targets={})
    assert [row.code for row in found.work] == ["1.2", "1.1", "2.1"]
    assert [row.quadrant for row in found.work] == ["act_first", "keep_strong", "keep_strong"]
    assert [round(row.weighted_gap, 12) for row in found.work] == [1, round(1 / 3, 12), 0]


def test_work_says_what_its_place_rests_on():
    # without the only respondent there is no scenario left to hold in
    alone = region({"team": {"1.1": [3], "1.2": [1]}}, targets={})
    assert [row.holds for row in alone.work] == [None, None]
    several = region({"stakeholder": {"1.1": [5] * 4, "1.2": [1] * 4}}, targets={})
    assert [row.holds for row in several.work] == [1, 1]
    (statement,) = several.order_of_work
    assert (statement.wider, statement.narrower, statement.subject) == ("1.2", "1.1", "statement")
    assert (statement.leave_one_out, statement.weights) == (1, 1)


def test_statements_without_importance_are_not_ordered():
    assert find_gaps(exercise(plain("a", {"E1": 3}))).regions[0].work == ()
