"""Coverage, the answers still needed, and what to say about who answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.scoring.coverage import (
    margin_of_error,
    required_sample,
    response_warnings,
    values_needed,
    wheel_score,
    withheld_reason,
)
from governance.scoring.settings import Thresholds

T = Thresholds()


def test_wheel_score_by_hand():
    # marks 3, 4, 2, 5, 3 of six factors: mean 17 / 5 = 3.4; 100 * (3.4 - 1) / 4 = 60; coverage 5 / 6
    found = wheel_score([3, 4, 0, 2, 5, 3], min_coverage=2 / 3)
    assert (found["n_valid"], found["coverage"]) == (5, 5 / 6)
    assert found["score"] == pytest.approx(60, abs=1e-9)


def test_wheel_zero_and_none_are_the_same_absence():
    assert wheel_score([0, 4, 4], min_coverage=0.5) == wheel_score([None, 4, 4], min_coverage=0.5)


def test_wheel_without_any_mark():
    assert wheel_score([0, None], min_coverage=0.5)["reason"] == "NO_DATA"
    assert wheel_score([], min_coverage=0.5) == {
        "n_valid": 0,
        "coverage": None,
        "score": None,
        "reason": "NO_DATA",
    }


def test_required_sample_by_hand():
    # 3.841 * 100 * 0.25 / (0.0025 * 99 + 3.841 * 0.25) = 96.025 / (0.2475 + 0.96025) = 79.507...
    assert required_sample(100, chi2=3.841, p=0.5, d=0.05) == pytest.approx(96.025 / 1.20775)
    assert required_sample(0, chi2=3.841, p=0.5, d=0.05) is None


def test_margin_of_error_by_hand():
    # z = 1.959964; sqrt(0.25 / 5 * (10 - 5) / 9) = sqrt(0.0277778) = 0.1666667 -> 0.3266607
    found = margin_of_error(5, population=10, p=0.5, confidence=0.95)
    assert found == pytest.approx(1.959963984540054 / 6, abs=1e-12)


def test_margin_of_everybody_is_zero_and_of_nobody_undefined():
    assert margin_of_error(10, population=10, p=0.5, confidence=0.95) == 0
    assert margin_of_error(1, population=1, p=0.5, confidence=0.95) == 0
    assert margin_of_error(0, population=10, p=0.5, confidence=0.95) is None


@given(n=st.integers(1, 200), more=st.integers(0, 200))
def test_more_answers_never_widen_the_margin(n, more):
    margins = [margin_of_error(k, population=400, p=0.5, confidence=0.9) for k in (n, n + more)]
    assert margins[1] <= margins[0] + 1e-12


@given(asked=st.integers(1, 60), data=st.data())
def test_the_needed_answers_are_the_fewest_that_suffice(asked, data):
    values = data.draw(st.integers(0, asked))
    needed = values_needed(values, asked, thresholds=T)
    assert withheld_reason(values + needed, asked, thresholds=T) == ""
    assert needed == 0 or withheld_reason(values + needed - 1, asked, thresholds=T) != ""


def test_warnings_about_who_answered():
    # 9 of 31 answered, 7 of them stakeholders: 7 / 9 > 60 %; of 20 stakeholders 7 answered (35 %);
    # of 10 units 2 answered (20 %, under 30 %); the team is silent
    found = response_warnings(
        {"unit": 2, "stakeholder": 7}, {"team": 1, "unit": 10, "stakeholder": 20}, thresholds=T
    )
    assert found == [
        ("FEW_ANSWERS", {"n": 9}),
        ("GROUP_WITHOUT_ANSWER", {"group": "team", "invited": 1}),
        ("LOW_RESPONSE", {"group": "unit", "n": 2, "invited": 10}),
        ("ONE_GROUP_DOMINATES", {"group": "stakeholder", "n": 7, "of": 9}),
    ]


def test_nobody_at_all_is_too_few():
    assert response_warnings({}, {}, thresholds=T) == [("N_TOO_SMALL", {"n": 0})]
