"""How concentrated a region is: against the whole (A11), and in itself (A13)."""

from collections.abc import Sequence

import numpy as np

from mapping.analysis.arrays import Floats, ratio
from mapping.analysis.profiles import row_shares
from mapping.analysis.specialisation import complete


def krugman_against_total(x: Floats) -> Floats:
    """`K_r = sum_d |s_rd - s_.d|` against the whole, half of which is Hoover's coefficient.

    Parameters
    ----------
    x
        R x D, counts; NaN is a blank. The whole is the sum of the regions without blanks.

    Returns
    -------
    array of length R, 0 (the structure of the whole) to 2. NaN: a row with a blank (`NO_DATA`), whose shares
    are not known, or without a positive total (`ZERO_TOTAL`).

    References
    ----------
    Krugman (1991), Geography and Trade; Hoover (1936), Review of Economics and Statistics 18:162-171.
    """
    distance: Floats = np.abs(whole_shares(x) - _share_of_whole(x)).sum(axis=1)
    return distance


def hachman(x: Floats) -> Floats:
    """`1 / sum_d LQ_rd s_rd`: how close a region comes to the structure of the whole.

    Parameters
    ----------
    x
        R x D, counts; NaN is a blank. The whole is the sum of the regions without blanks.

    Returns
    -------
    array of length R, above 0 to 1: 1 is the structure of the whole. NaN: a row with a blank (`NO_DATA`) or
    without a positive total (`ZERO_TOTAL`).

    References
    ----------
    Hachman index as in EconGeo (Balland, 2017): `sum_d s_rd^2 / s_.d` is the sum it inverts.
    """
    shares = whole_shares(x)
    weighted = ratio(shares**2, _share_of_whole(x), otherwise=0.0).sum(axis=1)
    return ratio(1.0, np.where(np.isnan(shares).any(axis=1), np.nan, weighted))


def whole_shares(x: Floats) -> Floats:
    """`s_rd = x_rd / x_r.`, R x D, of rows without blanks; other rows, and rows without a total, are NaN.

    A domain of which nothing is known anywhere is no domain of the table: it has the share 0.
    """
    shares = row_shares(np.nan_to_num(x, nan=0.0))
    shares[~complete(x)] = np.nan
    return shares


def _share_of_whole(x: Floats) -> Floats:
    return row_shares(np.nan_to_num(x[complete(x)], nan=0.0).sum(axis=0, keepdims=True))


def herfindahl(shares: Floats) -> Floats:
    """`sum_d s_rd^2` of each row.

    Parameters
    ----------
    shares
        R x D, rows sum to 1; a row of NaN has no shares.

    Returns
    -------
    array of length R, 1/D (even) to 1 (one domain); NaN for a row of NaN (`NO_DATA`, `ZERO_TOTAL`).

    References
    ----------
    Hirschman (1964), American Economic Review 54:761.
    """
    return np.asarray((shares**2).sum(axis=1), dtype=float)


def entropy(shares: Floats, *, base: float = np.e) -> Floats:
    """Shannon entropy `-sum_d s_rd ln s_rd` of each row, with 0 ln 0 = 0.

    Parameters
    ----------
    shares
        R x D, rows sum to 1; a row of NaN has no shares.
    base
        Of the logarithm; 2 gives bits.

    Returns
    -------
    array of length R, 0 (one domain) to ln D (even); NaN for a row of NaN (`NO_DATA`, `ZERO_TOTAL`).

    References
    ----------
    Shannon (1948), Bell System Technical Journal 27:379-423.
    """
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
