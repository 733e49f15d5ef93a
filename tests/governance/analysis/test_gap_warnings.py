"""What a reader is told beside the numbers."""

from governance.analysis.gap_report import RegionAnswers
from governance.analysis.gaps import find_gaps
from tests.governance.analysis.exercise import exercise
from tests.governance.scoring.samples import items


def test_warnings_name_what_is_missing_and_what_it_takes():
    # E1: two of five answered: ceil(2/3 * 5) - 2 = 2 more; E2 to E4 were not asked: one answer at least
    rows = items("stakeholder", {"1.1": [3, 4, "?", "?", "n"]})
    made = RegionAnswers(
        region="a",
        released=True,
        items=tuple(rows),
        invited={"team": 1, "stakeholder": 10},
        targets={"E1": 4},
    )
    found = [(warning.code, warning.data) for warning in find_gaps(exercise(made)).warnings]
    assert found == [
        ("COVERAGE_TOO_LOW", {"dimension": "E1", "needed": 2}),
        ("NO_DATA", {"dimension": "E2", "needed": 1}),
        ("NO_DATA", {"dimension": "E3", "needed": 1}),
        ("NO_DATA", {"dimension": "E4", "needed": 1}),
        ("OVERALL_WITHHELD", {"reason": "COVERAGE_TOO_LOW"}),
        ("NO_TARGET", {"dimensions": ["E2", "E3", "E4"]}),
        ("FEW_PEERS", {"peers": 0, "needed": 5}),
        ("N_TOO_SMALL", {"n": 2}),
        ("GROUP_WITHOUT_ANSWER", {"group": "team", "invited": 1}),
        ("LOW_RESPONSE", {"group": "stakeholder", "n": 2, "invited": 10}),
        ("ONE_GROUP_DOMINATES", {"group": "stakeholder", "n": 2, "of": 2}),
    ]


def test_scores_without_importance_are_named():
    made = RegionAnswers(
        region="a",
        released=True,
        items=tuple(items("team", {"1.1": [3]})),
        invited={},
        targets=dict.fromkeys(("E1", "E2", "E3", "E4"), 4),
    )
    codes = {warning.code: warning.data for warning in find_gaps(exercise(made)).warnings}
    assert codes["IMPORTANCE_MISSING"] == {"dimensions": ["E1"]}
    assert "NO_TARGET" not in codes
