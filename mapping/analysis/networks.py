"""Networks of collaboration (D2): density, betweenness, components, brokerage between levels, constraint."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from mapping.analysis.arrays import Flags, Floats, ratio

BROKERAGE = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total")
SMALL = 2_000_000  # actors x ties up to which a plain loop takes a few seconds at most
SPARSE = 0.02  # share of ties below which products with a sparse matrix are faster
BLOCK = 2_000_000  # sources x actors of one block of shortest paths


def tie_matrix(adjacency: npt.ArrayLike) -> Flags:
    """n x n: True where a tie runs from row to column; the diagonal is dropped."""
    ties: Flags = np.asarray(adjacency, dtype=float) != 0
    ties = ties.copy()
    np.fill_diagonal(ties, False)
    return ties


def density(ties: Flags, *, directed: bool) -> float | None:
    """Density of a network: `m / (n (n - 1))`, m ties of n actors; each undirected tie counts both ways.

    Parameters
    ----------
    ties
        n x n, True where a tie runs from row to column.
    directed
        False: the union of both directions.

    Returns
    -------
    0 to 1; fewer than 2 actors: None (`N_TOO_SMALL`).

    References
    ----------
    Wasserman & Faust (1994), Social Network Analysis, chapter 4.
    """
    n = len(ties)
    if n < 2:
        return None
    present = ties if directed else ties | ties.T
    return float(present.sum()) / (n * (n - 1))


def betweenness_scores(ties: Flags) -> Floats | None:
    """Normalised betweenness of every actor in the undirected network.

    `b_v = sum over pairs s, t of sigma_st(v) / sigma_st / ((n - 1)(n - 2) / 2)`.

    Parameters
    ----------
    ties
        n x n, True where a tie runs from row to column; read in both directions.

    Returns
    -------
    array of length n, 0 to 1; pairs without a path contribute 0. Fewer than 3 actors: None (`N_TOO_SMALL`).

    References
    ----------
    Freeman (1977), Sociometry 40:35-41; algorithm of Brandes (2001), J. Math. Sociology 25:163-177.
    """
    n = len(ties)
    if n < 3:
        return None
    linked = ties | ties.T
    if n * int(linked.sum()) // 2 > SMALL:
        return _betweenness_in_blocks(linked) / ((n - 1) * (n - 2))
    return _betweenness_one_by_one(linked) / ((n - 1) * (n - 2))


def _betweenness_one_by_one(linked: Flags) -> Floats:
    """Brandes' sums from one source after the other: best where ties are few."""
    neighbours = [np.flatnonzero(row).tolist() for row in linked]
    scores = [0.0] * len(linked)
    for source in range(len(linked)):
        paths, distance = {source: 1}, {source: 0}
        order, before = [source], defaultdict(list)
        for v in order:  # grows while it is walked: breadth first
            for w in neighbours[v]:
                if w not in distance:
                    distance[w], paths[w] = distance[v] + 1, 0
                    order.append(w)
                if distance[w] == distance[v] + 1:
                    paths[w] += paths[v]
                    before[w].append(v)
        dependency = dict.fromkeys(order, 0.0)
        for w in reversed(order[1:]):
            for v in before[w]:
                dependency[v] += paths[v] / paths[w] * (1 + dependency[w])
            scores[w] += dependency[w]
    return np.array(scores)


def _betweenness_in_blocks(linked: Flags) -> Floats:
    """Brandes' sums for many sources at once: breadth first forward, dependencies backward, by products."""
    n = len(linked)
    graph: Any = linked.astype(float)
    if linked.mean() < SPARSE:
        from scipy.sparse import csr_array  # slow import

        graph = csr_array(graph)
    scores = np.zeros(n)
    width = max(1, BLOCK // n)
    for start in range(0, n, width):
        sources = np.arange(start, min(start + width, n))
        columns = np.arange(len(sources))
        paths = np.zeros((n, len(sources)))  # number of shortest paths from each source
        paths[sources, columns] = 1.0
        levels = [paths > 0]
        reached = levels[0].copy()
        while True:
            step = graph @ np.where(levels[-1], paths, 0.0)
            fresh = (step > 0) & ~reached
            if not fresh.any():
                break
            paths[fresh] = step[fresh]
            reached |= fresh
            levels.append(fresh)
        dependency = np.zeros_like(paths)
        for level, above in zip(reversed(levels[1:]), reversed(levels[:-1]), strict=True):
            share = np.divide(1 + dependency, paths, out=np.zeros_like(paths), where=level)
            dependency += np.where(above, paths * (graph @ share), 0.0)
        dependency[sources, columns] = 0.0
        scores += dependency.sum(axis=1)
    return scores


def component_labels(ties: Flags) -> npt.NDArray[np.int64]:
    """Number of the connected component of each actor (ties in either direction), counted from 0."""
    linked = ties | ties.T
    labels = np.full(len(ties), -1, dtype=np.int64)
    for start in range(len(ties)):
        if labels[start] >= 0:
            continue
        number = labels.max(initial=-1) + 1
        front = np.zeros(len(ties), dtype=bool)
        front[start] = True
        while front.any():
            labels[front] = number
            front = linked[front].any(axis=0) & (labels < 0)
    return labels


def brokerage_counts(ties: Flags, groups: Sequence[str]) -> npt.NDArray[np.int64]:
    """How often each actor stands between two others that are not tied: `a -> v -> b` without `a -> b`.

    Roles by the groups of a, v, b (a tie from a to b): coordinator AAA, itinerant ABA (both ends share a
    group, the broker is an outsider), representative AAB (speaks for its group: outgoing), gatekeeper ABB
    (lets into its group: incoming), liaison ABC.

    Parameters
    ----------
    ties
        n x n, True where a tie runs from row to column.
    groups
        Level or helix of each of the n actors.

    Returns
    -------
    array n x 6, columns `BROKERAGE`, whole numbers. Always defined: nobody to stand between is 0.

    References
    ----------
    Gould & Fernandez (1989), Sociological Methodology 19:89-126.
    """
    n = len(ties)
    names = sorted(set(groups))
    of = np.array([names.index(group) for group in groups], dtype=np.int64)
    a = ties.astype(float)
    open_paths = np.zeros((n, len(names), len(names)))  # broker, group of a, group of b
    for gb in range(len(names)):
        to_b = a * (of == gb)
        closed = a * (to_b @ a.T)  # [a, v]: paths a -> v -> b that have a tie a -> b too
        back = a * to_b.T * (of == gb)[:, None]  # [a, v]: a -> v -> a, when a is of group gb
        outgoing = to_b.sum(axis=1)
        for ga in range(len(names)):
            rows = of == ga
            incoming = a[rows].sum(axis=0)
            returning = back[rows].sum(axis=0) if ga == gb else 0.0
            open_paths[:, ga, gb] = incoming * outgoing - closed[rows].sum(axis=0) - returning
    v = np.arange(n)
    inner = open_paths[v, of, of]
    same_ends = np.einsum("vgg->v", open_paths)
    outgoing_roles = open_paths[v, of, :].sum(axis=1) - inner
    incoming_roles = open_paths[v, :, of].sum(axis=1) - inner
    total = open_paths.sum(axis=(1, 2))
    itinerant = same_ends - inner
    liaison = total - inner - itinerant - outgoing_roles - incoming_roles
    counts = np.column_stack((inner, itinerant, outgoing_roles, incoming_roles, liaison, total))
    whole: npt.NDArray[np.int64] = np.rint(counts).astype(np.int64)
    return whole


def burt_constraint(ties: Flags) -> list[float | None]:
    """Burt's constraint of each actor: how far its contacts are tied to each other.

    `c_i = sum_j (p_ij + sum_q p_iq p_qj)^2` over the contacts j, `p_ij = a_ij / sum_k a_ik`,
    a the undirected union of the ties.

    Parameters
    ----------
    ties
        n x n, True where a tie runs from row to column.

    Returns
    -------
    One number per actor, above 0 (free to broker) to about 1.1. An actor without ties: None (`ZERO_TOTAL`).

    References
    ----------
    Burt (1992), Structural Holes, chapter 2.
    """
    weights = (ties | ties.T).astype(float)
    totals = weights.sum(axis=1, keepdims=True)
    shares = ratio(weights, totals, otherwise=0.0)
    invested = np.where(weights > 0, shares + shares @ shares, 0.0)
    return [
        float(value) if total else None
        for value, total in zip((invested**2).sum(axis=1), totals[:, 0], strict=True)
    ]
