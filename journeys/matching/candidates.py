"""Of very many pairs those worth comparing: the likeliest partners of each posting by a rough score."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

BLOCK = 500  # needs looked at at once

Places = npt.NDArray[np.int64]
Rough = npt.NDArray[np.float32]


def likeliest(needs: Places, offers: Places, k: int, rough: Callable[[Places, Places], Rough]) -> Places:
    """Pairs of places: the k likeliest offers of each need, and the k likeliest needs of each offer.

    Memory is one block of needs by all offers. A rough score below 0 keeps a pair apart.
    """
    found = []
    # Of each offer the best needs so far: score and place, k of them.
    best = np.full((len(offers), k), -1.0, dtype=np.float32)
    partner = np.zeros((len(offers), k), dtype=np.int64)
    for start in range(0, len(needs), BLOCK):
        rows = needs[start : start + BLOCK]
        score = rough(rows, offers)
        i, j = top(score, k)
        found.append(np.stack([rows[i], offers[j]], axis=1))
        best, partner = _merged(best, partner, score, rows, k)
    m, place = np.nonzero(best >= 0)
    found.append(np.stack([partner[m, place], offers[m]], axis=1))
    return unique_pairs(np.concatenate(found))


def _merged(best: Rough, partner: Places, score: Rough, rows: Places, k: int) -> tuple[Rough, Places]:
    """The best needs of each offer with those of one more block."""
    turned = np.ascontiguousarray(score.T)
    size = min(k, turned.shape[1])
    chosen = np.argpartition(turned, turned.shape[1] - size, axis=1)[:, -size:]
    both = np.concatenate([best, np.take_along_axis(turned, chosen, axis=1)], axis=1)
    who = np.concatenate([partner, rows[chosen]], axis=1)
    kept = np.argpartition(both, both.shape[1] - k, axis=1)[:, -k:]
    return np.take_along_axis(both, kept, axis=1), np.take_along_axis(who, kept, axis=1)


def top(score: Any, k: int) -> tuple[Places, Places]:
    """Rows and columns of the k best per row that are not kept apart."""
    if score.shape[1] <= k:
        n, m = np.nonzero(score >= 0)
        return n, m
    m = np.argpartition(score, score.shape[1] - k, axis=1)[:, -k:]
    n = np.repeat(np.arange(len(score)), k)
    shown = score[n, m.ravel()] >= 0
    return n[shown], m.ravel()[shown]


def unique_pairs(pairs: Places) -> Places:
    """Each pair once, in the order of needs and then offers."""
    if not len(pairs):
        return pairs.reshape(0, 2)
    width = int(pairs.max()) + 1
    once = np.unique(pairs[:, 0] * width + pairs[:, 1])
    return np.stack([once // width, once % width], axis=1)


def first(own: Places, other: Places, score: npt.NDArray[np.float64], k: int) -> npt.NDArray[np.bool_]:
    """Which pairs are among the k best of their own side; ties by place, which follows the keys."""
    order = np.lexsort((other, -score, own))
    place = np.arange(len(own)) - np.searchsorted(own[order], own[order])
    wanted = np.zeros(len(own), dtype=bool)
    wanted[order] = place < k
    return wanted
