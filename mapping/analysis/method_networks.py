"""Methods on codes, networks and groups, by name: JSON values in, JSON values out."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from mapping.analysis.alignment import align
from mapping.analysis.arrays import read_labels, read_matrix, read_square, read_vector, to_list
from mapping.analysis.diversity import N_HELICES, diversity, mixing
from mapping.analysis.networks import (
    BROKERAGE,
    betweenness_scores,
    brokerage_counts,
    burt_constraint,
    component_labels,
    density,
    tie_matrix,
)
from mapping.analysis.taxonomy import CodeTree

Result = dict[str, Any]

NACE = re.compile(r"^([A-Z])(\d{2})?\.?(\d)?(\d)?$")


def alignment(*, child: Any, parent: Any, similarity: Any = ()) -> Result:
    """Priorities of a child and its parent: shared weight, sets, and soft alignment both ways (D1)."""
    triples = []
    if not isinstance(similarity, list | tuple | None):
        raise ValueError("similarity: expected a list of [code, code, similarity]")
    for n, item in enumerate(similarity or ()):
        if not isinstance(item, list | tuple) or len(item) != 3:
            raise ValueError(f"similarity[{n}]: expected [code, code, similarity]")
        (value,) = read_vector([item[2]], f"similarity[{n}]")
        if value > 1:
            raise ValueError(f"similarity[{n}]: {item[2]} is above 1")
        triples.append((str(item[0]), str(item[1]), float(value)))
    return align(_weights(child, "child"), _weights(parent, "parent"), triples)


def code_similarity(*, pairs: Any) -> Result:
    """Wu-Palmer similarity of NACE codes, the root counted (D1)."""
    if not isinstance(pairs, list | tuple):
        raise ValueError("pairs: expected a list of [code, code]")
    values = []
    for n, pair in enumerate(pairs):
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            raise ValueError(f"pairs[{n}]: expected [code, code]")
        first, second = (_nace_path(code, f"pairs[{n}]") for code in pair)
        parents = {path[k]: path[k - 1] if k else None for path in (first, second) for k in range(len(path))}
        tree = CodeTree(parents=parents)
        values.append(float(tree.similarity_matrix([first[-1]], [second[-1]], root_counts=True)[0, 0]))
    return {"similarity": values}


def betweenness(*, edges: Any, nodes: Any = ()) -> Result:
    """Undirected density and normalised betweenness of a network given by its ties (D2)."""
    if not isinstance(edges, list | tuple):
        raise ValueError("edges: expected a list of [name, name]")
    ends = [read_labels(edge, f"edges[{n}]", 2) for n, edge in enumerate(edges)]
    names = list(dict.fromkeys([*(name for edge in ends for name in edge), *read_labels(nodes, "nodes")]))
    index = {name: n for n, name in enumerate(names)}
    adjacency = np.zeros((len(names), len(names)))
    for a, b in ends:
        adjacency[index[a], index[b]] = 1
    ties = tie_matrix(adjacency)
    scores = betweenness_scores(ties)
    return {
        "density": density(ties, directed=False),
        "betweenness": {name: None if scores is None else float(scores[n]) for name, n in index.items()},
        "reason": "N_TOO_SMALL" if scores is None else None,
    }


def brokerage(*, adjacency: Any, level: Any) -> Result:
    """Brokerage between levels, density, betweenness, components and constraint (D2)."""
    ties = tie_matrix(read_square(adjacency, "adjacency"))
    groups = read_labels(level, "level", len(ties))
    scores = betweenness_scores(ties)
    return {
        "columns": list(BROKERAGE),
        "brokerage": brokerage_counts(ties, groups).tolist(),
        "density_directed": density(ties, directed=True),
        "density_undirected": density(ties, directed=False),
        "betweenness": [None] * len(ties) if scores is None else to_list(scores),
        "components": int(component_labels(ties).max(initial=-1)) + 1,
        "constraint": burt_constraint(ties),
        "reason": "N_TOO_SMALL" if scores is None else None,
    }


def ei_index(*, adjacency: Any, level: Any) -> Result:
    """E-I index with expected value, feasible range and rescaled value (D3)."""
    matrix = read_square(adjacency, "adjacency")
    return mixing(matrix, read_labels(level, "level", len(matrix)))


def helix_diversity(*, counts: Any) -> Result:
    """Diversity over four helices, also the empty ones (D5)."""
    rows = read_matrix(counts, "counts", missing=True)
    if rows.shape[1] != N_HELICES:
        raise ValueError(f"counts: {rows.shape[1]} counts in a row, expected {N_HELICES}")
    # A helix of which nothing is known leaves the whole row undefined.
    return {"rows": [diversity([0] * N_HELICES if np.isnan(row).any() else row.tolist()) for row in rows]}


def _weights(value: Any, name: str) -> dict[str, float]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{name}: expected an object of code and weight")
    numbers = read_vector(list(value.values()), name)
    return {str(code): float(weight) for code, weight in zip(value, numbers, strict=True)}


def _nace_path(code: Any, name: str) -> list[str]:
    """Section, division, group and class of a NACE code: C, C20, C201, C2011 (also C20.11)."""
    found = NACE.match(str(code).removeprefix("nace:"))
    if found is None:
        raise ValueError(f"{name}: {code} is no NACE code")
    path: list[str] = []
    for part in found.groups():
        if part is None:
            break
        path.append((path[-1] if path else "nace:") + part)
    return path
