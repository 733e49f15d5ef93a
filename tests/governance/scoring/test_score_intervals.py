"""Intervals of a region's scores."""

import numpy as np
import pytest
import scipy  # its parts load when they are asked for

from governance.scoring.dimensions import score_dimensions
from governance.scoring.respondents import Draws, group_tables
from governance.scoring.score_intervals import score_intervals
from governance.scoring.settings import Thresholds
from tests.governance.scoring.samples import item, items

T = Thresholds()


def interval(answers, invited, *, region="a", seed=1, thresholds=T):
    tables = group_tables(answers, dimensions=["E1"], invited=invited)
    draws = Draws(n_dimensions=1, seed=seed, region=region, thresholds=thresholds)
    return score_intervals(tables, draws)[0]


def test_five_stakeholders_have_a_bootstrap_interval():
    # 2, 3, 5, 4, 1: all 3,125 resamples have their 5 % point at 2 and their 95 % point at 4
    found = interval(items("stakeholder", {"1.1": [2, 3, 5, 4, 1]}), {"stakeholder": 5})
    assert (found.lower, found.upper) == pytest.approx((2, 4), abs=0.21)
    assert (found.kind, found.reason, found.census) == ("bootstrap", "", ())


def test_four_respondents_have_none():
    found = interval(items("stakeholder", {"1.1": [2, 3, 5, 4]}), {"stakeholder": 9})
    assert (found.lower, found.upper, found.reason) == (None, None, "N_TOO_SMALL")


def test_a_single_sampled_respondent_has_no_spread_to_draw_from():
    answers = items("unit", {"1.1": [3, 3, 4, 2]}) + items("stakeholder", {"1.1": [2]})
    found = interval(answers, {"unit": 4, "stakeholder": 8})
    assert (found.reason, found.census) == ("N_TOO_SMALL", ("unit",))


def test_a_complete_census_has_no_sampling_error():
    answers = items("team", {"1.1": [3]}) + items("unit", {"1.1": [3, 3, 4, 2, 5]})
    found = interval(answers, {"team": 1, "unit": 5})
    assert (found.lower, found.reason, found.census) == (None, "CENSUS", ("team", "unit"))


def test_a_missing_unit_makes_it_a_sample():
    answers = items("unit", {"1.1": [3, 3, 4, 2, 5]})
    assert interval(answers, {"unit": 6}).reason == ""


def test_all_invited_stakeholders_are_still_a_sample():
    assert interval(items("stakeholder", {"1.1": [3, 3, 4, 2, 5]}), {"stakeholder": 5}).census == ()


def test_a_census_is_told_by_dimension():
    # the fifth unit answered E2 only: for E1 four of five answered, so it is a sample there
    answers = items("unit", {"1.1": [3, 3, 4, 2, "?"], "2.1": [3, 3, 4, 2, 5]})
    tables = group_tables(answers, dimensions=["E1", "E2"], invited={"unit": 5})
    draws = Draws(n_dimensions=2, seed=1, region="a", thresholds=T)
    assert [found.reason for found in score_intervals(tables, draws)] == ["N_TOO_SMALL", "CENSUS"]


def test_thirty_respondents_have_a_t_interval():
    # The team (one, complete) and 30 stakeholders: score = (4 + m) / 2, se = s / sqrt(30) / 2, 29 degrees
    marks = [1, 2, 3, 4, 5] * 6
    found = interval(
        items("team", {"1.1": [4]}) + items("stakeholder", {"1.1": marks}), {"team": 1, "stakeholder": 50}
    )
    half = scipy.stats.t.ppf(0.95, 29) * np.std(marks, ddof=1) / np.sqrt(30) / 2
    assert (found.lower, found.upper) == pytest.approx((3.5 - half, 3.5 + half))
    assert found.kind == "t"


def test_two_samples_are_strata():
    # units 1, 5 (var 8, n 2) and 28 stakeholders: se^2 = (8 / 2 + v / 28) / 4, Welch-Satterthwaite degrees
    marks = [2, 4] * 14
    found = interval(
        items("unit", {"1.1": [1, 5]}) + items("stakeholder", {"1.1": marks}), {"unit": 9, "stakeholder": 50}
    )
    parts = [8 / 2, np.var(marks, ddof=1) / 28]
    degrees = sum(parts) ** 2 / (parts[0] ** 2 / 1 + parts[1] ** 2 / 27)
    half = scipy.stats.t.ppf(0.95, degrees) * np.sqrt(sum(parts)) / 2
    assert (found.lower, found.upper) == (max(1, 3 - half), min(5, 3 + half))


def test_unanimous_respondents_give_a_point():
    for n in (5, 40):
        found = interval(items("stakeholder", {"1.1": [4] * n}), {"stakeholder": 60})
        assert (found.lower, found.upper) == (4, 4)


def test_nobody_answered():
    assert interval([], {"team": 1}).reason == "NO_DATA"


def test_the_interval_is_the_same_every_time_and_alone_for_each_region():
    answers = items("stakeholder", {"1.1": [2, 3, 5, 4, 1, 2, 2]})
    assert interval(answers, {}) == interval(answers, {})
    assert interval(answers, {}) != interval(answers, {}, region="b")


def test_a_wider_confidence_widens_the_interval():
    answers = items("stakeholder", {"1.1": [2, 3, 5, 4, 1, 2, 2]})
    wide, narrow = (interval(answers, {}, thresholds=Thresholds(confidence=share)) for share in (0.98, 0.5))
    assert wide.lower < narrow.lower < narrow.upper < wide.upper


def test_tables_reproduce_the_score():
    # with "does not apply" and several units per respondent
    answers = [
        *items("stakeholder", {"1.1": [2, 3, "-"], "1.2": [4, "-", 5]}),
        item("1.3", "team", "t", 2, unit=1),
        item("1.3", "team", "t", 5, unit=2),
    ]
    score = next(
        score
        for score in score_dimensions(answers, invited={}, thresholds=T)
        if (score.code, score.group) == ("E1", "all")
    )
    tables = group_tables(answers, dimensions=["E1"], invited={})
    means = [np.nanmean(table.levels.means()) for table in tables]
    assert np.mean(means) == pytest.approx(score.mean)
