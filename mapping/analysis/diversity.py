"""Mixing and balance of groups: the E-I index of ties (D3), diversity over the four helices (D5)."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from mapping.analysis.arrays import Floats

NO_DATA = "NO_DATA"
NO_VARIANCE = "NO_VARIANCE"
N_HELICES = 4


def mixing(ties: npt.ArrayLike, groups: Sequence[str]) -> dict[str, Any]:
    """E-I index of Krackhardt & Stern: do ties run outside or inside the groups (levels, helices)?

    `EI = (E - I) / (E + I)`: -1 only inside, +1 only outside. It depends on the sizes of the groups, so the
    expected value `(P_E - P_I) / (P_E + P_I)` (P: possible ties), the feasible range for this number of
    ties, and the value rescaled to that range are given with it.

    Parameters
    ----------
    ties
        n x n, non-zero is a tie; made symmetric (union), diagonal ignored.
    groups
        Group of each of the n actors.

    Returns
    -------
    dict
        ei, expected_given_group_sizes, min, max, rescaled (None with `NO_VARIANCE` when the range is a
        point), groups (sorted), group_E, group_I (an internal tie counts once per member, as in UCINET),
        group_ei, actor_E, actor_I, actor_ei, reason. Without a tie: ei None, `NO_DATA`.

    References
    ----------
    Krackhardt & Stern (1988), Social Psychology Quarterly 51:123-140.
    """
    matrix = np.asarray(ties, dtype=float)
    linked = (matrix != 0) | (matrix != 0).T
    np.fill_diagonal(linked, False)
    names = sorted(set(groups))
    member = np.array([[group == name for name in names] for group in groups], dtype=float)
    member = member.reshape(len(groups), len(names))
    inside = (member @ member.T).astype(bool)
    actor_i = (linked & inside).sum(axis=1)
    actor_e = (linked & ~inside).sum(axis=1)
    internal, external = int(actor_i.sum()) // 2, int(actor_e.sum()) // 2
    sizes = member.sum(axis=0)
    possible_i = float((sizes * (sizes - 1) / 2).sum())
    possible_e = len(groups) * (len(groups) - 1) / 2 - possible_i
    result = _index_and_range(internal, external, possible_i, possible_e)
    group_e, group_i = member.T @ actor_e, member.T @ actor_i
    return result | {
        "groups": names,
        "group_E": [int(v) for v in group_e],
        "group_I": [int(v) for v in group_i],
        "group_ei": [_ei(e, i) for e, i in zip(group_e, group_i, strict=True)],
        "actor_E": [int(v) for v in actor_e],
        "actor_I": [int(v) for v in actor_i],
        "actor_ei": [_ei(e, i) for e, i in zip(actor_e, actor_i, strict=True)],
    }


def _ei(external: float, internal: float) -> float | None:
    total = external + internal
    return float((external - internal) / total) if total else None


def _index_and_range(
    internal: int, external: int, possible_i: float, possible_e: float
) -> dict[str, float | str | None]:
    ties = internal + external
    value = _ei(external, internal)
    expected = _ei(possible_e, possible_i)
    if value is None:
        nothing: dict[str, float | str | None] = dict.fromkeys(("ei", "max", "min", "rescaled"))
        return nothing | {"expected_given_group_sizes": expected, "reason": NO_DATA}
    most, fewest = min(ties, possible_e), ties - min(ties, possible_i)
    highest, lowest = (2 * most - ties) / ties, (2 * fewest - ties) / ties
    flat = highest - lowest < 1e-12
    return {
        "ei": value,
        "expected_given_group_sizes": expected,
        "max": highest,
        "min": lowest,
        "rescaled": None if flat else 2 * (value - lowest) / (highest - lowest) - 1,
        "reason": NO_VARIANCE if flat else None,
    }


def diversity(counts: Sequence[float]) -> Mapping[str, float | str | None]:
    """Diversity of actors over the four helices; an absent helix counts as an empty one.

    `p_k = n_k / n`; Shannon `H = -sum p ln p` (0 ln 0 = 0), Blau `B = 1 - sum p^2`, `IQV = B K / (K - 1)`,
    evenness `H / ln K` with K = 4, Hill numbers `exp(H)` and `1 / sum p^2`.

    Parameters
    ----------
    counts
        Four non-negative counts.

    Returns
    -------
    dict
        shannon 0 to ln 4, shannon_bits 0 to 2, blau 0 to 0.75, iqv and evenness 0 to 1, hill1 and hill2
        1 to 4, reason. No actor at all: all None, `NO_DATA`.

    References
    ----------
    Shannon (1948); Blau (1977), Inequality and Heterogeneity; Hill (1973), Ecology 54:427-432.
    """
    values: Floats = np.asarray(counts, dtype=float)
    total = float(values.sum())
    keys = ("shannon", "shannon_bits", "blau", "iqv", "evenness", "hill1", "hill2")
    if total == 0:
        empty: dict[str, float | str | None] = dict.fromkeys(keys)
        return empty | {"reason": NO_DATA}
    shares = values[values > 0] / total
    shannon = max(0.0, float(-(shares * np.log(shares)).sum()))
    concentration = float((shares**2).sum())
    blau = 1 - concentration
    return {
        "shannon": shannon,
        "shannon_bits": shannon / np.log(2).item(),
        "blau": blau,
        "iqv": blau * N_HELICES / (N_HELICES - 1),
        "evenness": shannon / np.log(N_HELICES).item(),
        "hill1": float(np.exp(shannon)),
        "hill2": 1 / concentration,
        "reason": None,
    }
