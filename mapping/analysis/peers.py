"""Structural distance for choosing peers (A12): conditions that cannot be changed quickly, never results."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mapping.analysis.arrays import TIE, Floats, Ints, ratio

MIN_JOINT_WEIGHT = 0.75
PEERS = 15
MOST_SKEW, MOST_KURTOSIS = 2.0, 3.5
MOST_WINSORISED = 0.1  # of the units; beyond that a variable is odd as a whole, not by outliers


@dataclass(frozen=True, kw_only=True)
class StructuralDistance:
    normalised: Floats  # R x V, 0 to 1; NaN missing, or the same everywhere
    distance: Floats  # R x R, 0 to 1, symmetric; NaN below the least joint weight
    joint_weight: Floats  # R x R, share of the weight that both have


def winsorise(x: Floats) -> Floats:
    """Pull in outliers, variable by variable, until |skewness| <= 2 and excess kurtosis <= 3.5.

    The value farthest from the median takes the next value, one at a time, for at most a tenth of the
    units. Missing values (NaN) stay missing.
    """
    result = x.copy()
    for column in result.T:
        known = np.flatnonzero(~np.isnan(column))
        for _ in range(int(len(known) * MOST_WINSORISED)):
            values = column[known]
            spread = values.std()
            if spread == 0:
                break
            z = (values - values.mean()) / spread
            if abs((z**3).mean()) <= MOST_SKEW and (z**4).mean() - 3 <= MOST_KURTOSIS:
                break
            far = int(np.abs(values - np.median(values)).argmax())
            inner = values[values < values[far]] if z[far] > 0 else values[values > values[far]]
            column[known[values == values[far]]] = inner.max() if z[far] > 0 else inner.min()
    return result


def structural_distance(
    x: Floats, weights: Floats, *, min_joint_weight: float = MIN_JOINT_WEIGHT
) -> StructuralDistance:
    """Weighted squared distance of all pairs of units on min-max normalised variables.

    `d(r, q) = sum_j w_j (z_rj - z_qj)^2 / sum_j w_j`, both sums over the variables that both units have.

    Parameters
    ----------
    x
        R x V, NaN is missing.
    weights
        V, not negative; made to sum to 1. Blocks of shares (sectors, patents) share one weight.
    min_joint_weight
        Below this share of jointly observed weight a distance is NaN (`COVERAGE_TOO_LOW`).

    Returns
    -------
    StructuralDistance
        A variable that is the same everywhere is NaN (`NO_VARIANCE`) and counts as missing.

    References
    ----------
    Principle of Navarro et al. (2014), S3 Working Paper 3/2014, JRC89819; the weights are configuration.
    """
    known = ~np.isnan(x)
    low = np.min(np.where(known, x, np.inf), axis=0)
    high = np.max(np.where(known, x, -np.inf), axis=0)
    # No value at all leaves an infinite range the wrong way round: NaN too.
    normalised = ratio(np.where(known, x, np.nan) - low, np.where(np.isfinite(high - low), high - low, 0.0))
    shares = weights / weights.sum()
    observed = (~np.isnan(normalised)).astype(float)
    z = np.nan_to_num(normalised, nan=0.0)
    joint = (observed * shares) @ observed.T
    squares = (z**2 * shares) @ observed.T
    total = squares + squares.T - 2 * (z * shares) @ z.T
    distance = ratio(np.maximum(total, 0.0), joint)
    distance[joint < min_joint_weight - TIE] = np.nan
    return StructuralDistance(normalised=normalised, distance=distance, joint_weight=joint)


def nearest_peers(
    distance: Floats, *, countries: Sequence[str] | None = None, k: int | None = None
) -> list[Ints]:
    """The nearest units of each unit, nearest first; ties in the order of the units.

    Parameters
    ----------
    distance
        R x R, NaN is undefined: such a unit is nobody's peer here.
    countries
        Given: units of the same country are left out (*exclude my country*).
    k
        At most so many; None is all. The usual number is `PEERS`.
    """
    values = np.round(distance, 12)
    home = None if countries is None else np.array(countries, dtype=object)
    peers = []
    for unit, row in enumerate(values):
        order = np.argsort(row, kind="stable")
        order = order[~np.isnan(row[order]) & (order != unit)]
        if home is not None:
            order = order[home[order] != home[unit]]
        peers.append(order[:k])
    return peers
