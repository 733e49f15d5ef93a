"""Krippendorff's alpha (C1): how reliable ratings are over several things rated."""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
PAIRS = 1_000_000  # meetings of values looked at in one go: 8 MB
Measurement = Literal["nominal", "ordinal", "interval", "ratio"]


def krippendorff_alpha(ratings: Floats, *, level: Measurement = "ordinal") -> tuple[float | None, str]:
    """Krippendorff's alpha of ratings, and the reason when there is none.

    `alpha = 1 - D_o / D_e` from the coincidence matrix `o_ck = sum_u pairs(c, k) / (m_u - 1)`:
    `D_o = sum o_ck delta^2 / n`, `D_e = sum n_c n_k delta^2 / (n (n - 1))`. At most 1; 0 is chance; negative
    is possible. Units with one rating are left out.

    delta^2: nominal 0 or 1; ordinal (ranks between, half of both ends)^2; interval (c - k)^2;
    ratio ((c - k) / (c + k))^2.

    Parameters
    ----------
    ratings
        Raters x units, NaN = missing.
    level
        What differences between values mean.

    Returns
    -------
    (alpha, "") or (None, reason)
        N_TOO_SMALL: fewer than two units with two ratings. NO_VARIANCE: all values equal.

    Notes
    -----
    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
    Example: two raters, two units (1, 1) and (1, 2), nominal: o = [[2, 1], [1, 0]], n = (3, 1);
    D_o = 2/4, D_e = 2 * 3 * 1 / (4 * 3) = 1/2, alpha = 0.
    """
    rated = ratings[:, (~np.isnan(ratings)).sum(axis=0) >= 2]
    if rated.shape[1] < 2:
        return None, "N_TOO_SMALL"
    values = np.unique(rated[~np.isnan(rated)])
    if len(values) < 2:
        return None, "NO_VARIANCE"
    counts = np.stack([(rated == value).sum(axis=0) for value in values], axis=1).astype(np.float64)
    coincidence = np.zeros((len(values), len(values)))
    together = max(1, PAIRS // len(values) ** 2)  # of many different values, one unit after the other
    for start in range(0, len(counts), together):
        coincidence = coincidence + _pairs(counts[start : start + together])
    totals = coincidence.sum(axis=1)
    delta = _distance(values, totals, level)
    n = float(totals.sum())
    expected = float((np.outer(totals, totals) * delta).sum()) / (n * (n - 1))
    observed = float((coincidence * delta).sum()) / n
    if not expected:
        return None, "NO_VARIANCE"
    return 1 - observed / expected, ""


def _pairs(counts: Floats) -> Floats:
    """How often each two values meet in some units (units x values), each unit by 1 / (ratings - 1)."""
    met = counts[:, :, None] * counts[:, None, :]
    places = range(counts.shape[1])
    met[:, places, places] -= counts
    found: Floats = (met / (counts.sum(axis=1) - 1)[:, None, None]).sum(axis=0)
    return found


def _distance(values: Floats, totals: Floats, level: Measurement) -> Floats:
    """Squared difference of each pair of values."""
    first, second = values[:, None], values[None, :]
    difference: Any = first - second
    if level == "nominal":
        result: Floats = (difference != 0).astype(np.float64)
    elif level == "interval":
        result = difference**2
    elif level == "ratio":
        total = first + second
        result = np.divide(difference, total, out=np.zeros_like(difference), where=total != 0) ** 2
    else:
        reached = np.cumsum(totals) - totals / 2  # middle of each value's ranks
        result = (reached[:, None] - reached[None, :]) ** 2
    return result
