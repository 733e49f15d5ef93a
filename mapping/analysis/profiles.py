"""Similarity of profiles (A11): for peers and for critical mass, never a synergy by itself."""

import numpy as np

from mapping.analysis.arrays import Floats, ratio

ROW_BLOCK = 16


def row_shares(x: Floats) -> Floats:
    """`s_rd = x_rd / x_r.`; a row without a positive total is NaN."""
    return ratio(x, x.sum(axis=1, keepdims=True))


def shared_mass(shares: Floats) -> Floats:
    """Finger-Kreinin similarity `FK_rq = sum_d min(s_rd, s_qd) = 1 - K_rq / 2` of all pairs of rows.

    Parameters
    ----------
    shares
        R x D, rows sum to 1; a row of NaN is a region without data.

    Returns
    -------
    array R x R, 0 to 1, symmetric; NaN where a side has no data. Memory is R x R, never R x R x D.

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
        result[start : start + ROW_BLOCK] = block
    if shares.shape[1] == 0:
        result[:] = np.nan
    return result


def cosine_similarity(shares: Floats) -> Floats:
    """`sum s_r s_q / (|s_r| |s_q|)`, R x R, 0 to 1; NaN without data."""
    lengths = np.sqrt((shares**2).sum(axis=1))
    with np.errstate(invalid="ignore", divide="ignore"):
        product: Floats = shares @ shares.T / np.outer(lengths, lengths)
    return np.clip(product, 0.0, 1.0)


def jaccard_similarity(members: Floats) -> Floats:
    """`|A n B| / |A u B|` of the rows of a 0/1 matrix, R x R; both sets empty: NaN.

    A row with NaN (no data) is NaN throughout.
    """
    both = members @ members.T
    sizes = members.sum(axis=1)
    union = sizes[:, None] + sizes[None, :] - both
    return ratio(both, union)
