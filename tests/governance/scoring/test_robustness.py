"""Scenarios: one respondent missing, weights a little different."""

import numpy as np
import pytest

from governance.scoring.respondents import Draws, group_tables
from governance.scoring.robustness import changed_weights, leave_one_out
from governance.scoring.settings import Thresholds
from tests.governance.scoring.samples import items


def made(method, answers, *, seed=1, **thresholds):
    tables = group_tables(answers, dimensions=["E1", "E2"], invited={})
    draws = Draws(n_dimensions=2, seed=seed, region="a", thresholds=Thresholds(**thresholds))
    return method(tables, draws)


def test_leave_one_out_by_hand():
    # team 4; stakeholders 1, 2, 3. Without the team: (1 + 2 + 3) / 3 = 2
    # without each stakeholder: (4 + 2.5) / 2, (4 + 2) / 2, (4 + 1.5) / 2
    answers = items("team", {"1.1": [4]}) + items("stakeholder", {"1.1": [1, 2, 3]})
    found = made(leave_one_out, answers)
    assert found.dimensions[:, 0].tolist() == [2, 3.25, 3, 2.75]
    assert found.levels[:, 0].tolist() == [2, 3.25, 3, 2.75]
    assert np.isnan(found.dimensions[:, 1]).all()


def test_the_only_respondent_leaves_nothing():
    assert np.isnan(made(leave_one_out, items("team", {"1.1": [4]})).dimensions).all()


def test_no_answers_no_scenarios():
    assert len(made(leave_one_out, []).dimensions) == 0
    assert len(made(changed_weights, []).dimensions) == 0


def test_weights_stay_within_a_quarter():
    # team 1, stakeholder 5: with weights 1.25 and 0.75 the score is (1.25 + 3.75) / 2 = 2.5, turned 3.5
    answers = items("team", {"1.1": [1]}) + items("stakeholder", {"1.1": [5]})
    found = made(changed_weights, answers).dimensions[:, 0]
    assert len(found) == 1000
    assert 2.5 <= found.min() < 2.6
    assert 3.4 < found.max() <= 3.5


def test_statements_weigh_differently_too():
    # one group, statements 1 and 5: the same bounds
    found = made(changed_weights, items("team", {"1.1": [1], "1.2": [5]})).dimensions[:, 0]
    assert 2.5 <= found.min() < 2.6
    assert 3.4 < found.max() <= 3.5


def test_equal_answers_do_not_depend_on_weights():
    answers = items("team", {"1.1": [3], "1.2": [3]}) + items("unit", {"1.1": [3, 3]})
    assert made(changed_weights, answers).dimensions[:, 0] == pytest.approx(3)


def test_the_same_seed_gives_the_same_draws():
    answers = items("team", {"1.1": [1], "1.2": [5]})
    one, same, other = (made(changed_weights, answers, seed=seed).dimensions for seed in (1, 1, 2))
    assert np.array_equal(one, same, equal_nan=True)
    assert not np.array_equal(one, other, equal_nan=True)
