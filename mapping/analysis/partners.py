"""The best partners of every region with what each would bring: top k of all pairs, never n x n x d."""

from dataclasses import dataclass

import numpy as np

from mapping.analysis.arrays import Floats, Ints
from mapping.analysis.complementarity import missing_weights

CELLS = 2_000_000  # pairs x domains looked at in one go: 16 MB


@dataclass(frozen=True, kw_only=True)
class Partners:
    """Per region (row) its best sources. `sources` is -1 and `scores` NaN where there are fewer than k."""

    sources: Ints  # R x k, best first, ties in the order of the regions
    scores: Floats  # R x k, A10 pair score P(source -> region), 0 to 100
    domains: Ints  # R x k x top: the domains that add most
    points: Floats  # R x k x top: what each adds to the score; 0 is nothing


def explained_partners(
    present: Floats, missing: Floats, relatedness: Floats, *, k: int = 15, top: int = 3
) -> Partners:
    """The k regions that complement each region best (A10), and the domains through which they do.

    Parameters
    ----------
    present, missing
        R x D: 1 where a region is specialised, and where it is known not to be.
    relatedness
        D x D, not negative.
    k, top
        Partners per region, domains per partner; not more than there are.

    Returns
    -------
    Partners
        The points of all domains of a pair add up to its score.
    """
    worth = 100 * missing_weights(missing, relatedness)
    score = worth @ present.T
    np.fill_diagonal(score, np.nan)
    k, top = min(k, max(len(score) - 1, 0)), min(top, present.shape[1])
    sources, scores = largest_in_rows(score, k)
    domains = np.zeros((len(score), k, top), dtype=np.int64)
    points = np.zeros((len(score), k, top))
    rows = max(1, CELLS // max(1, k * present.shape[1]))
    for start in range(0, len(score), rows):
        some = slice(start, start + rows)
        added = np.nan_to_num(worth[some], nan=0.0)[:, None, :] * present[sources[some]]
        domains[some], points[some] = largest_in_rows(added, top)
    undefined = np.isnan(scores)
    sources[undefined] = -1
    points[undefined] = 0.0
    return Partners(sources=sources, scores=scores, domains=domains, points=points)


def largest_in_rows(values: Floats, top: int) -> tuple[Ints, Floats]:
    """Places and values of the `top` largest along the last axis, largest first; NaN comes last.

    Equal values keep their order, and of those that tie at the edge the first are taken.
    """
    keys = np.round(np.where(np.isnan(values), -np.inf, values), 9)
    count = values.shape[-1]
    if 0 < top < count:
        # Of those that tie at the edge the first are taken, so that the choice does not hang on the sort.
        bar = np.partition(keys, count - top, axis=-1)[..., count - top, None]
        above = (keys > bar).sum(axis=-1, keepdims=True)
        equal = keys == bar
        chosen = (keys > bar) | (equal & (np.cumsum(equal, axis=-1) <= top - above))
        places = np.nonzero(chosen)[-1].reshape(*values.shape[:-1], top)
    else:
        places = np.broadcast_to(np.arange(count), values.shape)[..., :top]
    order = np.argsort(-np.take_along_axis(keys, places, axis=-1), axis=-1, kind="stable")
    places = np.take_along_axis(places, order, axis=-1).astype(np.int64)
    return places, np.take_along_axis(values, places, axis=-1)
