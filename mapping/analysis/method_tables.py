"""Methods on one table of regions and domains, by name: JSON values in, JSON values out."""

from typing import Any

import numpy as np

from mapping.analysis.arrays import (
    read_binary,
    read_matrix,
    read_vector,
    to_list,
)
from mapping.analysis.complexity import complexity_indices, large_enough, outlook
from mapping.analysis.complexity import reflections as reflection_steps
from mapping.analysis.profiles import row_shares
from mapping.analysis.relatedness import (
    association_strength,
    co_occurrence,
    cosine_index,
    density_of,
    jaccard_index,
    portfolio_density,
    probability_index,
    proximity,
)
from mapping.analysis.specialisation import (
    counts_along,
    entropy,
    hachman,
    herfindahl,
    krugman_against_total,
    location_quotients,
    presence,
    specialised,
    upper_tail,
)

CONFIRMED_COUNT, CONFIRMED_P = 5, 0.01
RELATED = 1 + 1e-9  # association above chance

Result = dict[str, Any]


def location_quotient(*, X: Any) -> Result:  # noqa: N803  the key of the method's contract
    """Location quotient, symmetric form, binary specialisation at 1, diversity, ubiquity (A1-A3)."""
    lq = location_quotients(read_matrix(X, "X", missing=True))
    binary = specialised(lq)
    return {
        "lq": to_list(lq),
        "rsca": to_list((lq - 1) / (lq + 1)),
        "binary": to_list(binary),
        "diversity": to_list(counts_along(binary, 1)),
        "ubiquity": to_list(counts_along(binary, 0)),
    }


def location_quotient_significance(*, x: Any, expected: Any) -> Result:
    """Is a location quotient above 1 more than noise: LQ >= 1, x >= 5 and Poisson p < 0.01 (A2)."""
    observed = read_vector(x, "x", missing=True)
    mean = read_vector(expected, "expected", missing=True)
    if len(mean) != len(observed):
        raise ValueError(f"expected: {len(mean)} values for {len(observed)} of x")
    mean = np.where(mean > 0, mean, np.nan)
    lq, p_upper = observed / mean, upper_tail(observed, mean)
    confirmed = (lq >= 1 - 1e-9) & (observed >= CONFIRMED_COUNT) & (p_upper < CONFIRMED_P)
    return {
        "lq": to_list(lq),
        "p_upper": to_list(p_upper),
        "confirmed": [None if np.isnan(p) else bool(c) for c, p in zip(confirmed, p_upper, strict=True)],
    }


def specialisation_indices(*, X: Any) -> Result:  # noqa: N803  the key of the method's contract
    """Krugman, Hoover, Hachman, Herfindahl and entropy of each region against the whole (A11, A13)."""
    x = read_matrix(X, "X", missing=True)
    shares = row_shares(np.nan_to_num(x, nan=0.0))
    krugman = krugman_against_total(x)
    return {
        "krugman": to_list(krugman),
        "hoover": to_list(krugman / 2),
        "hachman": to_list(hachman(x)),
        "herfindahl": to_list(herfindahl(shares)),
        "entropy_bits": to_list(entropy(shares, base=2)),
    }


def reflections(*, M: Any) -> Result:  # noqa: N803  the key of the method's contract
    """Method of reflections, steps 0 to 2 (A7)."""
    regions, domains = reflection_steps(presence(read_binary(M, "M")))
    return {"k_region": [to_list(k) for k in regions], "k_domain": [to_list(k) for k in domains]}


def complexity(*, X: Any = None, M: Any = None) -> Result:  # noqa: N803  the keys of the contract
    """Proximity, density, ECI, PCI and outlook, refused when not connected (A4, A6a, A7, A8)."""
    if (X is None) == (M is None):
        raise ValueError("X, M: give counts X or a binary matrix M, one of the two")
    x = None if X is None else read_matrix(X, "X", missing=True)
    m = presence(read_binary(M, "M") if x is None else specialised(location_quotients(x)))
    phi = proximity(m)
    density = portfolio_density(m, phi)
    found = complexity_indices(m)
    result: Result = {
        "proximity": to_list(phi),
        "density": to_list(density),
        "n_components": found.n_components,
        "corr_diversity_eci": found.correlation,
        "reason": found.reason,
    }
    if found.eci is None or found.pci is None or found.pci_from_zero is None:
        return result | dict.fromkeys(("eci", "pci", "coi", "cog"))
    eci = found.eci if x is None else np.where(large_enough(x), found.eci, np.nan)
    coi, cog = outlook(m, phi, density, found.pci_from_zero)
    return result | {
        "eci": to_list(eci),
        "pci": to_list(found.pci),
        "coi": to_list(np.where(np.isnan(eci), np.nan, coi)),
        "cog": to_list(np.where(np.isnan(eci)[:, None], np.nan, cog)),
    }


def relatedness(*, M: Any) -> Result:  # noqa: N803  the key of the method's contract
    """Normalised co-occurrence: association, probability, cosine, Jaccard (A5)."""
    counts = co_occurrence(presence(read_binary(M, "M")))
    return {
        "cooccurrence": to_list(counts),
        "association": to_list(association_strength(counts)),
        "probability": to_list(probability_index(counts)),
        "cosine": to_list(cosine_index(counts)),
        "jaccard": to_list(jaccard_index(counts)),
        # 0/0 is written as 0 above; these domains are related to no other, and nothing can be said of them.
        "unrelated": np.flatnonzero(counts.sum(axis=1) == 0).tolist(),
    }


def relatedness_density(*, M: Any) -> Result:  # noqa: N803  the key of the method's contract
    """Relatedness density, 0-100, diagonal excluded, weighted by association or binary (A6b)."""
    m = read_binary(M, "M")
    association = association_strength(co_occurrence(presence(m)))
    related = (association > RELATED).astype(float)
    unknown = np.isnan(m).all(axis=1, keepdims=True)
    return {
        "related_binary": to_list(related.astype(int)),
        "density_binary": to_list(np.where(unknown, np.nan, density_of(presence(m), related))),
        "density_weighted": to_list(np.where(unknown, np.nan, density_of(presence(m), association))),
    }
