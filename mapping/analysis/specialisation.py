"""Specialisation: location quotients (A1), the noise guard (A2), counts (A3)."""

from dataclasses import dataclass

import numpy as np

from mapping.analysis.arrays import MIN_COVERAGE, TIE, Flags, Floats, Ints, ratio


@dataclass(frozen=True, kw_only=True)
class Reference:
    """What each region is compared with: the regions that know every domain which it knows itself.

    sums: R x D, their sum per domain; regions: R, how many they are. A region with a blank is so compared
    over the domains it knows, and nowhere does a blank count as 0.
    """

    sums: Floats
    regions: Ints


def reference_of(x: Floats) -> Reference:
    """The reference of every region of a table; without blanks it is the sum of all for each of them.

    Parameters
    ----------
    x
        R x D, counts of one territorial level; NaN is a cell of which nothing is known.
    """
    known = ~np.isnan(x)
    if known.all():
        sums = np.broadcast_to(x.sum(axis=0, keepdims=True), x.shape)
        return Reference(sums=sums, regions=np.full(len(x), len(x), dtype=np.int64))
    # [r, q]: q has no blank where r has a figure.
    knows = (known.astype(float) @ (~known).astype(float).T) == 0
    knows &= known.any(axis=1)
    return Reference(
        sums=np.where(known, knows.astype(float) @ np.nan_to_num(x, nan=0.0), 0.0),
        regions=knows.sum(axis=1).astype(np.int64),
    )


def enough_known(x: Floats) -> Flags:
    """Regions that know at least two thirds of the domains of which anything is known (B4)."""
    known = ~np.isnan(x)
    used = known.any(axis=0)
    enough: Flags = np.asarray(known.sum(axis=1) >= max(MIN_COVERAGE * int(used.sum()) - TIE, 1))
    return enough


def complete(x: Floats) -> Flags:
    """Regions without a blank in the domains of which anything is known."""
    known = ~np.isnan(x)
    whole: Flags = np.logical_and(known[:, known.any(axis=0)].all(axis=1), known.any(axis=1))
    return whole


def location_quotients(x: Floats) -> Floats:
    """Location quotient `LQ_rd = (x_rd / x_r.) / (x_.d / x_..)`: 1 is the same share as in the whole.

    Parameters
    ----------
    x
        R x D, counts of one territorial level, 0 or more; NaN is a blank. A region with blanks is compared
        over the domains it knows, with the regions that know these (`reference_of`).

    Returns
    -------
    array R x D, 0 to x_../x_.d. NaN: a blank, or a region of which nothing is known (`NO_DATA`); a region
    that knows less than two thirds of the domains (`COVERAGE_TOO_LOW`); a row or column whose total is 0
    (`ZERO_TOTAL`).

    References
    ----------
    Balassa (1965), Manchester School 33:99-123; Hoover (1936). How blanks are met is this product's rule.
    """
    sums = reference_of(x).sums
    totals = np.where(np.isnan(x), 0.0, sums).sum(axis=1, keepdims=True)
    lq = ratio(x * totals, np.nansum(x, axis=1, keepdims=True) * sums)
    lq[~enough_known(x)] = np.nan
    return lq


def expected_counts(x: Floats) -> Floats:
    """`E_rd = x_r. x_.d / x_..`: the count of an equal share, with the reference of `location_quotients`.

    Parameters
    ----------
    x
        R x D, counts, 0 or more; NaN is a blank.

    Returns
    -------
    array R x D, 0 or more; NaN for a blank (`NO_DATA`) and without a total (`ZERO_TOTAL`).

    References
    ----------
    A2: what the noise guard compares a count with.
    """
    sums = np.where(np.isnan(x), 0.0, reference_of(x).sums)
    expected = ratio(np.nansum(x, axis=1, keepdims=True) * sums, sums.sum(axis=1, keepdims=True))
    return np.where(np.isnan(x), np.nan, expected)


def specialisations(x: Floats) -> Floats:
    """`M_rd = 1[LQ_rd >= 1]` of counts R x D: 0 where there is no total, NaN only because of a blank."""
    m = specialised(location_quotients(x))
    unknown = np.isnan(x) | ~enough_known(x)[:, None]
    return np.where(np.isnan(m) & ~unknown, 0.0, m)


def specialised(lq: Floats) -> Floats:
    """Binary specialisation `M_rd = 1[LQ_rd >= 1]`, ties high.

    Parameters
    ----------
    lq
        R x D, location quotients, NaN where undefined.

    Returns
    -------
    array R x D, 0 or 1; NaN where the quotient is (`NO_DATA`, `COVERAGE_TOO_LOW`, `ZERO_TOTAL`).

    References
    ----------
    Hidalgo, Klinger, Barabasi & Hausmann (2007), Science 317:482-487.
    """
    return np.where(np.isnan(lq), np.nan, lq >= 1 - TIE)


def counts_along(m: Floats, axis: int) -> Floats:
    """Diversity `k_r0 = sum_d M_rd` (axis 1) or ubiquity `k_d0 = sum_r M_rd` (axis 0).

    Parameters
    ----------
    m
        R x D, 0 or 1; NaN is not known and is not counted.
    axis
        1 counts the domains of each region, 0 the regions of each domain.

    Returns
    -------
    array of length R (0 to D) or D (0 to R); NaN where no cell is known (`NO_DATA`, `ZERO_TOTAL`).

    References
    ----------
    Hidalgo & Hausmann (2009), PNAS 106:10570-10575.
    """
    known = ~np.isnan(m)
    return np.where(known.any(axis=axis), np.nansum(m, axis=axis), np.nan)


def upper_tail(x: Floats, expected: Floats) -> Floats:
    """`P(X >= x)` for a Poisson count with mean E: could an equal share alone make a count so high?

    Parameters
    ----------
    x, expected
        Arrays of one shape: counts, 0 or more (a broken one counts as the next whole one), and means E.

    Returns
    -------
    array of that shape, 0 to 1. NaN: x or E is not known (`NO_DATA`), or E is 0 (`ZERO_TOTAL`).

    References
    ----------
    Identity of the Poisson tail and the regularised incomplete gamma function, as R's ppois.
    """
    from scipy.special import gammainc  # slow import

    usable = (expected > 0) & ~np.isnan(x)
    steps = np.ceil(np.where(usable, x, 0.0))
    tail = np.where(steps > 0, gammainc(np.maximum(steps, 1.0), np.where(usable, expected, 1.0)), 1.0)
    return np.where(usable, tail, np.nan)
