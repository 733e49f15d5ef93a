"""How much of what was asked has an answer (B4), and how many answers are needed (C8)."""

from collections.abc import Mapping, Sequence
from math import ceil, sqrt
from statistics import NormalDist
from typing import Any

from governance.scoring.settings import HIGHEST, LOWEST, Thresholds


def answered_share(values: int, asked: int) -> float | None:
    """Coverage: values / (values + no information + unanswered), 0..1. None when nothing applies."""
    return values / asked if asked else None


def withheld_reason(values: int, asked: int, *, thresholds: Thresholds) -> str:
    """Why there is no score: NO_DATA, COVERAGE_TOO_LOW (under 2/3, B4), or "" when there is one."""
    if not values:
        return "NO_DATA"
    return "COVERAGE_TOO_LOW" if values / asked < thresholds.min_coverage - thresholds.tie else ""


def values_needed(values: int, asked: int, *, thresholds: Thresholds) -> int:
    """Further values after which a withheld score appears, counted among those already asked.

    At least one; 0 when the score is there. Example: 3 of 6 answered, 2/3 needed: 4 - 3 = 1.
    """
    if not withheld_reason(values, asked, thresholds=thresholds):
        return 0
    return max(1, ceil(thresholds.min_coverage * asked - thresholds.tie) - values)


def wheel_score(answers: Sequence[float | None], *, min_coverage: float) -> dict[str, Any]:
    """Score of one part of the RIS3 wheel: `100 (mean - 1) / 4` of its marks.

    Parameters
    ----------
    answers
        Marks 1..5; 0 and None are *no information*, as the wheel words it.
    min_coverage
        Share of marks, 0..1, under which there is no score.

    Returns
    -------
    dict
        n_valid; coverage 0..1 (None without a factor); score 0..100, or None with reason NO_DATA or
        COVERAGE_TOO_LOW.

    Notes
    -----
    Source: B1 and B4; wording of the marks: S3 Platform, RIS3 assessment wheel. Example: [3, 4, 0, 2, 5, 3]
    has five marks with the mean 3.4, so 100 * 2.4 / 4 = 60 at coverage 5/6.
    """
    thresholds = Thresholds(min_coverage=min_coverage)
    marks = [mark for mark in answers if mark]
    reason = withheld_reason(len(marks), len(answers), thresholds=thresholds)
    score = None if reason else 100 * (sum(marks) / len(marks) - LOWEST) / (HIGHEST - LOWEST)
    return {
        "n_valid": len(marks),
        "coverage": answered_share(len(marks), len(answers)),
        "score": score,
        "reason": reason or None,
    }


def required_sample(population: float, *, chi2: float, p: float, d: float) -> float | None:
    """Answers needed in a finite population: `chi2 N p (1 - p) / (d^2 (N - 1) + chi2 p (1 - p))`.

    Parameters
    ----------
    population
        N, 0 or more.
    chi2
        Squared normal quantile: 3.841 for 95 %.
    p, d
        Expected share and wanted margin, 0..1.

    Returns
    -------
    0 to N, not rounded. None: an empty population (NO_DATA), or neither share nor margin leaves a divisor
    (ZERO_TOTAL).

    Notes
    -----
    Source: Krejcie & Morgan (1970), Educational and Psychological Measurement 30:607-610.
    Example: N = 10 at 95 %, half, 5 points: 9.60 / (0.0225 + 0.96) = 9.77.
    """
    variance = chi2 * p * (1 - p)
    below = d * d * (population - 1) + variance
    return variance * population / below if population > 0 and below > 0 else None


def margin_of_error(n: float, *, population: float, p: float, confidence: float) -> float | None:
    """Half the width of the interval of a share: `z sqrt(p (1 - p) / n (N - n) / (N - 1))`.

    Parameters
    ----------
    n, population
        n answers of N.
    p, confidence
        Share and confidence, 0..1.

    Returns
    -------
    0 (everybody answered) to about 1. None without an answer (NO_DATA).

    Notes
    -----
    Source: normal approximation with finite population correction (C8), Cochran (1977), Sampling Techniques.
    Example: 5 of 10, p 0.5, confidence 0.95: 1.96 sqrt(0.05 * 5/9) = 0.327.
    """
    if n <= 0:
        return None
    if n >= population:
        return 0.0
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    return z * sqrt(p * (1 - p) / n * (population - n) / (population - 1))


def response_warnings(
    answered: Mapping[str, int], invited: Mapping[str, int], *, thresholds: Thresholds
) -> list[tuple[str, dict[str, Any]]]:
    """What to say about who answered (C8), as codes with their data.

    N_TOO_SMALL (fewer than 5) or FEW_ANSWERS (fewer than 10); GROUP_WITHOUT_ANSWER for each group that was
    invited and is silent; LOW_RESPONSE under 30 % of those invited; ONE_GROUP_DOMINATES above 60 %.
    """
    t = thresholds
    n = sum(answered.values())
    found: list[tuple[str, dict[str, Any]]] = []
    if n < t.interval_n:
        found.append(("N_TOO_SMALL", {"n": n}))
    elif n < t.few_answers:
        found.append(("FEW_ANSWERS", {"n": n}))
    for group, asked in invited.items():
        count = answered.get(group, 0)
        if asked and not count:
            found.append(("GROUP_WITHOUT_ANSWER", {"group": group, "invited": asked}))
        elif asked and count / asked < t.low_response - t.tie:
            found.append(("LOW_RESPONSE", {"group": group, "n": count, "invited": asked}))
    for group, count in answered.items():
        if n and count / n > t.dominance + t.tie:
            found.append(("ONE_GROUP_DOMINATES", {"group": group, "n": count, "of": n}))
    return found
