import pytest

from governance.models import Finding
from governance.selectors.run_words import FINDINGS, WARNINGS, finding_name, finding_subject, warning_sentence


@pytest.mark.parametrize(
    ("code", "data", "sentence"),
    [
        (
            "COVERAGE_TOO_LOW",
            {"dimension": "E2", "needed": 1},
            "Roles: no level, because too few answered; 1 more answer is needed.",
        ),
        (
            "NO_TARGET",
            {"dimensions": ["E1", "E2"]},
            "No needed level is set for Smart priorities, Roles, so there is no gap.",
        ),
        ("N_TOO_SMALL", {"n": 1}, "Only 1 respondent answered: no interval is given."),
        (
            "GROUP_WITHOUT_ANSWER",
            {"group": "team", "invited": 1},
            "Regional team: nobody answered of 1 invited.",
        ),
        (
            "ONE_GROUP_DOMINATES",
            {"group": "stakeholder", "n": 14, "of": 20},
            "Stakeholders: 14 of 20 respondents, so the group weighs heavily in what all respondents say.",
        ),
    ],
)
def test_a_warning_is_a_sentence(code, data, sentence):
    assert warning_sentence({"code": code, "region": "mazovia", "data": data}) == sentence


@pytest.mark.parametrize(
    "warning", [{"code": "FROM_ANOTHER_TIME"}, {"code": "LOW_RESPONSE", "data": {"group": "unit"}}]
)
def test_a_warning_of_another_time_keeps_its_code(warning):
    assert warning_sentence(warning) == warning["code"]


@pytest.mark.parametrize(
    ("code", "data", "subject"),
    [
        ("dimension_gap", {"code": "E3"}, "Dialogue between levels"),
        ("gap_order", {"wider": "E1", "narrower": "E2"}, "Smart priorities > Roles"),
        ("perception_gap", {"code": "5.1", "other": "stakeholder"}, "5.1 · Stakeholders"),
        ("niche", {"unit_id": 3}, ""),
    ],
)
def test_a_finding_names_its_subject(code, data, subject):
    assert finding_subject(Finding(code=code, data=data)) == subject
    assert finding_name(Finding(code=code, data=data)) == str(FINDINGS[code])


def test_every_sentence_holds_for_what_the_analysis_stores():
    everything = {
        "dimension": "E1",
        "dimensions": ["E1"],
        "needed": 2,
        "peers": 1,
        "n": 3,
        "group": "unit",
        "invited": 9,
        "of": 4,
    }
    left = [code for code in WARNINGS if warning_sentence({"code": code, "data": everything}) == code]
    assert left == []
