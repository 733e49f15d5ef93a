"""How far ratings of one thing agree: consensus (C2), van der Eijk's A and Leik's D (C3), r_wg (C4)."""

from collections.abc import Sequence
from math import log2
from typing import Any

import numpy as np
from numpy.typing import NDArray

from governance.scoring.settings import HIGHEST, LOWEST

Floats = NDArray[np.float64]


def consensus(levels: Sequence[int], *, lowest: int = LOWEST, highest: int = HIGHEST) -> float | None:
    """Tastle-Wierman consensus of one statement: `1 + sum p log2(1 - |x - mean| / width)` of its levels.

    Parameters
    ----------
    levels
        One whole number per respondent.
    lowest, highest
        The ends of the scale, whether anybody chose them or not.

    Returns
    -------
    0 (half at each end of the scale) to 1 (unanimous). None: no value (NO_DATA), only one (N_TOO_SMALL).

    Notes
    -----
    Source: Tastle & Wierman (2007), Int. J. of Approximate Reasoning 45:531-545.
    Example: 3, 3, 5 on 1..5: mean 11/3; 2/3 log2(1 - 1/6) + 1/3 log2(1 - 1/3) = -0.3703, so 0.6297.
    """
    return frequency_consensus(
        [sum(level == step for level in levels) for step in range(lowest, highest + 1)]
    )


def frequency_consensus(frequencies: Sequence[float]) -> float | None:
    """Consensus of answers counted per step: `Cns = 1 + sum_i p_i log2(1 - |i - mu| / (K - 1))`.

    Parameters
    ----------
    frequencies
        K counts, one per step of the whole scale, the empty steps included; shares are taken as they are.

    Returns
    -------
    0 to 1. None: no answer (NO_DATA), fewer than two (N_TOO_SMALL), or a scale of one step (NO_VARIANCE).

    Notes
    -----
    Source: Tastle & Wierman (2007), Int. J. of Approximate Reasoning 45:531-545.
    Example: five answers on each of five steps: 0.4340, not one half.
    """
    if too_few(frequencies):
        return None
    shares = [count / sum(frequencies) for count in frequencies]
    middle, width = sum(step * share for step, share in enumerate(shares)), len(shares) - 1
    near = ((share, 1 - abs(step - middle) / width) for step, share in enumerate(shares))
    # So small a share that rounding puts it a whole scale from the mean adds nothing: p log2 p goes to 0.
    parts = (share * log2(closeness) for share, closeness in near if share and closeness > 0)
    return min(1.0, max(0.0, 1 + sum(parts)))


def eijk_agreement(frequencies: Sequence[float]) -> float | None:
    """van der Eijk's A: the distribution cut into layers of equal height, their agreement weighted by size.

    A layer of S of K steps has `U (1 - (S - 1) / (K - 1))`,
    `U = ((K - 2) TU - (K - 1) TDU) / ((K - 2) (TU + TDU))`; TU: triples of steps that rise or fall to one
    side (110, 011), TDU: those with a hole (101).

    Parameters
    ----------
    frequencies
        As for `frequency_consensus`.

    Returns
    -------
    -1 (half at each end) to 1 (unanimous), 0 uniform. None as for the consensus: NO_DATA, N_TOO_SMALL,
    NO_VARIANCE.

    Notes
    -----
    Source: van der Eijk (2001), Quality & Quantity 35:325-341.
    """
    if too_few(frequencies):
        return None
    left, total, result = [float(count) for count in frequencies], float(sum(frequencies)), 0.0
    while any(left):
        height = min(count for count in left if count)
        layer = [bool(count) for count in left]
        result += height * sum(layer) / total * _layer_agreement(layer)
        # A step that would keep a rounding rest counts as used up.
        left = [count - height if count - height > 1e-12 * total else 0.0 for count in left]
    return min(1.0, max(-1.0, result))


def _layer_agreement(layer: Sequence[bool]) -> float:
    k, used = len(layer), sum(layer)
    if used in (1, k):
        return 1.0 if used == 1 else 0.0
    falling = holes = before = 0
    for step in layer:
        if step:
            before += 1
            continue
        after = used - before
        # The empty step ends 110, begins 011, or is the hole of 101.
        falling += before * (before - 1) // 2 + after * (after - 1) // 2
        holes += before * after
    unimodality = ((k - 2) * falling - (k - 1) * holes) / ((k - 2) * (falling + holes))
    return unimodality * (1 - (used - 1) / (k - 1))


def leik(frequencies: Sequence[float]) -> float | None:
    """Leik's ordinal dispersion `D = 2 sum_i d_i / (K - 1)`, d_i the smaller of `F_i` and `1 - F_i`.

    F is the cumulative share.

    Parameters
    ----------
    frequencies
        As for `frequency_consensus`.

    Returns
    -------
    0 (unanimous) to 1 (half at each end). None: NO_DATA, N_TOO_SMALL, NO_VARIANCE, as for the consensus.

    Notes
    -----
    Source: Leik (1966), Pacific Sociological Review 9:85-90.
    """
    if too_few(frequencies):
        return None
    reached = np.cumsum(np.asarray(frequencies, dtype=float)) / sum(frequencies)
    return min(1.0, float(2 * np.minimum(reached, 1 - reached).clip(0).sum() / (len(frequencies) - 1)))


def too_few(frequencies: Sequence[float]) -> str:
    """Why agreement is undefined: NO_DATA, N_TOO_SMALL, NO_VARIANCE (one step), or "" when it is defined."""
    if not sum(frequencies):
        return "NO_DATA"
    if len(frequencies) < 2:
        return "NO_VARIANCE"
    whole = all(float(count).is_integer() for count in frequencies)
    return "N_TOO_SMALL" if whole and sum(frequencies) < 2 else ""


def within_group_agreement(ratings: Floats, *, scale_points: int) -> dict[str, Any]:
    """r_wg, r_wg(J) and a_wg of ratings on a scale 1..`scale_points`.

    `r_wg = 1 - s^2 / sigma^2` with s^2 the sample variance and `sigma^2 = (A^2 - 1) / 12` that of uniform
    answers; below 0 it is 0. `r_wg(J) = J (1 - q) / (J (1 - q) + q)`, q the mean of s^2 / sigma^2 over the J
    items. `a_wg = 1 - 2 s^2 / (((H + L) M - M^2 - H L) k / (k - 1))` for k raters with mean M, L = 1, H = A.

    Parameters
    ----------
    ratings
        Raters x items, 1..`scale_points`, NaN = missing.
    scale_points
        A, how many steps the scale has; 2 or more.

    Returns
    -------
    dict
        expected_variance; variance, rwg (0..1), awg (-1..1) per item; rwg_j 0..1 over the items that at least
        two rated; reasons per item. None: NO_DATA, N_TOO_SMALL (one rater), NO_VARIANCE (a_wg when all stand
        at one end of the scale).

    Notes
    -----
    Source: James, Demaree & Wolf (1984), J. of Applied Psychology 69:85-98; Brown & Hauenstein (2005).
    """
    expected = (scale_points**2 - 1) / 12
    items = [column[~np.isnan(column)] for column in ratings.T]
    variances = [float(item.var(ddof=1)) if len(item) > 1 else None for item in items]
    known = [variance for variance in variances if variance is not None]
    q = sum(known) / len(known) / expected if known else None
    return {
        "expected_variance": expected,
        "variance": variances,
        "rwg": [None if v is None else max(0.0, 1 - v / expected) for v in variances],
        "rwg_j": None
        if q is None
        else max(0.0, len(known) * (1 - q) / (len(known) * (1 - q) + q))
        if q < 1
        else 0.0,
        "awg": [
            None if v is None else _awg(item, v, scale_points)
            for item, v in zip(items, variances, strict=True)
        ],
        "reasons": [None if len(item) > 1 else "N_TOO_SMALL" if len(item) else "NO_DATA" for item in items],
    }


def _awg(item: Floats, variance: float, highest: int) -> float | None:
    middle = float(item.mean())
    largest = ((highest + 1) * middle - middle**2 - highest) * len(item) / (len(item) - 1)
    return 1 - 2 * variance / largest if largest > 1e-12 else None
