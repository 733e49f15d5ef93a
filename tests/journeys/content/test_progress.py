from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.content.progress import Reached, share_reached

NUMBERS = st.decimals(-10_000, 10_000, places=2)


def share(baseline, target, value):
    reached = share_reached(
        baseline=None if baseline is None else Decimal(baseline),
        target=None if target is None else Decimal(target),
        value=None if value is None else Decimal(value),
    )
    return reached.reason or reached.share


@pytest.mark.parametrize(
    ("baseline", "target", "value", "expected"),
    [
        (10, 30, 15, 0.25),  # (15 - 10) / (30 - 10) = 5 / 20
        (40, 20, 35, 0.25),  # (35 - 40) / (20 - 40) = -5 / -20: less can be the aim
        (0, 9, 6, 6 / 9),
        (10, 20, 5, -0.5),  # (5 - 10) / 10: the wrong way
        (0, 10, 15, 1.5),  # beyond the target
        (None, 10, 5, "no_baseline"),
        (0, None, 5, "no_target"),
        (0, 10, None, "no_value"),
        (10, 10, 12, "no_way"),
        (0, 10, 0, 0.0),  # nothing reached yet is zero; nothing known is not
    ],
)
def test_share_of_the_way(baseline, target, value, expected):
    assert share(baseline, target, value) == expected


@given(baseline=NUMBERS, target=NUMBERS)
def test_baseline_is_none_of_the_way_and_target_all(baseline, target):
    if baseline == target:
        assert share_reached(baseline=baseline, target=target, value=target) == Reached(
            share=None, reason="no_way"
        )
    else:
        assert share_reached(baseline=baseline, target=target, value=baseline).share == 0
        assert share_reached(baseline=baseline, target=target, value=target).share == 1
