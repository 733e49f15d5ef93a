"""How far ranks depend on the way a composite is made (B6)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from governance.scoring.composites import TIE, aggregate

Floats = NDArray[np.float64]


def competition_ranks(values: Floats) -> Floats:
    """`1 + number of higher values`: rank 1 is the highest, equal values (1e-9) share the better rank.

    Parameters
    ----------
    values
        One per unit; NaN has no rank.

    Returns
    -------
    array of that length, 1 to n; NaN for a unit without a value, for the reason of that (NO_DATA ...).

    Notes
    -----
    Source: R's rank(ties="min").
    """
    ahead = (values[None, :] > values[:, None] + TIE).sum(axis=1)
    return np.where(np.isnan(values), np.nan, 1.0 + ahead)


def rank_robustness(table: Floats, *, direction: Floats, weights: Floats) -> dict[str, Any]:
    """Ranks of units in six scenarios: three ways to aggregate, with the given and with equal weights.

    Scenarios: arithmetic mean of min-max values, geometric mean on 1..100, arithmetic mean of z-scores, each
    with `weights`; then the three with equal weights. `R_S = mean over units of |rank - rank in scenario 1|`.

    Parameters
    ----------
    table, direction, weights
        As for `aggregate`: units x indicators, 1 or -1 and a weight per indicator.

    Returns
    -------
    dict of arrays
        ranks (units x 6, 1 to n; NaN without a value: NO_DATA, COVERAGE_TOO_LOW, NO_VARIANCE, ZERO_TOTAL);
        median, q05, q95 (type 7), mean of each unit's ranks; mean_abs_shift_per_scenario_vs_first (6);
        overall_average_shift: mean over the other five, or NaN.

    Notes
    -----
    Source: Saisana, Saltelli & Tarantola (2005), J. of the Royal Statistical Society A 168:307-323.
    Example: two units that swap places in one of five scenarios shift by 1 each there: overall 1/5.
    """
    scores = []
    for used in (weights, np.ones_like(weights)):
        made = aggregate(table, direction=direction, weights=used)
        scores += [made.amean, made.gmean, made.amean_of_z]
    ranks = np.column_stack([competition_ranks(values) for values in scores])
    shifts = [_mean(np.abs(ranks[:, place] - ranks[:, 0])) for place in range(ranks.shape[1])]
    quantiles = np.array([_quantiles(row) for row in ranks]).reshape(len(ranks), 3)
    return {
        "ranks": ranks,
        "median": quantiles[:, 1],
        "q05": quantiles[:, 0],
        "q95": quantiles[:, 2],
        "mean": np.array([_mean(row) for row in ranks]),
        "mean_abs_shift_per_scenario_vs_first": np.array(shifts),
        "overall_average_shift": _mean(np.array(shifts[1:])),
    }


def _mean(values: Floats) -> float:
    there = values[~np.isnan(values)]
    return float(there.mean()) if len(there) else float("nan")


def _quantiles(ranks: Floats) -> Floats:
    there = ranks[~np.isnan(ranks)]
    return np.quantile(there, [0.05, 0.5, 0.95]) if len(there) else np.full(3, np.nan)
