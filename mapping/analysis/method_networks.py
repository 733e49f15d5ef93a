"""Methods on codes, networks and groups, by name: JSON values in, JSON values out."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from mapping.analysis.alignment import align
from mapping.analysis.arrays import (
    quoted,
    read_labels,
    read_matrix,
    read_number,
    read_square,
    to_list,
)
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
from mapping.analysis.reasons import N_TOO_SMALL, NO_DATA, ZERO_TOTAL, Result, with_reasons
from mapping.analysis.taxonomy import CodeTree

NACE = re.compile(r"^([A-V])(?:(\d{2})(?:\.?(\d)(\d)?)?)?$", re.ASCII)

# First and last division of each section: Rev. 2, then where Rev. 2.1 differs.
DIVISIONS = {
    "A": ((1, 3),),
    "B": ((5, 9),),
    "C": ((10, 33),),
    "D": ((35, 35),),
    "E": ((36, 39),),
    "F": ((41, 43),),
    "G": ((45, 47),),
    "H": ((49, 53),),
    "I": ((55, 56),),
    "J": ((58, 63),),
    "K": ((64, 66), (61, 63)),
    "L": ((68, 68), (64, 66)),
    "M": ((69, 75), (68, 68)),
    "N": ((77, 82), (69, 75)),
    "O": ((84, 84), (77, 82)),
    "P": ((85, 85), (84, 84)),
    "Q": ((86, 88), (85, 85)),
    "R": ((90, 93), (86, 88)),
    "S": ((94, 96), (90, 93)),
    "T": ((97, 98), (94, 96)),
    "U": ((99, 99), (97, 98)),
    "V": ((99, 99),),
}


def alignment(*, child: Any, parent: Any, similarity: Any = ()) -> Result:
    """Priorities of a child and its parent: shared weight, sets, and soft alignment both ways (D1)."""
    found = align(_weights(child, "child"), _weights(parent, "parent"), _similarities(similarity or ()))
    return with_reasons(found, **{name: found["reason"] for name in found if name != "reason"})


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
    return with_reasons({"similarity": values})


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
    result = {
        "density": density(ties, directed=False),
        "betweenness": {name: None if scores is None else float(scores[n]) for name, n in index.items()},
        "reason": N_TOO_SMALL if scores is None else None,
    }
    return with_reasons(result, density=N_TOO_SMALL, betweenness=N_TOO_SMALL)


def brokerage(*, adjacency: Any, level: Any) -> Result:
    """Brokerage between levels, density, betweenness, components and constraint (D2)."""
    ties = tie_matrix(read_square(adjacency, "adjacency"))
    groups = read_labels(level, "level", len(ties))
    scores = betweenness_scores(ties)
    result = {
        "columns": list(BROKERAGE),
        "brokerage": brokerage_counts(ties, groups).tolist(),
        "density_directed": density(ties, directed=True),
        "density_undirected": density(ties, directed=False),
        "betweenness": [None] * len(ties) if scores is None else to_list(scores),
        "components": int(component_labels(ties).max(initial=-1)) + 1,
        "constraint": burt_constraint(ties),
        "reason": N_TOO_SMALL if scores is None else None,
    }
    few = dict.fromkeys(("density_directed", "density_undirected", "betweenness"), N_TOO_SMALL)
    return with_reasons(result, **few, constraint=ZERO_TOTAL)


def ei_index(*, adjacency: Any, level: Any) -> Result:
    """E-I index with expected value, feasible range and rescaled value (D3)."""
    matrix = read_square(adjacency, "adjacency")
    found = mixing(matrix, read_labels(level, "level", len(matrix)))
    index = dict.fromkeys(("ei", "min", "max", "rescaled"), found["reason"])
    none = dict.fromkeys(("group_ei", "actor_ei"), NO_DATA)
    return with_reasons(found, **index, **none, expected_given_group_sizes=N_TOO_SMALL)


def helix_diversity(*, counts: Any) -> Result:
    """Diversity over four helices, also the empty ones (D5)."""
    rows = read_matrix(counts, "counts", missing=True)
    if rows.shape[1] != N_HELICES:
        raise ValueError(f"counts: {rows.shape[1]} counts in a row, expected {N_HELICES}")
    # A helix of which nothing is known leaves the whole row undefined.
    found = [diversity([0] * N_HELICES if np.isnan(row).any() else row.tolist()) for row in rows]
    measures = [{name: row["reason"] for name in row if name != "reason"} for row in found]
    return with_reasons({"rows": found}, rows=measures)


def _similarities(value: Any) -> list[tuple[str, str, float]]:
    """Triples of two codes and their similarity. A pair has one similarity, whichever way round it stands."""
    if not isinstance(value, list | tuple):
        raise ValueError("similarity: expected a list of [code, code, similarity]")
    known: dict[frozenset[str], float] = {}
    triples = []
    for n, item in enumerate(value):
        name = f"similarity[{n}]"
        if not isinstance(item, list | tuple) or len(item) != 3:
            raise ValueError(f"{name}: expected [code, code, similarity]")
        first, second = read_labels(item[:2], name)
        number = read_number(item[2], f"{name}[2]", most=1)
        pair = frozenset((first, second))
        if known.setdefault(pair, 1.0 if first == second else number) != number:
            raise ValueError(f"{name}: {first} and {second} have another similarity, {known[pair]:g}")
        triples.append((first, second, number))
    return triples


def _weights(value: Any, name: str) -> dict[str, float]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{name}: expected an object of code and weight")
    return {str(code): read_number(weight, f"{name}.{code}") for code, weight in value.items()}


def _nace_path(code: Any, name: str) -> list[str]:
    """Section, division, group and class of a NACE code: C, C20, C201, C2011 (also C20.11)."""
    found = NACE.match(code.removeprefix("nace:")) if isinstance(code, str) else None
    if found is None or not _is_nace(found[1], found[2]):
        raise ValueError(f"{name}: {quoted(code)} is no NACE code")
    path: list[str] = []
    for part in found.groups():
        if part is None:
            break
        path.append((path[-1] if path else "nace:") + part)
    return path


def _is_nace(section: str, division: str | None) -> bool:
    """Is the division one of the section, in Rev. 2 or in Rev. 2.1?"""
    if division is None:
        return True
    return any(first <= int(division) <= last for first, last in DIVISIONS[section])
