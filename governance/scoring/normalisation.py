"""Making indicators comparable: goalposts with gaps (B2, B5), min-max, z-scores, ranks (B2)."""

import numpy as np
from numpy.typing import NDArray

from governance.scoring.settings import Thresholds

Floats = NDArray[np.float64]
NOISE = 1e-12  # of the largest value: 0.1 + 0.2 and 0.3 are one value


def goalposts(
    x: Floats, *, lower: float, upper: float, target: float | None
) -> dict[str, Floats | str | None]:
    """Scores 0..100 between fixed ends L and U, and the gap to a target T.

    `score = 100 clip((x - L) / (U - L), 0, 1)`, reversed `100 - score` (lower is better),
    `signed_gap = (T - x) / (U - L)`, `deficit = max(0, signed_gap)`.

    Parameters
    ----------
    x
        Values, any length, NaN = missing.
    lower, upper
        The ends L <= U.
    target
        T, or None.

    Returns
    -------
    dict of arrays as long as `x`
        score and score_reversed 0..100; signed_gap any, deficit 0 or more. NaN stays NaN (NO_DATA); L = U:
        all NaN, reason NO_VARIANCE; no target: both gaps NaN (NO_TARGET).

    Notes
    -----
    Source: OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5.
    Example: x = 2 on 1..5 with target 4: score 25, reversed 75, gap (4 - 2) / 4 = 0.5.
    """
    span = upper - lower
    if span == 0:
        nothing = np.full(x.shape, np.nan)
        return {
            **dict.fromkeys(("score", "score_reversed", "signed_gap", "deficit"), nothing),
            "reason": "NO_VARIANCE",
        }
    score = 100 * np.clip((x - lower) / span, 0, 1)
    gap = ((np.nan if target is None else target) - x) / span
    return {
        "score": score,
        "score_reversed": 100 - score,
        "signed_gap": gap,
        "deficit": np.maximum(0.0, gap),
        "reason": None,
    }


def normalise(table: Floats, direction: Floats) -> dict[str, Floats]:
    """Columns made comparable; NaN stays NaN, and a column is turned where its direction is -1.

    Parameters
    ----------
    table
        Units x indicators, NaN = missing.
    direction
        1 (higher is better) or -1 per indicator.

    Returns
    -------
    dict of arrays shaped like `table`
        `minmax_0_100 = 100 (x - min) / (max - min)`; minmax_1_100 the same on 1..100; z with the sample
        deviation; `z_100_10 = 100 + 10 z`; `percentile_rank = (rank - 1) / (n - 1)`, 0..1, ties take the
        lower rank; `borda = rank - 1`. A column without two different values: NaN (NO_VARIANCE), borda 0.
        Values are different from 1e-9 on (of the largest, where that is below 1).

    Notes
    -----
    Source: OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5.
    Example: (1, 2, 4): min-max 0, 33.33, 100; mean 7/3, deviation 1.5275, z of 4 is 1.0911.
    """
    turned = table * direction
    result = {
        name: np.full(table.shape, np.nan)
        for name in ("minmax_0_100", "minmax_1_100", "z", "z_100_10", "percentile_rank", "borda")
    }
    for column in range(table.shape[1]):
        there = ~np.isnan(turned[:, column])
        values = turned[there, column]
        below = (values[None, :] < values[:, None] - tie_of(values)).sum(axis=1)
        result["borda"][there, column] = below
        if not has_variance(values):
            continue
        share = (values - values.min()) / (values.max() - values.min())
        z = (values - values.mean()) / values.std(ddof=1)
        for name, made in (
            ("minmax_0_100", 100 * share),
            ("minmax_1_100", 1 + 99 * share),
            ("z", z),
            ("z_100_10", 100 + 10 * z),
            ("percentile_rank", below / (len(values) - 1)),
        ):
            result[name][there, column] = made
    return result


def has_variance(values: Floats) -> bool:
    """At least two different values, NaN and what rounding makes of equal ones apart."""
    there = values[~np.isnan(values)]
    return len(there) > 1 and bool(there.max() - there.min() > NOISE * np.abs(there).max())


def tie_of(values: Floats) -> float:
    """How far equal values of an indicator may lie apart: 1e-9, less where all its values are small."""
    return Thresholds.tie * min(1.0, float(np.abs(values).max(initial=0.0)))
