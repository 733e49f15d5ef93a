"""Methods on tables of regions and domains, by name: JSON values in, JSON values out."""

from typing import Any

import numpy as np

from mapping.analysis.arrays import (
    Floats,
    number,
    read_binary,
    read_matrix,
    read_square,
    read_vector,
    to_list,
)
from mapping.analysis.complementarity import density_added, linkages, pair_scores
from mapping.analysis.complexity import complexity_indices, large_enough, outlook
from mapping.analysis.complexity import reflections as reflection_steps
from mapping.analysis.opportunities import place_in_quadrants, weigh_evidence
from mapping.analysis.peers import MIN_JOINT_WEIGHT, nearest_peers
from mapping.analysis.peers import structural_distance as distances
from mapping.analysis.profiles import cosine_similarity, jaccard_similarity, row_shares, shared_mass
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
    regions, domains = reflection_steps(_known(read_binary(M, "M")))
    return {"k_region": [to_list(k) for k in regions], "k_domain": [to_list(k) for k in domains]}


def complexity(*, X: Any = None, M: Any = None) -> Result:  # noqa: N803  the keys of the contract
    """Proximity, density, ECI, PCI and outlook, refused when not connected (A4, A6a, A7, A8)."""
    if (X is None) == (M is None):
        raise ValueError("X, M: give counts X or a binary matrix M, one of the two")
    x = None if X is None else read_matrix(X, "X", missing=True)
    m = _known(read_binary(M, "M") if x is None else specialised(location_quotients(x)))
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
    counts = co_occurrence(_known(read_binary(M, "M")))
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
    association = association_strength(co_occurrence(_known(m)))
    related = (association > RELATED).astype(float)
    unknown = np.isnan(m).all(axis=1, keepdims=True)
    return {
        "related_binary": to_list(related.astype(int)),
        "density_binary": to_list(np.where(unknown, np.nan, density_of(_known(m), related))),
        "density_weighted": to_list(np.where(unknown, np.nan, density_of(_known(m), association))),
    }


def quadrants(*, M: Any, density: Any, complexity: Any = None) -> Result:  # noqa: N803  a key of the contract
    """Relatedness by complexity of the domains a region lacks, at the medians (A9)."""
    m = read_binary(M, "M")
    values = _alike(read_matrix(density, "density", missing=True), "density", m)
    pci = None if complexity is None else read_vector(complexity, "complexity", missing=True, negative=True)
    if pci is not None and len(pci) != m.shape[1]:
        raise ValueError(f"complexity: {len(pci)} values for {m.shape[1]} domains")
    found = place_in_quadrants(m, values, pci)
    return {
        "density_threshold": found.density_threshold,
        "complexity_threshold": found.complexity_threshold,
        "quadrant": found.quadrant,
    }


def evidence(*, M: Any, density: Any, priority: Any) -> Result:  # noqa: N803  a key of the contract
    """Priorities against evidence: typology and support index (B8)."""
    m = read_binary(M, "M")
    values = _alike(read_matrix(density, "density", missing=True), "density", m)
    weights = _alike(read_matrix(priority, "priority", missing=True), "priority", m)
    found = weigh_evidence(m, values, weights)
    return {
        "density_threshold": found.density_threshold,
        "type": found.type,
        "support_index": found.support_index,
    }


def complementarity(*, M: Any, relatedness: Any = None, ties: Any = None) -> Result:  # noqa: N803  a key
    """Directed complementarity of regions (A10); relatedness by association strength unless given."""
    m = read_binary(M, "M")
    if relatedness is None or isinstance(relatedness, str):
        phi = association_strength(co_occurrence(_known(m)))
    else:
        phi = _known(read_square(relatedness, "relatedness", m.shape[1], missing=True))
    present, missing = (m == 1).astype(float), (m == 0).astype(float)
    score = pair_scores(present, missing, phi)
    links = None
    if ties is not None:
        known = _known(read_square(ties, "ties", len(m), missing=True))
        links = to_list(linkages(present, missing, phi, known))
    return {
        "density_added": to_list(density_added(present, missing, phi)),
        "linkages": links,
        "pair_score": to_list(score),
    }


def profile_similarity(*, X: Any) -> Result:  # noqa: N803  the key of the method's contract
    """Cosine, Krugman, Finger-Kreinin, Ruzicka and Jaccard of all pairs of profiles (A11)."""
    x = read_matrix(X, "X", missing=True)
    shares = row_shares(np.nan_to_num(x, nan=0.0))
    mass = shared_mass(shares)
    members = specialised(location_quotients(x))
    unknown = np.isnan(members).all(axis=1, keepdims=True)
    return {
        "cosine": to_list(cosine_similarity(shares)),
        "krugman": to_list(np.maximum(2 - 2 * mass, 0.0)),
        "finger_kreinin": to_list(mass),
        "ruzicka": to_list(mass / (2 - mass)),
        "jaccard": to_list(jaccard_similarity(np.where(unknown, np.nan, _known(members)))),
    }


def structural_distance(
    *,
    X: Any,
    weights: Any,
    min_joint_weight: Any = MIN_JOINT_WEIGHT,
) -> Result:
    """Weighted squared distance on normalised variables, nearest first (A12)."""
    x = read_matrix(X, "X", missing=True, negative=True)
    shares = read_vector(weights, "weights")
    if len(shares) != x.shape[1]:
        raise ValueError(f"weights: {len(shares)} values for {x.shape[1]} variables")
    if not shares.sum() > 0:
        raise ValueError("weights: at least one must be positive")
    (least,) = read_vector([min_joint_weight], "min_joint_weight")
    found = distances(x, shares, min_joint_weight=float(least))
    return {
        "normalised": to_list(found.normalised),
        "distance": to_list(found.distance),
        "nearest": [peers.tolist() for peers in nearest_peers(found.distance)],
        "joint_weight": [[number(value) for value in row] for row in found.joint_weight],
    }


def _known(m: Floats) -> Floats:
    """Unknown cells as absent: they can neither prove that two domains go together nor that they do not."""
    return np.nan_to_num(m, nan=0.0)


def _alike(matrix: Floats, name: str, like: Floats) -> Floats:
    if matrix.shape != like.shape:
        raise ValueError(
            f"{name}: {matrix.shape[0]} x {matrix.shape[1]}, expected {like.shape[0]} x {like.shape[1]}"
        )
    return matrix
