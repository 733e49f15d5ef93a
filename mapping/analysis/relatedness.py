"""Which domains go together: proximity (A4), normalised co-occurrence (A5), relatedness density (A6)."""

import numpy as np

from mapping.analysis.arrays import Floats, ratio


def co_occurrence(m: Floats) -> Floats:
    """`C = M'M` with the diagonal 0: in how many regions do two domains occur together. D x D."""
    counts: Floats = m.T @ m
    np.fill_diagonal(counts, 0.0)
    return counts


def proximity(m: Floats) -> Floats:
    """Product-space proximity `phi_ij = C_ij / max(k_i, k_j)`, the smaller conditional probability.

    Returns
    -------
    array D x D, 0 to 1, symmetric, diagonal 1; NaN for a domain that no region has (ubiquity 0).

    References
    ----------
    Hidalgo, Klinger, Barabasi & Hausmann (2007), Science 317:482-487.
    """
    counts: Floats = m.T @ m
    ubiquity = m.sum(axis=0)
    largest = np.maximum.outer(ubiquity, ubiquity)
    result = ratio(counts, largest)
    result[ubiquity == 0, :] = np.nan
    result[:, ubiquity == 0] = np.nan
    return result


def association_strength(counts: Floats) -> Floats:
    """`(C_ij / T) / ((S_i / T)(S_j / T))`: 1 is chance. 0/0 is 0; diagonal 0.

    `S_i = sum_j C_ij`, `T = sum_ij C_ij`, both triangles.

    References
    ----------
    van Eck & Waltman (2009), JASIST 60:1635-1651.
    """
    sums = counts.sum(axis=1)
    return _ratio(counts * counts.sum(), np.outer(sums, sums))


def probability_index(counts: Floats) -> Floats:
    """`C_ij / ((S_i/T S_j/(T - S_i) + S_j/T S_i/(T - S_j)) T/2)` (Steijn 2017); 0/0 is 0, diagonal 0."""
    sums = counts.sum(axis=1)
    total = counts.sum()
    rest = total - sums
    # S_i/T S_j/(T - S_i) T/2 = S_i S_j / (2 (T - S_i)); a domain that is in every pair leaves no rest.
    inverse = ratio(1.0, rest, otherwise=np.inf)
    product = np.outer(sums, sums)
    with np.errstate(invalid="ignore"):
        expected = product * (inverse[:, None] + inverse[None, :]) / 2
    return _ratio(counts, np.nan_to_num(expected, nan=0.0, posinf=np.inf))


def cosine_index(counts: Floats) -> Floats:
    """`C_ij / sqrt(S_i S_j)`, 0 to 1; 0/0 is 0."""
    sums = counts.sum(axis=1)
    return _ratio(counts, np.sqrt(np.outer(sums, sums)))


def jaccard_index(counts: Floats) -> Floats:
    """`C_ij / (S_i + S_j - C_ij)`, 0 to 1; 0/0 is 0."""
    sums = counts.sum(axis=1)
    return _ratio(counts, np.add.outer(sums, sums) - counts)


def portfolio_density(m: Floats, phi: Floats) -> Floats:
    """Hidalgo density (A6a) `w_rd = sum_j M_rj phi_jd / sum_j phi_jd`, diagonal included, 0 to 1.

    Domains without proximity (NaN) are left out of the sums; their own column is NaN.
    """
    known = np.nan_to_num(phi, nan=0.0)
    sums = known.sum(axis=0)
    product: Floats = m @ known
    return ratio(product, sums)


def density_of(m: Floats, phi: Floats) -> Floats:
    """Relatedness density (A6b) `100 sum_{j != d} M_rj phi_jd / sum_{j != d} phi_jd`, diagonal excluded.

    Parameters
    ----------
    m
        R x D, 0 or 1.
    phi
        D x D, not negative: association strength, or 0/1 for *related* (association > 1).

    Returns
    -------
    array R x D, 0 to 100; NaN for a domain that is related to no other.

    References
    ----------
    Boschma, Balland & Kogler (2015), Industrial and Corporate Change 24:223-250.
    """
    others = phi.copy()
    np.fill_diagonal(others, 0.0)
    sums = others.sum(axis=0)
    product: Floats = 100 * (m @ others)
    return ratio(product, sums)


def _ratio(above: Floats, below: Floats) -> Floats:
    result = ratio(above, below, otherwise=0.0)
    np.fill_diagonal(result, 0.0)
    return result
