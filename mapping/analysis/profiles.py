"""Similarity of profiles (A11): for peers and for critical mass, never a synergy by itself."""

import numpy as np

from mapping.analysis.arrays import Floats, ratio

ROW_BLOCK = 16


def row_shares(x: Floats) -> Floats:
    """`s_rd = x_rd / x_r.` of a table R x D, 0 to 1; a row without a positive total is NaN (`ZERO_TOTAL`)."""
    return ratio(x, x.sum(axis=1, keepdims=True))


def shared_mass(shares: Floats) -> Floats:
    """Finger-Kreinin similarity `FK_rq = sum_d min(s_rd, s_qd) = 1 - K_rq / 2` of all pairs of rows.

    Parameters
    ----------
    shares
        R x D, rows sum to 1; a row of NaN is a region without data.

    Returns
    -------
    array R x R, 0 to 1, symmetric; NaN where a side has no data (`NO_DATA`).
    Memory is R x R, never R x R x D.

    References
    ----------
    Finger & Kreinin (1979), Economic Journal 89:905-912.
    """
    result = np.empty((len(shares), len(shares)))
    for start in range(0, len(shares), ROW_BLOCK):
        rows = shares[start : start + ROW_BLOCK]
        block = np.zeros((len(rows), len(shares)))
        for domain in range(shares.shape[1]):
            block += np.minimum(rows[:, domain, None], shares[None, :, domain])
        result[start : start + ROW_BLOCK] = np.minimum(block, 1.0)  # rounding may leave a little more
    if shares.shape[1] == 0:
        result[:] = np.nan
    return result


def cosine_similarity(shares: Floats) -> Floats:
    """`sum_d s_rd s_qd / (|s_r| |s_q|)` of all pairs of rows.

    Parameters
    ----------
    shares
        R x D, rows sum to 1; a row of NaN is a region without data.

    Returns
    -------
    array R x R, 0 (no domain in common) to 1, symmetric; NaN where a side has no data (`NO_DATA`).

    References
    ----------
    Salton & McGill (1983), Introduction to Modern Information Retrieval.
    """
    lengths = np.sqrt((shares**2).sum(axis=1, keepdims=True))
    units = ratio(shares, lengths)
    return np.clip(units @ units.T, 0.0, 1.0)


def jaccard_similarity(members: Floats) -> Floats:
    """`|A n B| / |A u B|` of all pairs of rows of a 0/1 matrix.

    Parameters
    ----------
    members
        R x D, 0 or 1; a row with NaN is a region of which not all is known.

    Returns
    -------
    array R x R, 0 to 1, symmetric. NaN: both sets are empty (`ZERO_TOTAL`), or a side is not known
    (`NO_DATA`).

    References
    ----------
    Jaccard (1912), New Phytologist 11:37-50.
    """
    both = members @ members.T
    sizes = members.sum(axis=1)
    union = sizes[:, None] + sizes[None, :] - both
    return ratio(both, union)
