"""How far respondents agree: on one statement (C2), over a dimension (C1), between groups (C10)."""

from collections.abc import Mapping, Sequence
from math import log2

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def consensus(levels: Sequence[int], *, lowest: int = 1, highest: int = 5) -> float | None:
    """Tastle-Wierman consensus of one statement: 1 + sum p log2(1 - |x - mean| / width).

    Range 0 (half at each end of the scale) to 1 (unanimous). None below two values (N_TOO_SMALL).
    Source: Tastle & Wierman (2007) IJAR 45:531-545.
    """
    if len(levels) < 2:
        return None
    middle = sum(levels) / len(levels)
    width = highest - lowest
    return 1 + sum(log2(1 - abs(level - middle) / width) for level in levels) / len(levels)


def ordinal_alpha(ratings: Floats) -> float | None:
    """Krippendorff's alpha, ordinal, of a raters x statements array (NaN = missing).

    1 - observed / expected disagreement; at most 1, 0 is chance, negative is possible. None below two
    statements with two ratings (N_TOO_SMALL) or when all values are equal (NO_VARIANCE).
    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
    """
    columns = [column[~np.isnan(column)] for column in ratings.T]
    columns = [column for column in columns if len(column) >= 2]
    if len(columns) < 2:
        return None
    values = np.unique(np.concatenate(columns))
    if len(values) < 2:
        return None
    coincidence = np.zeros((len(values), len(values)))
    for column in columns:
        counts = np.array([(column == value).sum() for value in values], dtype=np.float64)
        coincidence += (np.outer(counts, counts) - np.diag(counts)) / (len(column) - 1)
    totals = coincidence.sum(axis=1)
    running = np.cumsum(totals)
    between = np.abs(running[None, :] - running[:, None])
    lower = np.minimum(np.arange(len(values))[:, None], np.arange(len(values))[None, :])
    upper = np.maximum(np.arange(len(values))[:, None], np.arange(len(values))[None, :])
    delta = (between + totals[lower] - (totals[lower] + totals[upper]) / 2) ** 2
    np.fill_diagonal(delta, 0)
    n = totals.sum()
    expected = (np.outer(totals, totals) * delta).sum() / (n * (n - 1))
    observed = (coincidence * delta).sum() / n
    return float(1 - observed / expected) if expected else None


def share_between(groups: Mapping[str, Sequence[float]]) -> float | None:
    """Eta squared: the share of the disagreement that lies between groups, 0..1.

    None with fewer than two groups (N_TOO_SMALL) or when all values are equal (NO_VARIANCE).
    """
    present = [np.asarray(values, dtype=np.float64) for values in groups.values() if len(values)]
    if len(present) < 2:
        return None
    everything = np.concatenate(present)
    total = float(((everything - everything.mean()) ** 2).sum())
    if total == 0:
        return None
    between = sum(len(group) * (group.mean() - everything.mean()) ** 2 for group in present)
    return float(between / total)
