"""Thresholds: the defaults, what an exercise may change, and what it may not."""

import pytest

from governance.scoring.settings import METHOD_VERSION, Thresholds


def test_defaults_are_those_of_the_method():
    t = Thresholds()
    assert METHOD_VERSION == "stm-1"
    assert (t.min_coverage, t.k_team, t.k_public) == (2 / 3, 3, 5)
    assert (t.perception_flag, t.perception_n, t.min_difference) == (1.5, 3, 0.3)
    assert (t.interval_n, t.confidence, t.robust_share, t.weight_change) == (5, 0.9, 0.9, 0.25)


def test_overrides_keep_what_they_do_not_name():
    changed = Thresholds.from_overrides(
        {"perception_flag": {"value": 1.0, "reason": "small region"}, "interval_n": 8.0, "overlap_same": 0.6}
    )
    assert changed == Thresholds(perception_flag=1.0, interval_n=8)


def test_small_groups_can_be_protected_more_but_never_less():
    assert Thresholds.from_overrides({"k_public": 3, "k_team": 4}) == Thresholds(k_public=5, k_team=4)


@pytest.mark.parametrize(
    "changes, message",
    [
        ({"min_coverage": 1.2}, "min_coverage: 1.2 is not a share between 0 and 1"),
        ({"min_coverage": {"reason": "none"}}, "min_coverage: expected a number, got None"),
        ({"interval_n": 2.5}, "interval_n: expected a whole number, got 2.5"),
        ({"interval_n": 0}, "interval_n: 0 is too small"),
        ({"perception_flag": float("nan")}, "perception_flag: nan is too small"),
        ({"perception_flag": True}, "perception_flag: expected a number, got True"),
        ({"confidence": 1}, "confidence: 1 is not between 0 and 1"),
    ],
)
def test_a_wrong_threshold_is_named(changes, message):
    with pytest.raises(ValueError) as caught:
        Thresholds.from_overrides(changes)
    assert str(caught.value) == message
