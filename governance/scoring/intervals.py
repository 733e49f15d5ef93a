"""How sure a number is: exhaustive bootstrap (C5), interval of a share (C6), of a mean (C7)."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from math import floor, lcm, sqrt
from statistics import NormalDist, mean, median, stdev
from typing import Any

import numpy as np

from governance.scoring.settings import Thresholds

MAD_FACTOR = 1.4826  # makes the median deviation of normal values equal to their standard deviation
MOST_VALUES = 300  # n^n has hundreds of digits by then
MOST_SUMS = 400_000  # different sums a bootstrap may have: beyond, its exact form is out of reach
MOST_STEPS = 5_000_000  # additions on the way there: a few seconds


def t_quantile(confidence: float, degrees: float) -> float:
    """How many standard errors a two-sided interval of Student's t reaches to each side."""
    from scipy.special import stdtrit  # slow import: only intervals from t need it

    return float(stdtrit(degrees, 0.5 + confidence / 2))


def t_interval(sample: Sequence[float], *, confidence: float = 0.95) -> dict[str, Any]:
    """Interval of a mean by Student's t, with the spread of the values.

    `mean +- t sd / sqrt(n)`, t with n - 1 degrees of freedom, sd with n - 1.

    Parameters
    ----------
    sample
        Values, any number of them.
    confidence
        Of the interval, 0..1.

    Returns
    -------
    dict
        n, mean, sd (None below two values), lo, hi, min, max, iqr (quantiles of type 7), med, mad (median
        deviation x 1.4826), all in the unit of the values; reason. lo and hi are None with N_TOO_SMALL below
        five values: a range, no interval. No value at all: everything None, NO_DATA.

    Notes
    -----
    Source: C5 and C7. Example: [2, 3, 5, 4, 1] has mean 3, sd 1.5811 and t(4) = 2.7764 at 95 %, so
    3 -+ 2.7764 * 1.5811 / sqrt(5) = 1.0368 to 4.9632.
    """
    n = len(sample)
    keys = ("mean", "sd", "lo", "hi", "min", "max", "iqr", "med", "mad")
    if not n:
        return {"n": 0, **dict.fromkeys(keys), "reason": "NO_DATA"}
    middle, centre = mean(sample), median(sample)
    sd = stdev(sample) if n > 1 else None
    lower, upper = np.quantile(sample, [0.25, 0.75])
    enough = sd is not None and n >= Thresholds.interval_n
    half = t_quantile(confidence, n - 1) * (sd or 0.0) / sqrt(n) if enough else None
    return {
        "n": n,
        "mean": middle,
        "sd": sd,
        "lo": None if half is None else middle - half,
        "hi": None if half is None else middle + half,
        "min": min(sample),
        "max": max(sample),
        "iqr": float(upper - lower),
        "med": centre,
        "mad": MAD_FACTOR * median(abs(value - centre) for value in sample),
        "reason": None if enough else "N_TOO_SMALL",
    }


def wilson_interval(k: float, n: float, *, confidence: float) -> tuple[float, float] | None:
    """Interval of a share p = k / n: `(p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)`.

    Parameters
    ----------
    k, n
        k of n observations, 0 <= k <= n.
    confidence
        Of the interval, 0..1; z is its normal quantile.

    Returns
    -------
    Lower and upper end, within 0..1. None without an observation (NO_DATA).

    Notes
    -----
    Source: Wilson (1927); Newcombe (1998), Statistics in Medicine 17:857-872, method 3.
    Example: 0 of 20 at 95 %: z^2 / (20 + z^2) = 3.8415 / 23.8415 = 0.1611 at the top.
    """
    if n <= 0:
        return None
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    p, square = k / n, z * z
    half = z * sqrt(p * (1 - p) / n + square / (4 * n * n))
    lower, upper = ((p + square / (2 * n) + sign * half) / (1 + square / n) for sign in (-1, 1))
    # Nothing and everything are ends of the scale, whatever rounding makes of them.
    return (0.0 if k <= 0 else max(0.0, lower)), (1.0 if k >= n else min(1.0, upper))


def bootstrap_mean(sample: Sequence[float]) -> dict[str, Any]:
    """All n^n ways to draw n values with replacement: the distribution of their mean, without chance.

    Counted as exact sums, never drawn: n = 5 and n = 50 take the same moment.
    `se = sqrt(sum (x - mean)^2) / n`.

    Parameters
    ----------
    sample
        Values, at most 300.

    Returns
    -------
    dict
        n_resamples; mean; se (standard deviation of the means); q025, q05, q95, q975 (type 7), in the unit
        of the values; reason. One value says nothing about its spread: se and quantiles None, N_TOO_SMALL.
        No value: all None, NO_DATA.

    Raises
    ------
    ValueError
        There are more than 300 values, or they have too many different sums.

    Notes
    -----
    Source: Efron (1979), Annals of Statistics 7:1-26; C5. Example: [1, 1, 1, 5] has mean 2 and
    se = sqrt(3 / 4) = 0.8660: population variance (3 * 1 + 9) / 4 = 3, divided by n = 4.
    """
    n = len(sample)
    quantiles = {"q025": 0.025, "q975": 0.975, "q05": 0.05, "q95": 0.95}
    empty: dict[str, Any] = dict.fromkeys(("mean", "se", *quantiles))
    if not n:
        return {"n_resamples": None, **empty, "reason": "NO_DATA"}
    if n > MOST_VALUES:
        raise ValueError(f"sample: {n} values, at most {MOST_VALUES} for an exhaustive bootstrap")
    exact = [Fraction(str(value)) for value in sample]
    scale = lcm(*(value.denominator for value in exact))
    values = [int(value * scale) for value in exact]  # whole numbers add up fast and exactly
    middle = Fraction(sum(values), n)
    if n == 1:
        return {"n_resamples": 1, **empty, "mean": float(middle / scale), "reason": "N_TOO_SMALL"}
    ways = sorted(_sums(values).items())
    variance = sum((value - middle) ** 2 for value in values) / n
    return {
        "n_resamples": n**n,
        "mean": float(middle / scale),
        "se": sqrt(variance / n / scale**2),
        **{name: float(_quantile(ways, share, n**n) / n / scale) for name, share in quantiles.items()},
        "reason": None,
    }


def _sums(values: Sequence[int]) -> dict[int, int]:
    """In how many ways each sum of n draws comes about."""
    sums: dict[int, int] = {0: 1}
    single = Counter(values)
    steps = 0
    for _draw in values:
        found: dict[int, int] = {}
        steps += len(sums) * len(single)
        if steps > MOST_STEPS:
            raise ValueError("sample: too many different sums for an exhaustive bootstrap")
        for value, times in single.items():
            for total, ways in sums.items():
                found[total + value] = found.get(total + value, 0) + ways * times
            if len(found) > MOST_SUMS:
                raise ValueError("sample: too many different sums for an exhaustive bootstrap")
        sums = found
    return sums


def _quantile(ways: Sequence[tuple[int, int]], share: float, total: int) -> Fraction:
    """Quantile of type 7 of values that occur so many times."""
    position = Fraction(str(share)) * (total - 1)
    low = floor(position)
    below, above = _value_at(ways, low), _value_at(ways, min(low + 1, total - 1))
    return below + (position - low) * (above - below)


def _value_at(ways: Sequence[tuple[int, int]], place: int) -> int:
    passed = 0
    for value, times in ways:
        passed += times
        if place < passed:
            return value
    raise IndexError(place)
