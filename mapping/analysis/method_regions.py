"""Methods that compare regions, by name: JSON values in, JSON values out."""

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
from mapping.analysis.complementarity import chain_fill, density_added, linkages, pair_scores
from mapping.analysis.opportunities import place_in_quadrants, weigh_evidence
from mapping.analysis.peers import MIN_JOINT_WEIGHT, nearest_peers
from mapping.analysis.peers import structural_distance as distances
from mapping.analysis.profiles import cosine_similarity, jaccard_similarity, row_shares, shared_mass
from mapping.analysis.relatedness import association_strength, co_occurrence
from mapping.analysis.specialisation import location_quotients, presence, specialised

Result = dict[str, Any]


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
        phi = association_strength(co_occurrence(presence(m)))
    else:
        phi = presence(read_square(relatedness, "relatedness", m.shape[1], missing=True))
    present, missing = (m == 1).astype(float), (m == 0).astype(float)
    score = pair_scores(present, missing, phi)
    links = None
    if ties is not None:
        weights = presence(read_square(ties, "ties", len(m), missing=True))
        links = to_list(linkages(present, missing, phi, weights))
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
        "jaccard": to_list(jaccard_similarity(np.where(unknown, np.nan, presence(members)))),
    }


def structural_distance(
    *,
    X: Any,  # noqa: N803  the key of the method's contract
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


def value_chain_fill(*, capability: Any, stage_weight: Any = None) -> Result:
    """Share of a region's missing value-chain stages that another can supply (A15)."""
    stages = read_matrix(capability, "capability", missing=True)
    if np.nanmax(stages, initial=0.0) > 1:
        raise ValueError("capability: values run from 0 to 1")
    weights = np.ones(stages.shape[1]) if stage_weight is None else read_vector(stage_weight, "stage_weight")
    if len(weights) != stages.shape[1]:
        raise ValueError(f"stage_weight: {len(weights)} values for {stages.shape[1]} stages")
    return {"fill": to_list(chain_fill(stages, weights))}


def _alike(matrix: Floats, name: str, like: Floats) -> Floats:
    if matrix.shape != like.shape:
        raise ValueError(
            f"{name}: {matrix.shape[0]} x {matrix.shape[1]}, expected {like.shape[0]} x {like.shape[1]}"
        )
    return matrix
