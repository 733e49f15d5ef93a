"""One-to-one proposals for events: best assignment (E4), stable matching of two sides' wishes (E5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Assignment:
    total: float
    pairs: tuple[tuple[int, int], ...]  # (request, offer), in the order of the requests
    unmatched: tuple[int, ...]  # requests left without an offer


def best_assignment(score: Floats, min_score: float) -> Assignment:
    """One-to-one pairs of rows and columns with the largest sum of scores.

    `max sum_ij s_ij x_ij`, `x_ij = 1` for a pair, each row and column at most once, and all of the shorter
    side is used. Pairs under `min_score`, and pairs of unknown score (NaN), are forbidden: they are worth 0
    and are then dropped.

    Parameters
    ----------
    score
        Requests x offers, any shape.
    min_score
        The least score of a proposal.

    Returns
    -------
    Assignment
        Always defined: nothing allowed is total 0 and no pairs.

    References
    ----------
    Crouse (2016), IEEE Transactions on Aerospace and Electronic Systems 52:1679-1696.
    """
    from scipy.optimize import linear_sum_assignment  # slow import

    allowed = ~np.isnan(score) & (np.nan_to_num(score, nan=-np.inf) >= min_score - 1e-9)
    rows, columns = linear_sum_assignment(np.where(allowed, score, 0.0), maximize=True)
    pairs = tuple((int(i), int(j)) for i, j in zip(rows, columns, strict=True) if allowed[i, j])
    matched = {i for i, _ in pairs}
    return Assignment(
        total=float(sum(score[i, j] for i, j in pairs)),
        pairs=pairs,
        unmatched=tuple(i for i in range(len(score)) if i not in matched),
    )


def stable_pairs(
    proposers: Mapping[str, Sequence[str]],
    deciders: Mapping[str, Sequence[str]],
    *,
    places: Mapping[str, int] | None = None,
    rooms: Mapping[str, int] | None = None,
) -> list[tuple[str, str]]:
    """Deferred acceptance: pairs (proposer, decider) that no two would rather leave for each other.

    Best possible for every proposer, who cannot gain by a false list: no pair (p, d) has
    `rank_p(d) < rank_p(match of p)` and `rank_d(p) < rank_d(match of d)`. A name that a list leaves out is
    not acceptable.

    Parameters
    ----------
    proposers, deciders
        Name -> names of the other side, best first, strict; may be incomplete.
    places
        Places of a decider, 1 unless named.
    rooms
        How many deciders a proposer may hold, 1 unless named.

    Returns
    -------
    Pairs, each name at most as often as it has places. Always defined: who finds nobody is in no pair.

    References
    ----------
    Gale & Shapley (1962), American Mathematical Monthly 69:9-15.
    """
    rank = {name: {other: n for n, other in enumerate(wishes)} for name, wishes in deciders.items()}
    held: dict[str, list[str]] = {name: [] for name in deciders}
    asked = dict.fromkeys(proposers, 0)
    # Each proposer stands in the queue once per room it may still fill.
    queue = [
        name
        for name, wishes in reversed(list(proposers.items()))
        for _ in range(min((rooms or {}).get(name, 1), len(wishes)))
    ]
    while queue:
        name = queue.pop()
        if asked[name] >= len(proposers[name]):
            continue
        other = proposers[name][asked[name]]
        asked[name] += 1
        if name not in rank[other]:
            queue.append(name)
            continue
        held[other].append(name)
        held[other].sort(key=rank[other].__getitem__)
        if len(held[other]) > (places or {}).get(other, 1):
            queue.append(held[other].pop())
    return [(name, other) for other, names in held.items() for name in names]


def blocking_pairs(
    requests: Mapping[str, Sequence[str]],
    offers: Mapping[str, Sequence[str]],
    match: Mapping[str, str | None],
) -> list[tuple[str, str]]:
    """Pairs that would both rather have each other than what a one-to-one match gives them.

    None is the definition of stable.
    """
    taken = {offer: request for request, offer in match.items() if offer is not None}
    blocking = []
    for request, wishes in requests.items():
        current = match.get(request)
        better = wishes if current is None else wishes[: list(wishes).index(current)]
        for offer in better:
            ranks = list(offers[offer])
            if request not in ranks:
                continue
            rival = taken.get(offer)
            if rival is None or ranks.index(request) < ranks.index(rival):
                blocking.append((request, offer))
    return blocking
