"""How good a ranking is, measured on judged pairs (E7)."""

from collections.abc import Sequence

import numpy as np


def discounted_gain(grades: Sequence[float], k: int | None = None) -> float | None:
    """Discounted cumulative gain `sum_i rel_i / log2(i + 1)` over the first k places.

    Parameters
    ----------
    grades
        Relevance, 0 or more, in the order of the ranking.
    k
        Places that count; all of them when None.

    Returns
    -------
    0 or more; no ranking: None (`NO_DATA`).

    References
    ----------
    Jarvelin & Kekalainen (2002), ACM Transactions on Information Systems 20:422-446.
    """
    if not grades:
        return None
    first = np.asarray(grades[:k], dtype=float)
    return float((first / np.log2(np.arange(2, len(first) + 2))).sum())


def normalised_gain(ranked: Sequence[float], judged: Sequence[float], k: int | None = None) -> float | None:
    """nDCG at k, `DCG / IDCG`: gain of the ranking / gain of the best order of all judged documents.

    Parameters
    ----------
    ranked
        Grades in the order of the ranking; each is the grade of a document of `judged`, of another one.
    judged
        Grades of all documents that could have been found.

    Returns
    -------
    0 to 1; no ranking: None (`NO_DATA`); no document of any relevance: None (`ZERO_TOTAL`).

    References
    ----------
    Jarvelin & Kekalainen (2002), ACM Transactions on Information Systems 20:422-446.
    """
    gain, ideal = discounted_gain(ranked, k), discounted_gain(sorted(judged, reverse=True), k)
    return min(1.0, gain / ideal) if gain is not None and ideal else None


def reciprocal_rank(ranked: Sequence[float], relevant: float = 1) -> float | None:
    """`1 / i`, i the place of the first document with at least this grade.

    Parameters
    ----------
    ranked
        Grades in the order of the ranking.
    relevant
        The grade from which a document is an answer.

    Returns
    -------
    0 (no such document, as the mean over queries wants it) to 1; no ranking: None (`NO_DATA`).

    References
    ----------
    Voorhees (1999), TREC-8 Question Answering Track Report.
    """
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
    """Recall at k: documents graded `relevant` or better among the first k / documents that count.

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
    0 to 1; no ranking: None (`NO_DATA`); no document that counts: None (`ZERO_TOTAL`).

    References
    ----------
    Manning, Raghavan & Schuetze (2008), Introduction to Information Retrieval, chapter 8.
    """
    if not ranked:
        return None
    whole = sum(grade >= (relevant if counted is None else counted) for grade in pool)
    return sum(grade >= relevant for grade in ranked[:k]) / whole if whole else None
