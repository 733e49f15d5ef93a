"""Specialisation: location quotients (A1), the noise guard (A2), counts (A3), concentration (A11, A13)."""

from collections.abc import Sequence

import numpy as np

from mapping.analysis.arrays import TIE, Floats, ratio
from mapping.analysis.profiles import row_shares


def location_quotients(x: Floats) -> Floats:
    """Location quotient `LQ_rd = (x_rd / x_r.) / (x_.d / x_..)`: 1 is the same share as in the whole.

    Parameters
    ----------
    x
        R x D, counts of one territorial level; NaN is a cell of which nothing is known. Totals run over
        the known cells.

    Returns
    -------
    array R x D, 0 to x_../x_.d; NaN for unknown cells and in a row or column whose total is 0 (`ZERO_TOTAL`).

    References
    ----------
    Balassa (1965), Manchester School 33:99-123; Hoover (1936).
    """
    rows = np.nansum(x, axis=1, keepdims=True)
    columns = np.nansum(x, axis=0, keepdims=True)
    return ratio(x * columns.sum(), rows * columns)


def specialised(lq: Floats) -> Floats:
    """Binary specialisation `M = 1[LQ >= 1]`, ties high; NaN where the quotient is."""
    return np.where(np.isnan(lq), np.nan, lq >= 1 - TIE)


def presence(m: Floats) -> Floats:
    """Unknown cells as absent: they prove neither that two domains go together nor that they do not."""
    return np.nan_to_num(m, nan=0.0)


def counts_along(m: Floats, axis: int) -> Floats:
    """Diversity (axis 1) or ubiquity (axis 0): sum of the known cells; NaN where none is known."""
    known = ~np.isnan(m)
    return np.where(known.any(axis=axis), np.nansum(m, axis=axis), np.nan)


def upper_tail(x: Floats, expected: Floats) -> Floats:
    """`P(X >= x)` for a Poisson count with mean `expected`; NaN where either is unknown or the mean is 0."""
    from scipy.special import gammainc  # slow import

    usable = (expected > 0) & ~np.isnan(x)
    steps = np.ceil(np.where(usable, x, 0.0))
    tail = np.where(steps > 0, gammainc(np.maximum(steps, 1.0), np.where(usable, expected, 1.0)), 1.0)
    return np.where(usable, tail, np.nan)


def krugman_against_total(x: Floats) -> Floats:
    """`K_r = sum_d |s_rd - s_.d|` against the whole, 0 to 2; half of it is Hoover's coefficient.

    A row without a positive total is NaN.
    """
    shares = row_shares(np.nan_to_num(x, nan=0.0))
    whole = row_shares(np.nansum(x, axis=0, keepdims=True))
    distance: Floats = np.abs(shares - whole).sum(axis=1)
    return distance


def hachman(x: Floats) -> Floats:
    """`1 / sum_d LQ_rd s_rd`, 0 to 1: 1 is the structure of the whole. A row without a total is NaN."""
    shares = row_shares(np.nan_to_num(x, nan=0.0))
    weighted = np.nansum(location_quotients(x) * shares, axis=1)
    return ratio(1.0, weighted)


def herfindahl(shares: Floats) -> Floats:
    """`sum s^2` per row, 1/D to 1."""
    return np.asarray((shares**2).sum(axis=1), dtype=float)


def entropy(shares: Floats, *, base: float = np.e) -> Floats:
    """Shannon entropy `-sum s ln s` per row (0 ln 0 = 0); base 2 gives bits."""
    terms = np.where(shares > 0, shares * np.log(np.where(shares > 0, shares, 1.0)), 0.0)
    total = -np.where(np.isnan(shares).any(axis=1), np.nan, terms.sum(axis=1)) / np.log(base)
    return np.asarray(np.maximum(total, 0.0), dtype=float)  # rounding may leave a little less than nothing


def variety(shares: Sequence[float], groups: Sequence[str]) -> tuple[float | None, float | None]:
    """Related and unrelated variety of one profile, in bits; their sum is the entropy of the profile.

    `RV = sum_g P_g H_g`, `H_g = sum_{i in g} (p_i / P_g) log2(P_g / p_i)`; UV is the entropy of the P_g.

    Returns
    -------
    related, unrelated; (None, None) without a positive total (`ZERO_TOTAL`).

    References
    ----------
    Frenken, Van Oort & Verburg (2007), Regional Studies 41:685-697.
    """
    profile = np.asarray(shares, dtype=float)
    if not profile.sum() > 0:
        return None, None
    profile = profile / profile.sum()
    names = sorted(set(groups))
    member = np.array([[group == name for group in groups] for name in names], dtype=float)
    unrelated = float(entropy((member @ profile)[None, :], base=2)[0])
    return max(0.0, float(entropy(profile[None, :], base=2)[0]) - unrelated), unrelated
