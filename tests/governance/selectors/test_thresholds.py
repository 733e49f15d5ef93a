"""Numbers of the method as people read them."""

import pytest

from governance.selectors.thresholds import short_number
from governance.templatetags import numbers


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1e-9, "1e-9"),
        (0.00025, "2.5e-4"),
        (-0.0001, "-1e-4"),
        (0.0006, "0.001"),
        (0.6667, "0.667"),
        (5.0, "5"),
        (0, "0"),
        (5e-17, "0"),  # what rounding leaves
    ],
)
def test_short_number_never_shows_a_small_number_as_zero(value, shown):
    assert short_number(value) == shown


def test_short_number_in_templates_sets_a_minus_before_the_number_only():
    assert [numbers.short_number(value) for value in (-0.0001, 1e-9, -2.5, None)] == [
        "−1e-4",
        "1e-9",
        "−2.5",
        "–",
    ]
