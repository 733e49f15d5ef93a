"""Krippendorff's alpha."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.scoring.reliability import krippendorff_alpha

NAN = np.nan
RATINGS = st.lists(
    st.lists(st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, NAN]), min_size=5, max_size=5), min_size=2, max_size=5
).map(np.array)


def plain_alpha(ratings, delta):
    """The definition, pair by pair."""
    columns = [[v for v in column if not np.isnan(v)] for column in ratings.T]
    columns = [column for column in columns if len(column) >= 2]
    values = [v for column in columns for v in column]
    observed = sum(
        sum(delta(a, b) for a, b in permutations(column, 2)) / (len(column) - 1) for column in columns
    ) / len(values)
    expected = sum(delta(a, b) for a, b in permutations(values, 2)) / (len(values) * (len(values) - 1))
    return 1 - observed / expected


def test_alpha_by_hand():
    # units (1, 1) and (1, 2), nominal: 4 values, one pair of two differs: D_o = 2 / 4
    # of 4 * 3 ordered pairs of all values 2 * 3 * 1 = 6 differ: D_e = 6 / 12; alpha = 1 - 0.5 / 0.5 = 0
    assert krippendorff_alpha(np.array([[1.0, 1.0], [1.0, 2.0]]), level="nominal") == (0, "")


def test_perfect_agreement_is_one():
    ratings = np.array([[1.0, 2.0, 5.0], [1.0, 2.0, 5.0]])
    for level in ("nominal", "ordinal", "interval", "ratio"):
        assert krippendorff_alpha(ratings, level=level) == (1, "")


@given(RATINGS)
def test_alpha_follows_its_definition(ratings):
    alpha, reason = krippendorff_alpha(ratings, level="interval")
    if not reason:
        assert alpha == pytest.approx(plain_alpha(ratings, lambda a, b: (a - b) ** 2), abs=1e-9)
        assert alpha <= 1 + 1e-9
    nominal, _reason = krippendorff_alpha(ratings, level="nominal")
    if nominal is not None:
        assert nominal == pytest.approx(plain_alpha(ratings, lambda a, b: a != b), abs=1e-9)


@given(RATINGS)
def test_alpha_does_not_depend_on_the_order_of_raters(ratings):
    assert krippendorff_alpha(ratings[::-1])[0] == pytest.approx(krippendorff_alpha(ratings)[0], abs=1e-9)


@pytest.mark.parametrize(
    "ratings, reason",
    [
        (np.empty((0, 0)), "N_TOO_SMALL"),
        (np.array([[1.0, 2.0, 3.0]]), "N_TOO_SMALL"),  # one rater
        (np.array([[1.0, 2.0], [1.0, NAN]]), "N_TOO_SMALL"),  # one unit with two ratings
        (np.array([[3.0, 3.0], [3.0, 3.0]]), "NO_VARIANCE"),
        (np.full((3, 3), NAN), "N_TOO_SMALL"),
    ],
)
def test_alpha_is_undefined(ratings, reason):
    assert krippendorff_alpha(ratings) == (None, reason)


def test_ratio_of_zeros_is_no_difference():
    assert krippendorff_alpha(np.array([[0.0, 1.0], [0.0, 1.0]]), level="ratio") == (1, "")
