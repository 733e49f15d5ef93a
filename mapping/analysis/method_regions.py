"""Methods that compare regions, by name: JSON values in, JSON values out."""

from typing import Any

import numpy as np

from mapping.analysis.arrays import (
    TIE,
    Floats,
    presence,
    read_binary,
    read_matrix,
    read_number,
    read_square,
    read_vector,
    to_list,
)
from mapping.analysis.complementarity import chain_fill, density_added, linkages, pair_scores
from mapping.analysis.complexity import known_portfolios
from mapping.analysis.concentration import whole_shares
from mapping.analysis.opportunities import place_in_quadrants, weigh_evidence
from mapping.analysis.peers import MIN_JOINT_WEIGHT, nearest_peers
from mapping.analysis.peers import structural_distance as distances
from mapping.analysis.profiles import cosine_similarity, jaccard_similarity, shared_mass
from mapping.analysis.reasons import (
    COVERAGE_TOO_LOW,
    NO_DATA,
    NO_VARIANCE,
    NOT_APPLICABLE,
    TOO_LARGE,
    ZERO_TOTAL,
    Result,
    places_of,
    with_reasons,
)
from mapping.analysis.relatedness import association_strength, co_occurrence
from mapping.analysis.specialisation import complete, location_quotients, specialised

MOST_CELLS = 5_000_000  # of regions x regions x domains, which no other number needs


def quadrants(*, M: Any, density: Any, complexity: Any = None) -> Result:  # noqa: N803  a key of the contract
    """Relatedness by complexity of the domains a region lacks, at the medians (A9)."""
    m = read_binary(M, "M")
    values = _densities(density, m)
    pci = None if complexity is None else read_vector(complexity, "complexity", missing=True, negative=True)
    if pci is not None and len(pci) != m.shape[1]:
        raise ValueError(f"complexity: {len(pci)} values for {m.shape[1]} domains")
    found = place_in_quadrants(m, values, pci)
    result = {
        "density_threshold": found.density_threshold,
        "complexity_threshold": found.complexity_threshold,
        "quadrant": found.quadrant,
    }
    return with_reasons(
        result,
        density_threshold=NO_DATA if (np.isnan(m) | np.isnan(values)).any() else NOT_APPLICABLE,
        complexity_threshold=NO_DATA,
        quadrant=places_of(NOT_APPLICABLE, m == 1, NO_DATA),
    )


def evidence(*, M: Any, density: Any, priority: Any) -> Result:  # noqa: N803  a key of the contract
    """Priorities against evidence: typology and support index (B8)."""
    m = read_binary(M, "M")
    values = _densities(density, m)
    weights = _alike(read_matrix(priority, "priority", missing=True), "priority", m)
    found = weigh_evidence(m, values, weights)
    unknown = np.isnan(m) | np.isnan(values) | np.isnan(weights)
    result = {
        "density_threshold": found.density_threshold,
        "type": found.type,
        "support_index": found.support_index,
    }
    return with_reasons(
        result,
        density_threshold=NO_DATA,
        type=places_of(NO_DATA, unknown, NOT_APPLICABLE),
        support_index=places_of(
            NO_DATA, ((presence(weights) > 0) | np.isnan(weights)).any(axis=1), NOT_APPLICABLE
        ),
    )


def complementarity(*, M: Any, relatedness: Any = None, ties: Any = None) -> Result:  # noqa: N803  a key
    """Directed complementarity of regions (A10); relatedness by association strength unless given.

    What a region of which a cell is not known (null) could add or gain is not known. Ties that are not
    known leave the linkages of their region unknown.
    """
    m = read_binary(M, "M")
    n, d = m.shape
    phi = _relatedness(relatedness, m)
    # Nor is anything known of a region that is blank from end to end.
    unknown = known_portfolios(m)[1] | np.isnan(m).all(axis=1)
    present, missing = (m == 1).astype(float), (m == 0).astype(float)
    score = pair_scores(present, missing, phi)
    score[unknown, :] = np.nan
    score[:, unknown] = np.nan
    unrelated = (phi * (1 - np.eye(d))).sum(axis=1) == 0
    result: Result = {"density_added": None, "linkages": None, "pair_score": to_list(score)}
    codes: Result = {
        "density_added": TOO_LARGE,
        "linkages": NOT_APPLICABLE,
        "pair_score": places_of(NO_DATA, unknown[:, None] | unknown[None, :], ZERO_TOTAL),
    }
    if n * n * d <= MOST_CELLS:
        added = density_added(present, missing, phi)
        pairs = unknown[:, None] | unknown[None, :]
        added[pairs] = np.nan
        result["density_added"] = to_list(added)
        codes["density_added"] = places_of(NO_DATA, np.broadcast_to(pairs[:, :, None], (n, n, d)), ZERO_TOTAL)
    if ties is not None:
        weights = read_square(ties, "ties", n, missing=True)
        np.fill_diagonal(weights, 0.0)
        open_rows = unknown | np.isnan(weights).any(axis=1) | (presence(weights)[:, unknown] > 0).any(axis=1)
        found = linkages(present, missing, phi, presence(weights))
        found[open_rows] = np.nan
        result["linkages"] = to_list(found)
        codes["linkages"] = places_of(NO_DATA, np.broadcast_to(open_rows[:, None], (n, d)), ZERO_TOTAL)
    left_out = {"blanks": int(np.isnan(m).sum()), "regions": np.flatnonzero(unknown).tolist()}
    unrelated_domains = np.flatnonzero(unrelated).tolist()
    return with_reasons({**result, "unrelated": unrelated_domains, "left_out": left_out}, **codes)


def profile_similarity(*, X: Any) -> Result:  # noqa: N803  the key of the method's contract
    """Cosine, Krugman, Finger-Kreinin, Ruzicka and Jaccard of all pairs of profiles (A11).

    A region with a blank (null) has no shares: its pairs are null, and `left_out` names it.
    """
    x = read_matrix(X, "X", missing=True)
    whole = complete(x)
    shares = whole_shares(x)
    mass = shared_mass(shares)
    members = presence(specialised(location_quotients(x)))
    members[np.isnan(shares).any(axis=1)] = np.nan
    result = {
        "cosine": to_list(cosine_similarity(shares)),
        "krugman": to_list(np.maximum(2 - 2 * mass, 0.0)),
        "finger_kreinin": to_list(mass),
        "ruzicka": to_list(mass / (2 - mass)),
        "jaccard": to_list(jaccard_similarity(members)),
    }
    pairs = places_of(NO_DATA, ~whole[:, None] | ~whole[None, :], ZERO_TOTAL)
    codes = dict.fromkeys(result, pairs)
    left_out = {"blanks": int(np.isnan(x).sum()), "regions": np.flatnonzero(~whole).tolist()}
    return with_reasons({**result, "left_out": left_out}, **codes)


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
    least = read_number(min_joint_weight, "min_joint_weight", most=1)
    found = distances(x, shares, min_joint_weight=least)
    result = {
        "normalised": to_list(found.normalised),
        "distance": to_list(found.distance),
        "nearest": [peers.tolist() for peers in nearest_peers(found.distance)],
        "joint_weight": to_list(found.joint_weight),
    }
    return with_reasons(
        result, normalised=places_of(NO_DATA, np.isnan(x), NO_VARIANCE), distance=COVERAGE_TOO_LOW
    )


def value_chain_fill(*, capability: Any, stage_weight: Any = None) -> Result:
    """Share of a region's missing value-chain stages that another can supply (A15)."""
    stages = read_matrix(capability, "capability", missing=True)
    if np.nanmax(stages, initial=0.0) > 1:
        raise ValueError("capability: values run from 0 to 1")
    weights = np.ones(stages.shape[1]) if stage_weight is None else read_vector(stage_weight, "stage_weight")
    if len(weights) != stages.shape[1]:
        raise ValueError(f"stage_weight: {len(weights)} values for {stages.shape[1]} stages")
    unknown = np.isnan(stages)
    gap = (np.where(unknown, 0.0, 1 - stages) * weights).sum(axis=1)
    # Without a blank, or with one, that matters: a row without a gap has nothing to fill.
    no_gap = ((gap == 0) & ~(unknown & (weights > 0)).any(axis=1))[:, None]
    pairs = places_of(ZERO_TOTAL, np.broadcast_to(no_gap, (len(stages),) * 2), COVERAGE_TOO_LOW)
    np.fill_diagonal(pairs, NOT_APPLICABLE)
    return with_reasons({"fill": to_list(chain_fill(stages, weights))}, fill=pairs)


def _relatedness(value: Any, m: Floats) -> Floats:
    """D x D without unknown pairs: one that is not known leaves both sums of a density."""
    if value is None or (isinstance(value, str) and value.lower().startswith("association")):
        return presence(association_strength(co_occurrence(m)))
    if isinstance(value, str):
        raise ValueError("relatedness: expected a table of numbers, or association")
    return presence(read_square(value, "relatedness", m.shape[1], missing=True))


def _densities(value: Any, m: Floats) -> Floats:
    values = _alike(read_matrix(value, "density", missing=True), "density", m)
    if np.nanmax(values, initial=0.0) > 100 + TIE:
        raise ValueError("density: values run from 0 to 100")
    return values


def _alike(matrix: Floats, name: str, like: Floats) -> Floats:
    if matrix.shape != like.shape:
        raise ValueError(
            f"{name}: {matrix.shape[0]} x {matrix.shape[1]}, expected {like.shape[0]} x {like.shape[1]}"
        )
    return matrix
