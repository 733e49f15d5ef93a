"""Bootstrap without chance, Wilson's interval, Student's interval."""

from itertools import product

import numpy as np
import pytest
import scipy  # its parts load when they are asked for
from hypothesis import given
from hypothesis import strategies as st

from governance.scoring.intervals import bootstrap_mean, t_interval, wilson_interval


def test_t_interval_by_hand():
    # [2, 3, 5, 4, 1]: mean 3, squares 1 + 0 + 4 + 1 + 4 = 10 over 4: sd = sqrt(2.5) = 1.5811
    # t(4) at 97.5 % = 2.776445: 2.776445 * 1.5811 / sqrt(5) = 1.963243
    # quartiles of 1..5 are 2 and 4; deviations from the median 3: 1, 0, 2, 1, 2, their median 1
    found = t_interval([2, 3, 5, 4, 1])
    assert found["lo"] == pytest.approx(3 - 1.9632432, abs=1e-6)
    assert found["hi"] == pytest.approx(3 + 1.9632432, abs=1e-6)
    assert (found["iqr"], found["med"], found["mad"]) == (2, 3, 1.4826)
    assert (found["min"], found["max"], found["reason"]) == (1, 5, None)


def test_t_interval_of_a_unanimous_sample_is_a_point():
    found = t_interval([4, 4, 4, 4, 4])
    assert (found["lo"], found["hi"], found["sd"]) == (4, 4, 0)


@pytest.mark.parametrize("sample", [[1], [1, 5], [2, 3, 4, 5]])
def test_below_five_values_there_is_a_range_and_no_interval(sample):
    found = t_interval(sample)
    assert (found["lo"], found["hi"], found["reason"]) == (None, None, "N_TOO_SMALL")
    assert (found["min"], found["max"]) == (sample[0], sample[-1])


@given(st.lists(st.integers(1, 5), min_size=5, max_size=40), st.sampled_from([0.8, 0.9, 0.99]))
def test_t_interval_as_in_scipy(sample, confidence):
    found = t_interval(sample, confidence=confidence)
    error = np.std(sample, ddof=1) / np.sqrt(len(sample))
    half = scipy.stats.t.ppf(0.5 + confidence / 2, len(sample) - 1) * error
    assert found["hi"] - found["mean"] == pytest.approx(half, abs=1e-9)


def test_wilson_by_hand():
    # 0 of 20 at 95 %: z^2 = 3.841459; upper = z^2 / (20 + z^2) = 3.841459 / 23.841459 = 0.161125
    assert wilson_interval(0, 20, confidence=0.95) == (0, pytest.approx(0.1611252, abs=1e-6))
    assert wilson_interval(0, 0, confidence=0.95) is None


@given(st.integers(1, 500), st.data())
def test_wilson_holds_the_share_and_mirrors_it(n, data):
    k = data.draw(st.integers(0, n))
    lower, upper = wilson_interval(k, n, confidence=0.9)
    assert 0 <= lower <= k / n <= upper <= 1
    mirrored = wilson_interval(n - k, n, confidence=0.9)
    assert mirrored == pytest.approx((1 - upper, 1 - lower), abs=1e-9)


def test_bootstrap_by_hand():
    # [1, 1, 1, 5]: mean 2; population variance (1 + 1 + 1 + 9) / 4 = 3; se = sqrt(3 / 4) = 0.866025
    found = bootstrap_mean([1, 1, 1, 5])
    assert (found["n_resamples"], found["mean"]) == (256, 2)
    assert found["se"] == pytest.approx(0.75**0.5)


@given(st.lists(st.one_of(st.integers(1, 5), st.sampled_from([0.1, 2.35, -1.5])), min_size=2, max_size=5))
def test_bootstrap_counts_what_listing_every_resample_gives(sample):
    means = [np.mean(draw) for draw in product(sample, repeat=len(sample))]
    found = bootstrap_mean(sample)
    assert found["n_resamples"] == len(means)
    assert found["se"] == pytest.approx(np.std(means), abs=1e-9)
    for name, share in (("q025", 0.025), ("q05", 0.05), ("q95", 0.95), ("q975", 0.975)):
        assert found[name] == pytest.approx(np.quantile(means, share), abs=1e-9)


def test_bootstrap_of_a_large_sample_is_still_exact():
    found = bootstrap_mean([1, 2, 3, 4, 5] * 10)
    assert found["n_resamples"] == 50**50
    assert found["se"] == pytest.approx((2 / 50) ** 0.5)
    assert found["q05"] == pytest.approx(3 - 1.645 * found["se"], abs=0.03)


def test_bootstrap_of_one_value_says_nothing_about_its_spread():
    found = bootstrap_mean([4])
    assert (found["mean"], found["se"], found["q05"], found["reason"]) == (4, None, None, "N_TOO_SMALL")


def test_bootstrap_out_of_reach_is_refused():
    with pytest.raises(ValueError) as caught:
        bootstrap_mean([float(f"{value}.{value**7}") for value in range(1, 30)])
    assert str(caught.value) == "sample: too many different sums for an exhaustive bootstrap"
