"""Which domains go together: proximity (A4), normalised co-occurrence (A5), relatedness density (A6)."""

import numpy as np

from mapping.analysis.arrays import MIN_COVERAGE, TIE, Floats, presence, ratio


def co_occurrence(m: Floats) -> Floats:
    """`C = M'M` with the diagonal 0: in how many regions two domains occur together.

    Parameters
    ----------
    m
        R x D, 0 or 1; NaN is not known.

    Returns
    -------
    array D x D, symmetric, 0 to R. A pair that only some regions know is counted over these and scaled up to
    all regions of which anything is known, so that not known is never *absent*; NaN for a pair that no
    region knows (`NO_DATA`).

    References
    ----------
    van Eck & Waltman (2009), JASIST 60:1635-1651; the rule for what is not known is this product's.
    """
    known, present = ~np.isnan(m), presence(m)
    counts: Floats = present.T @ present
    if not known.all():
        both = known.astype(float).T @ known
        counts = ratio(counts * known.any(axis=1).sum(), both)
    np.fill_diagonal(counts, np.where(known.any(axis=0), 0.0, np.nan))
    return counts


def proximity(m: Floats) -> Floats:
    """Product-space proximity `phi_ij = C_ij / max(k_i, k_j)`, the smaller conditional probability.

    Parameters
    ----------
    m
        R x D, 0 or 1; NaN is not known. Each pair is read in the regions that know both domains.

    Returns
    -------
    array D x D, 0 to 1, symmetric, diagonal 1; NaN for a domain that no region has (`ZERO_TOTAL`).

    References
    ----------
    Hidalgo, Klinger, Barabasi & Hausmann (2007), Science 317:482-487.
    """
    known, present = ~np.isnan(m), presence(m)
    counts: Floats = present.T @ present
    # [i, j]: regions with i, among those that know j.
    having = present.T @ known if not known.all() else present.sum(axis=0)[:, None]
    result = ratio(counts, np.maximum(having, having.T))
    nowhere = present.sum(axis=0) == 0
    result[nowhere, :] = np.nan
    result[:, nowhere] = np.nan
    return result


def association_strength(counts: Floats) -> Floats:
    """`(C_ij / T) / ((S_i / T)(S_j / T))`, `S_i = sum_j C_ij`, `T = sum_ij C_ij` (both triangles).

    Parameters
    ----------
    counts
        Co-occurrence, D x D, symmetric, diagonal 0; NaN is a pair of which nothing is known.

    Returns
    -------
    array D x D, 0 or more: 1 is chance. 0/0 is 0 (A5; such domains are flagged), the diagonal 0; NaN
    (`NO_DATA`) stays.

    References
    ----------
    van Eck & Waltman (2009), JASIST 60:1635-1651.
    """
    sums = np.nansum(counts, axis=1)
    return _ratio(counts * sums.sum(), np.outer(sums, sums))


def probability_index(counts: Floats) -> Floats:
    """`C_ij / ((S_i/T S_j/(T - S_i) + S_j/T S_i/(T - S_j)) T/2)`: observed by expected co-occurrence.

    Parameters
    ----------
    counts
        As for `association_strength`.

    Returns
    -------
    array D x D, 0 or more: 1 is chance. 0/0 is 0, the diagonal 0; NaN (`NO_DATA`) stays.

    References
    ----------
    Steijn (2017), EconGeo's `relatedness(method="prob")`.
    """
    sums = np.nansum(counts, axis=1)
    total = sums.sum()
    # S_i/T S_j/(T - S_i) T/2 = S_i S_j / (2 (T - S_i)); a domain that is in every pair leaves no rest.
    inverse = ratio(1.0, total - sums, otherwise=np.inf)
    with np.errstate(invalid="ignore"):
        expected = np.outer(sums, sums) * (inverse[:, None] + inverse[None, :]) / 2
    return _ratio(counts, np.nan_to_num(expected, nan=0.0, posinf=np.inf))


def cosine_index(counts: Floats) -> Floats:
    """`C_ij / sqrt(S_i S_j)`, `S_i = sum_j C_ij`.

    Parameters
    ----------
    counts
        As for `association_strength`.

    Returns
    -------
    array D x D, 0 to 1. 0/0 is 0, the diagonal 0; NaN (`NO_DATA`) stays.

    References
    ----------
    van Eck & Waltman (2009), JASIST 60:1635-1651.
    """
    sums = np.nansum(counts, axis=1)
    return _ratio(counts, np.sqrt(np.outer(sums, sums)))


def jaccard_index(counts: Floats) -> Floats:
    """`C_ij / (S_i + S_j - C_ij)`, `S_i = sum_j C_ij`.

    Parameters
    ----------
    counts
        As for `association_strength`.

    Returns
    -------
    array D x D, 0 to 1. 0/0 is 0, the diagonal 0; NaN (`NO_DATA`) stays.

    References
    ----------
    van Eck & Waltman (2009), JASIST 60:1635-1651.
    """
    sums = np.nansum(counts, axis=1)
    return _ratio(counts, np.add.outer(sums, sums) - counts)


def portfolio_density(m: Floats, phi: Floats) -> Floats:
    """Hidalgo density (A6a) `w_rd = sum_j M_rj phi_jd / sum_j phi_jd`, the diagonal included.

    Parameters
    ----------
    m
        R x D, 0 or 1; NaN is not known: such domains leave both sums of that region.
    phi
        D x D, proximity; domains without one (NaN) leave the sums of all regions.

    Returns
    -------
    array R x D, 0 to 1. NaN: the domain has no proximity (`ZERO_TOTAL`); the region knows less than two
    thirds of what is related to it, by weight (`COVERAGE_TOO_LOW`).

    References
    ----------
    Hidalgo, Klinger, Barabasi & Hausmann (2007), Science 317:482-487.
    """
    return _share_known(m, np.nan_to_num(phi, nan=0.0))


def density_of(m: Floats, phi: Floats) -> Floats:
    """Relatedness density (A6b) `100 sum_{j != d} M_rj phi_jd / sum_{j != d} phi_jd`, diagonal excluded.

    Parameters
    ----------
    m
        R x D, 0 or 1; NaN is not known: such domains leave both sums of that region.
    phi
        D x D, not negative: association strength, or 0/1 for *related* (association > 1); NaN is left out.

    Returns
    -------
    array R x D, 0 to 100. NaN: the domain is related to no other (`ZERO_TOTAL`); the region knows less than
    two thirds of what is related to it, by weight (`COVERAGE_TOO_LOW`).

    References
    ----------
    Boschma, Balland & Kogler (2015), Industrial and Corporate Change 24:223-250.
    """
    others = np.nan_to_num(phi, nan=0.0)
    np.fill_diagonal(others, 0.0)
    result: Floats = 100 * _share_known(m, others)
    return result


def _share_known(m: Floats, weights: Floats) -> Floats:
    """Of the weight of what a region knows, the share that it has: `sum_j M_rj w_jd / sum_j w_jd`."""
    sums = weights.sum(axis=0)
    product: Floats = presence(m) @ weights
    known = ~np.isnan(m)
    if known.all():
        return ratio(product, sums)
    weighed = known @ weights
    return ratio(product, np.where(weighed >= (MIN_COVERAGE - TIE) * sums, weighed, 0.0))


def _ratio(above: Floats, below: Floats) -> Floats:
    result = ratio(above, below, otherwise=0.0)
    result[np.isnan(above)] = np.nan
    np.fill_diagonal(result, np.where(np.isnan(np.diag(above)), np.nan, 0.0))
    return result
