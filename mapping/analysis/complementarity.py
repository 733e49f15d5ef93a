"""Who can add what to whom: complementarity of regions (A10), value-chain fill (A15). Both are directed."""

import numpy as np

from mapping.analysis.arrays import MIN_COVERAGE, TIE, Floats, presence, ratio


def normalised_relatedness(relatedness: Floats) -> Floats:
    """D x D: `phi_ij / sum_{j != i} phi_ij` in row i, diagonal 0; NaN for a domain related to no other."""
    others = relatedness.astype(float).copy()
    np.fill_diagonal(others, 0.0)
    sums = others.sum(axis=1, keepdims=True)
    return ratio(others, sums)


def missing_weights(missing: Floats, relatedness: Floats) -> Floats:
    """R x D: what domain j, were it added, would bring region r: `V_rj = Z_rj sum_i W_ri phi_ij / sum phi_i.`

    `W_ri` is 1 / number of the domains i that r lacks and that are related to any other. A region that
    lacks none is NaN.
    """
    shares = normalised_relatedness(relatedness)
    defined = ~np.isnan(shares).any(axis=1)
    open_domains = missing * defined
    totals = open_domains.sum(axis=1, keepdims=True)
    weights = ratio(open_domains, totals)
    return (weights @ np.nan_to_num(shares, nan=0.0)) * missing


def pair_scores(present: Floats, missing: Floats, relatedness: Floats) -> Floats:
    """Directed complementarity `P(s -> r) = sum_i W_ri RDadd_{s->r,i}` of all pairs of regions.

    `RDadd_{s->r,i} = 100 sum_{j != i} phi_ij Z_rj M_sj / sum_{j != i} phi_ij`, Z the domains r lacks.
    Computed as `V = (W R_n) o Z`, `P = 100 V M'`, so that no R x R x D table is ever made.

    Parameters
    ----------
    present
        M, R x D: 1 where a region is specialised.
    missing
        Z, R x D: 1 where it is not. `1 - M`, less the domains of which nothing is known.
    relatedness
        D x D, not negative; the diagonal is passed over.

    Returns
    -------
    array R x R, 0 to 100, `[r, s]`, not symmetric; a row is NaN when r lacks no related domain
    (`ZERO_TOTAL`).

    References
    ----------
    Balland & Boschma (2021), Regional Studies 55:1059-1070.
    """
    result: Floats = 100 * (missing_weights(missing, relatedness) @ present.T)
    return result


def density_added(present: Floats, missing: Floats, relatedness: Floats) -> Floats:
    """What s adds to the density of r in i, `RDadd_{s->r,i}`.

    `100 sum_{j != i} phi_ij Z_rj M_sj / sum_{j != i} phi_ij`, Z the domains that r lacks.
    For explanations and small sets only: `pair_scores` needs no such table.

    Parameters
    ----------
    present, missing, relatedness
        As for `pair_scores`.

    Returns
    -------
    array R x R x D as [r, s, i], 0 to 100; NaN for a domain related to no other (`ZERO_TOTAL`).

    References
    ----------
    Balland & Boschma (2021), Regional Studies 55:1059-1070.
    """
    shares = normalised_relatedness(relatedness)
    known = np.nan_to_num(shares, nan=0.0)
    result = np.empty((len(present), len(present), present.shape[1]))
    for region in range(len(present)):
        result[region] = 100 * (present * missing[region]) @ known.T
    result[:, :, np.isnan(shares).any(axis=1)] = np.nan
    return result


def linkages(present: Floats, missing: Floats, relatedness: Floats, ties: Floats) -> Floats:
    """What the ties of a region already bring: `CL_ri = sum_{s != r} a_rs RDadd_{s->r,i}`.

    Parameters
    ----------
    present, missing, relatedness
        As for `pair_scores`.
    ties
        R x R, a_rs joint projects or the like, 0 or more; the diagonal is passed over.

    Returns
    -------
    array R x D, 0 or more; NaN for a domain related to no other (`ZERO_TOTAL`).

    References
    ----------
    Balland & Boschma (2021), Regional Studies 55:1059-1070.
    """
    shares = normalised_relatedness(relatedness)
    others = ties.astype(float).copy()
    np.fill_diagonal(others, 0.0)
    # The sum over partners goes inside: sum_s a_rs Z_rj M_sj = Z_rj (A M)_rj.
    result: Floats = 100 * ((others @ present) * missing) @ np.nan_to_num(shares, nan=0.0).T
    result[:, np.isnan(shares).any(axis=1)] = np.nan
    return result


def reciprocity(score: Floats) -> Floats:
    """`2 min(P_sr, P_rs) / (P_sr + P_rs)`, R x R, 0 one-sided to 1 even; both 0 or one undefined: NaN."""
    total = score + score.T
    return ratio(2 * np.minimum(score, score.T), total)


def chain_fill(capability: Floats, stage_weight: Floats) -> Floats:
    """Value-chain fill `VC(s -> r) = sum_k w_k max(0, a_sk - a_rk) / sum_k w_k (1 - a_rk)`.

    Parameters
    ----------
    capability
        R x K, 0 to 1 per stage; NaN is not known. A stage that one side does not know leaves both sums.
    stage_weight
        K, not negative.

    Returns
    -------
    array R x R as [r, s], 0 to 1: share of r's missing stages that s can supply. NaN: the diagonal
    (`NOT_APPLICABLE`); a row without a gap (`ZERO_TOTAL`); a pair that does not both know two thirds of the
    stages, or of r's gap, by weight (`COVERAGE_TOO_LOW`).

    References
    ----------
    This product's rule on declared capabilities per stage.
    """
    known = ~np.isnan(capability)
    total = stage_weight.sum()
    weights = stage_weight / total if total > 0 else stage_weight
    gaps = np.where(known, 1 - capability, 0.0) * weights
    shared_gap = gaps @ known.T.astype(float)
    filled = np.zeros((len(capability), len(capability)))
    for stage, weight in enumerate(weights):
        more = capability[None, :, stage] - capability[:, None, stage]
        filled += weight * presence(np.maximum(more, 0.0))
    stages_known = (known * weights) @ known.T.astype(float)
    enough = (stages_known >= MIN_COVERAGE - TIE) & (
        shared_gap >= (MIN_COVERAGE - TIE) * gaps.sum(axis=1)[:, None]
    )
    np.fill_diagonal(filled, np.nan)
    result = ratio(filled, np.where(enough & (shared_gap > 1e-12), shared_gap, 0.0))
    return np.minimum(result, 1.0)
