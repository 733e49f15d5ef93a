"""Importance by performance (B7): which things to work on first."""

from collections.abc import Sequence
from typing import Any

CONCENTRATE, KEEP_UP, LOW_PRIORITY, OVERKILL = (
    "concentrate_here",
    "keep_up",
    "low_priority",
    "possible_overkill",
)


def quadrant(importance: float, performance: float, *, lines: tuple[float, float], tie: float) -> str:
    """The field of one thing; on a line counts as high (value >= line - tie)."""
    important, strong = importance >= lines[0] - tie, performance >= lines[1] - tie
    if important:
        return KEEP_UP if strong else CONCENTRATE
    return OVERKILL if strong else LOW_PRIORITY


def weighted_gaps(pairs: Sequence[tuple[float, float]]) -> list[float | None]:
    """`(I_k / sum I) max(0, I_k - P_k)` of each thing k: how much its gap weighs among all importance.

    Parameters
    ----------
    pairs
        (importance I, performance P) on one scale, 0 or more.

    Returns
    -------
    One number per pair, 0 or more; all None when every I is 0 (ZERO_TOTAL).

    Notes
    -----
    Source: B7, after Martilla & James (1977), J. of Marketing 41:77-79.
    """
    total = sum(importance for importance, _performance in pairs)
    if not total:
        return [None] * len(pairs)
    return [importance / total * max(0.0, importance - performance) for importance, performance in pairs]


def descending(values: Sequence[float | None], *, tie: float) -> list[int]:
    """Places by value, largest first; neighbours within `tie` keep their order. None is left out."""
    ranked = sorted((-value, place) for place, value in enumerate(values) if value is not None)
    order: list[int] = []
    band: list[int] = []
    last = 0.0
    for negative, place in ranked:
        if band and negative - last > tie:
            order += sorted(band)
            band = []
        band.append(place)
        last = negative
    return order + sorted(band)


def importance_performance(
    rows: Sequence[tuple[float | None, float | None]], *, tie: float
) -> dict[str, Any]:
    """Quadrants at the grand means, and the order of work by weighted gap `(I / sum I) max(0, I - P)`.

    Parameters
    ----------
    rows
        (importance, performance) on the same scale; a row without one of them is left out of everything.
    tie
        Values this close to a line count as high.

    Returns
    -------
    dict
        threshold_importance, threshold_performance (means of the complete rows); per row quadrant,
        gap (I - P), weighted_gap, reasons (NO_DATA, ZERO_TOTAL); order: places by weighted gap, largest
        first, ties in their order. No complete row: thresholds None.

    Notes
    -----
    Source: Martilla & James (1977), J. of Marketing 41:77-79; grand means as lines are a later convention.
    Example: (4, 2) and (2, 4): lines 3 and 3; the first is to concentrate on, gap 2, weighted 4/6 * 2 = 1.33.
    """
    complete = {
        place: (importance, performance)
        for place, (importance, performance) in enumerate(rows)
        if importance is not None and performance is not None
    }
    result: dict[str, Any] = {
        "threshold_importance": None,
        "threshold_performance": None,
        "quadrant": [None] * len(rows),
        "gap": [None] * len(rows),
        "weighted_gap": [None] * len(rows),
        "reasons": ["NO_DATA"] * len(rows),
    }
    pairs = list(complete.values())
    if not pairs:
        return {**result, "order": []}
    lines = (
        sum(importance for importance, _performance in pairs) / len(pairs),
        sum(performance for _importance, performance in pairs) / len(pairs),
    )
    result["threshold_importance"], result["threshold_performance"] = lines
    for (place, (importance, performance)), weighted in zip(
        complete.items(), weighted_gaps(pairs), strict=True
    ):
        result["quadrant"][place] = quadrant(importance, performance, lines=lines, tie=tie)
        result["gap"][place] = importance - performance
        result["weighted_gap"][place] = weighted
        result["reasons"][place] = None if weighted is not None else "ZERO_TOTAL"
    return {**result, "order": descending(result["weighted_gap"], tie=tie)}
