"""One number from several indicators: means, outranking, a penalty for imbalance (B3, B4)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from governance.scoring.normalisation import has_variance, normalise, tie_of
from governance.scoring.settings import Thresholds

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
TIE = Thresholds.tie


@dataclass(frozen=True, kw_only=True)
class Composites:
    """One value per unit, NaN where undefined; copeland of the complete rows only, in their order.

    amean, gmean (1..100), hmean (1..100) of min-max values; amean_of_z; coverage: share of the weight of
    usable indicators (those with two different values) for which the unit has a value.
    """

    amean: Floats
    gmean: Floats
    hmean: Floats
    amean_of_z: Floats
    copeland: Floats
    complete: Flags
    coverage: Floats


def aggregate(
    table: Floats, *, direction: Floats, weights: Floats, min_coverage: float = Thresholds.min_coverage
) -> Composites:
    """Weighted means over the indicators a unit has, the weights renormalised over them (B4).

    `arithmetic sum w y / sum w`, `geometric exp(sum w ln y / sum w)`, `harmonic sum w / sum (w / y)`.
    Copeland: for each pair of complete rows the weight of the indicators won plus half of those tied; more
    than half of all is a win; wins minus losses, -(n - 1) to n - 1.

    Parameters
    ----------
    table, direction
        As for `normalise`.
    weights
        Per indicator, 0 or more. All 0: everything NaN (ZERO_TOTAL).
    min_coverage
        Share of the weight, 0..1, under which a unit has no value (COVERAGE_TOO_LOW).

    Returns
    -------
    Composites
        amean 0..100, gmean and hmean 1..100, amean_of_z any. NaN: no value (NO_DATA), too few
        (COVERAGE_TOO_LOW), no indicator with two different values (NO_VARIANCE).

    Notes
    -----
    Source: OECD/JRC (2008), Handbook, step 6; Munda & Nardo (2009) for outranking.
    Example: min-max values 0 and 100 with weights 3 and 1: arithmetic 25; on 1..100 geometric
    exp(1/4 ln 100) = 3.162, harmonic 4 / (3/1 + 1/100) = 1.329.
    """
    scaled = normalise(table, direction)
    usable = np.array([has_variance(column) for column in table.T], dtype=bool)
    used = np.where(usable, weights, 0.0)
    known = ~np.isnan(scaled["z"])
    coverage = coverage_of(table, weights)
    enough = coverage >= min_coverage - TIE
    complete = complete_rows(table)

    def mean(values: Floats) -> Floats:
        filled = np.where(known, values, 0.0)
        result: Floats = np.where(
            enough, _share((filled * used).sum(axis=1), (known * used).sum(axis=1)), np.nan
        )
        return result

    low = np.where(known, scaled["minmax_1_100"], 1.0)
    return Composites(
        amean=mean(scaled["minmax_0_100"]),
        gmean=np.exp(mean(np.log(low))),
        hmean=1 / mean(1 / low),
        amean_of_z=mean(scaled["z"]),
        copeland=copeland((table * direction)[complete], weights=weights),
        complete=complete,
        coverage=coverage,
    )


def coverage_of(table: Floats, weights: Floats) -> Floats:
    """Share of the weight of usable indicators for which each unit has a value: `sum known w / sum w`.

    table: units x indicators, NaN = missing; weights per indicator, 0 or more. 0..1; NaN when no indicator
    with a weight tells units apart (NO_VARIANCE, ZERO_TOTAL). Source: B4.
    """
    used = np.where([has_variance(column) for column in table.T], weights, 0.0)
    return _share((~np.isnan(table) * used).sum(axis=1), np.full(len(table), used.sum()))


def copeland(rows: Floats, *, weights: Floats) -> Floats:
    """Wins minus losses of each row against the others, outranking after Copeland.

    A row wins against another when the weight of the indicators in which it is higher, plus half of those in
    which they tie, `sum_j w_j ([x_j > y_j] + [x_j = y_j] / 2) / sum_j w_j`, is more than a half.

    Parameters
    ----------
    rows
        Units x indicators, complete, higher is better.
    weights
        Per indicator, 0 or more.

    Returns
    -------
    array of length n
        -(n - 1) to n - 1; NaN when no indicator has any weight (ZERO_TOTAL).

    Notes
    -----
    Source: Munda & Nardo (2009), Applied Economics 41:1513-1523; Copeland (1951).
    """
    if not weights.sum():
        return np.full(len(rows), np.nan)
    wins = np.zeros(len(rows))
    ties = np.array([tie_of(column) for column in rows.T])
    for place, row in enumerate(rows):
        difference = row[None, :] - rows
        won = (difference > ties) + 0.5 * (np.abs(difference) <= ties)
        share = won @ (weights / weights.sum())
        against = np.arange(len(rows)) != place
        wins[place] = (share[against] > 0.5 + TIE).sum() - (share[against] < 0.5 - TIE).sum()
    return wins


def mazziotta_pareto(table: Floats, *, direction: Floats) -> Floats:
    """Mean of z(100, 10) minus a penalty for imbalance, of the complete rows in their order.

    `MPI = M - S cv`, M and S the mean and population deviation of a row's values, `cv = S / M`. All
    indicators weigh the same.

    Parameters
    ----------
    table, direction
        As for `normalise`. Indicators without two different values are left out.

    Returns
    -------
    array, one value per complete row, in their order
        At most about 100 + 10 times the best z. NaN: no indicator is left (NO_VARIANCE), or M is not above 0
        (ZERO_TOTAL).

    Notes
    -----
    Source: Mazziotta & Pareto (2016), Social Indicators Research 127:983-1003.
    Example: values 90 and 110: M = 100, S = 10, MPI = 100 - 10 * 0.1 = 99.
    """
    complete = complete_rows(table)
    rows = normalise(table, direction)["z_100_10"][complete]
    rows = rows[:, [has_variance(column) for column in table.T]]
    if not rows.shape[1]:
        return np.full(len(rows), np.nan)
    middle, spread = rows.mean(axis=1), rows.std(axis=1)
    result: Floats = middle - spread * _share(spread, middle)
    return result


def complete_rows(table: Floats) -> Flags:
    """Rows without a missing value."""
    found: Flags = np.logical_not(np.isnan(table).any(axis=1))
    return found


def _share(above: Floats, below: Floats) -> Floats:
    result: Floats = np.full(above.shape, np.nan)
    np.divide(above, below, out=result, where=below > 0)
    return result
