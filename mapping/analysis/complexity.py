"""Complexity of regions and domains (A7) and their outlook (A8), with the guards that refuse a number."""

from dataclasses import dataclass

import numpy as np

from mapping.analysis.arrays import Flags, Floats, presence, ratio
from mapping.analysis.networks import component_labels

NOT_CONNECTED = "NOT_CONNECTED"
MULTIPLE_EIGENVALUE = "MULTIPLE_EIGENVALUE"
SIGN_AMBIGUOUS = "SIGN_AMBIGUOUS"
N_TOO_SMALL = "N_TOO_SMALL"
NO_VARIANCE = "NO_VARIANCE"

EIGENVALUE_GAP = 1e-6
LEAST_CORRELATION = 0.1
LEAST_SIZE = 0.01  # of the median total: tiny territories would top every list


@dataclass(frozen=True, kw_only=True)
class Complexity:
    """ECI per region and PCI per domain, NaN for empty rows and columns; None with a reason when refused."""

    eci: Floats | None
    pci: Floats | None
    pci_from_zero: Floats | None  # PCI in the same unit, not centred: what the outlook is made of
    correlation: float | None  # of diversity and ECI
    n_components: int
    reason: str | None


def reflections(m: Floats, steps: int = 2) -> tuple[list[Floats], list[Floats]]:
    """Method of reflections, steps 0 to `steps`; for explanations only, the index is the eigenvector.

    `k_r,N = (1 / k_r0) sum_d M_rd k_d,N-1`, `k_d,N = (1 / k_d0) sum_r M_rd k_r,N-1`.

    Parameters
    ----------
    m
        R x D, 0 or 1. A region with a cell that is not known (NaN) is left out.
    steps
        How many; two are enough to explain with.

    Returns
    -------
    For regions, and for domains: one array per step, 0 or more. An empty row or column is 0 at step 0 and
    NaN after it (`ZERO_TOTAL`); a region left out is NaN (`NO_DATA`).

    References
    ----------
    Hidalgo & Hausmann (2009), PNAS 106:10570-10575, equations 1 to 4.
    """
    m, left_out = known_portfolios(m)
    regions, domains = [m.sum(axis=1)], [m.sum(axis=0)]
    for _ in range(steps):
        last_r, last_d = np.nan_to_num(regions[-1], nan=0.0), np.nan_to_num(domains[-1], nan=0.0)
        regions.append(ratio(m @ last_d, regions[0]))
        domains.append(ratio(m.T @ last_r, domains[0]))
    return [np.where(left_out, np.nan, step) for step in regions], domains


def known_portfolios(m: Floats) -> tuple[Floats, Flags]:
    """The matrix with empty rows for regions of which a cell is not known, and which regions these are.

    A domain of which nothing is known anywhere is empty and leaves nobody out; nor does a region of which
    nothing is known at all: it is empty.
    """
    known = ~np.isnan(m)
    used = known.any(axis=0)
    left_out: Flags = np.logical_not(known[:, used].all(axis=1))
    cleared = presence(m)
    cleared[left_out] = 0.0
    return cleared, left_out


def complexity_indices(m: Floats) -> Complexity:
    """Economic and product complexity: the second singular pair of `D_r^-1/2 M D_d^-1/2`.

    `pci = v / sqrt(k_d)`, `eci_r` = mean pci of the domains of r, both times `sign(corr(k_r, eci))`, both
    standardised with mean and population sd of eci, so that ECI_r is the mean PCI of its domains.

    Parameters
    ----------
    m
        R x D, 0 or 1. Set aside: regions with a cell that is not known (NaN), then empty rows and columns.

    Returns
    -------
    Complexity
        eci of length R, pci of length D: 0 is the mean region, 1 a standard deviation above.
        None, in this order of guards: `N_TOO_SMALL` (fewer than 2 rows or columns are left),
        `NOT_CONNECTED` (the eigenvalue 1 is not simple and any vector of it is arbitrary),
        `MULTIPLE_EIGENVALUE` (sigma_2 - sigma_3 <= 1e-6), `NO_VARIANCE` (one ECI for all),
        `SIGN_AMBIGUOUS` (|corr(diversity, ECI)| < 0.1: nothing says which end is high).

    References
    ----------
    Hausmann et al. (2014), The Atlas of Economic Complexity; Balland & Rigby (2017), Economic Geography
    93:1-23.
    """
    m, _left_out = known_portfolios(m)
    rows, columns = m.sum(axis=1) > 0, m.sum(axis=0) > 0
    core = m[np.ix_(rows, columns)]
    n_components = _components(core)
    if n_components > 1:
        return _refused(NOT_CONNECTED, n_components)
    if min(core.shape) < 2:
        return _refused(N_TOO_SMALL, n_components)
    k_r, k_d = core.sum(axis=1), core.sum(axis=0)
    _, sigma, vectors = np.linalg.svd(core / np.sqrt(np.outer(k_r, k_d)), full_matrices=False)
    third = sigma[2] if len(sigma) > 2 else 0.0
    if sigma[1] - third <= EIGENVALUE_GAP:
        return _refused(MULTIPLE_EIGENVALUE, n_components)
    pci = vectors[1] / np.sqrt(k_d)
    eci = core @ pci / k_r
    spread = float(eci.std())
    if spread <= 1e-12:
        return _refused(NO_VARIANCE, n_components)
    correlation = float(np.corrcoef(k_r, eci)[0, 1]) if k_r.std() > 0 else 0.0
    if abs(correlation) < LEAST_CORRELATION:
        return _refused(SIGN_AMBIGUOUS, n_components, correlation=abs(correlation))
    sign = np.sign(correlation)
    middle = float((sign * eci).mean()) / spread
    full_eci, from_zero = np.full(len(m), np.nan), np.full(m.shape[1], np.nan)
    full_eci[rows] = sign * eci / spread - middle
    from_zero[columns] = sign * pci / spread
    return Complexity(
        eci=full_eci,
        pci=from_zero - middle,
        pci_from_zero=from_zero,
        correlation=abs(correlation),
        n_components=n_components,
        reason=None,
    )


def large_enough(x: Floats) -> Flags:
    """Which of R territories have `x_r. >= 0.01 median_q x_q.`; smaller ones get no ECI (`N_TOO_SMALL`).

    x: R x D, counts; NaN counts for nothing here. Source: A7, checked on 226 countries, of which it drops 3.
    """
    totals = np.nansum(x, axis=1)
    enough: Flags = totals >= LEAST_SIZE * np.median(totals)
    return enough


def outlook(m: Floats, phi: Floats, density: Floats, pci: Floats) -> tuple[Floats, Floats]:
    """Complexity outlook index and gain (A8), in the form of py-ecomplexity.

    `COI_r = sum_d w_rd (1 - M_rd) PCI_d`, standardised over regions (population sd);
    `COG_rd = (1 - M_rd) sum_j (1 - M_rj) PCI_j phi_jd / sum_k phi_jk`.

    Parameters
    ----------
    m, phi, density
        Binary R x D (NaN is not known), proximity D x D, density with the diagonal (A6a) R x D.
    pci
        PCI that is *not* centred, in units of sd(ECI), length D; domains without one (NaN) are left out.

    Returns
    -------
    COI of length R, mean 0 and deviation 1 over the regions that have something and of which all is known
    (the others NaN: `ZERO_TOTAL`, `NO_DATA`; all of them NaN when they are equal: `NO_VARIANCE`). COG R x D,
    in units of sd(ECI); NaN for a domain without PCI and for these regions.

    References
    ----------
    Hausmann et al. (2014), The Atlas of Economic Complexity; py-ecomplexity 0.5.3.
    """
    m, left_out = known_portfolios(m)
    known = ~np.isnan(pci)
    value = np.where(known, pci, 0.0)
    absent = (1 - m) * known
    raw = (np.nan_to_num(density, nan=0.0) * absent) @ value
    raw = np.where(left_out | (m.sum(axis=1) == 0), np.nan, raw)
    spread = float(np.nanstd(raw)) if (~np.isnan(raw)).any() else 0.0
    middle = float(np.nanmean(raw)) if spread > 1e-12 else 0.0
    coi = ratio(raw - middle, np.full(len(raw), spread if spread > 1e-12 else 0.0))
    related = np.nan_to_num(phi, nan=0.0)
    shares = ratio(related, related.sum(axis=1, keepdims=True), otherwise=0.0)
    cog: Floats = absent * ((absent * value) @ shares)
    cog[:, ~known] = np.nan
    cog[np.isnan(raw)] = np.nan
    return coi, cog


def _components(core: Floats) -> int:
    """Connected components of the network of regions and domains."""
    n_rows, n_columns = core.shape
    ties = np.zeros((n_rows + n_columns,) * 2, dtype=bool)
    ties[:n_rows, n_rows:] = core > 0
    return int(component_labels(ties).max(initial=-1)) + 1


def _refused(reason: str, n_components: int, correlation: float | None = None) -> Complexity:
    return Complexity(
        eci=None,
        pci=None,
        pci_from_zero=None,
        correlation=correlation,
        n_components=n_components,
        reason=reason,
    )
