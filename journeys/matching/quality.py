"""How good a ranking is, measured on judged pairs (E7)."""

from collections.abc import Sequence

import numpy as np


def discounted_gain(grades: Sequence[float], k: int | None = None) -> float:
    """Discounted cumulative gain `sum rel_i / log2(i + 1)` over the first k places, 0 or more.

    References
    ----------
    Jarvelin & Kekalainen (2002), ACM Transactions on Information Systems 20:422-446.
    """
    first = np.asarray(grades[:k], dtype=float)
    return float((first / np.log2(np.arange(2, len(first) + 2))).sum())


def normalised_gain(ranked: Sequence[float], judged: Sequence[float], k: int | None = None) -> float | None:
    """nDCG at k: gain of the ranking / gain of the best order of all judged documents, 0 to 1.

    No document of any relevance: None (`ZERO_TOTAL`).
    """
    ideal = discounted_gain(sorted(judged, reverse=True), k)
    return discounted_gain(ranked, k) / ideal if ideal > 0 else None


def reciprocal_rank(ranked: Sequence[float], relevant: float = 1) -> float | None:
    """1 / place of the first document with at least this grade, 0 without one; no ranking: None."""
    if not ranked:
        return None
    places = [n for n, grade in enumerate(ranked, start=1) if grade >= relevant]
    return 1 / places[0] if places else 0.0


def recall(
    ranked: Sequence[float],
    pool: Sequence[float],
    k: int,
    *,
    relevant: float = 1,
    counted: float | None = None,
) -> float | None:
    """Documents graded `relevant` or better among the first k / documents of the pool that count.

    Parameters
    ----------
    ranked
        Grades in the order of the ranking.
    pool
        Grades of all documents that could have been found.
    counted
        The grade from which a document of the pool counts; the same as `relevant` unless given.

    Returns
    -------
    0 to 1; no document that counts: None (`ZERO_TOTAL`).
    """
    whole = sum(grade >= (relevant if counted is None else counted) for grade in pool)
    return sum(grade >= relevant for grade in ranked[:k]) / whole if whole else None
