"""Methods on tables of indicators, by name: JSON values in, JSON values out."""

from typing import Any

import numpy as np

from governance.scoring import composites, importance, normalisation, ranks
from governance.scoring.settings import Thresholds
from mapping.analysis.arrays import Floats, number, read_matrix, read_number, read_vector, to_list
from mapping.analysis.reasons import (
    COVERAGE_TOO_LOW,
    NO_DATA,
    NO_VARIANCE,
    ZERO_TOTAL,
    Result,
    places_of,
    with_reasons,
)

NO_TARGET = "NO_TARGET"


def goalposts(*, x: Any, lower: Any, upper: Any, target: Any) -> Result:
    """Goalpost scores 0-100 and the gap to a target in shares of the range (B2, B5)."""
    values = read_vector(x, "x", missing=True, negative=True)
    low, high = (
        read_number(value, name, negative=True) for name, value in (("lower", lower), ("upper", upper))
    )
    if high < low:
        raise ValueError(f"upper: {upper} is below lower = {lower}")
    wanted = None if target is None else read_number(target, "target", negative=True)
    found = normalisation.goalposts(values, lower=low, upper=high, target=wanted)
    result = {key: to_list(value) if isinstance(value, np.ndarray) else value for key, value in found.items()}
    scores = places_of(NO_DATA, np.isnan(values), NO_VARIANCE)
    gaps = scores if high == low else places_of(NO_DATA, np.isnan(values), NO_TARGET)
    return with_reasons(result, score=scores, score_reversed=scores, signed_gap=gaps, deficit=gaps)


def normalise(*, X: Any, direction: Any, weights: Any) -> Result:  # noqa: N803  (the contract's name)
    """Normalisations of indicators with missing values and directions (B2)."""
    table, signs, _weights = _indicators(X, direction, weights)
    made = {name: to_list(values) for name, values in normalisation.normalise(table, signs).items()}
    return with_reasons(made, **dict.fromkeys(made, places_of(NO_DATA, np.isnan(table), NO_VARIANCE)))


def aggregate(
    *,
    X: Any,  # noqa: N803  (the contract's name)
    direction: Any,
    weights: Any,
    min_coverage: Any = Thresholds.min_coverage,
) -> Result:
    """Weighted means over the available indicators, and outranking (B3, B4)."""
    table, signs, used = _indicators(X, direction, weights)
    least = read_number(min_coverage, "min_coverage", most=1)
    made = composites.aggregate(table, direction=signs, weights=used, min_coverage=least)
    means = {
        "amean": to_list(made.amean),
        "gmean_1_100": to_list(made.gmean),
        "hmean_1_100": to_list(made.hmean),
        "amean_of_z": to_list(made.amean_of_z),
    }
    result = {
        **means,
        "copeland_complete": to_list(made.copeland),
        "complete_rows": made.complete.tolist(),
        "coverage": to_list(made.coverage),
    }
    codes = _mean_codes(table, used, made.coverage)
    return with_reasons(result, **dict.fromkeys(means, codes), copeland_complete=ZERO_TOTAL, coverage=codes)


def mazziotta_pareto(*, X: Any, direction: Any, weights: Any) -> Result:  # noqa: N803  (the contract's name)
    """Mean with a penalty for imbalance, of the complete rows; all indicators weigh the same (B3)."""
    table, signs, _weights = _indicators(X, direction, weights)
    values = composites.mazziotta_pareto(table, direction=signs)
    complete = composites.complete_rows(table)
    varies = any(normalisation.has_variance(column) for column in table.T)
    reason = NO_DATA if not complete.any() else ZERO_TOTAL if varies else NO_VARIANCE
    undefined = not len(values) or bool(np.isnan(values).any())
    result = {
        "mpi": to_list(values),
        "complete_rows": complete.tolist(),
        "reason": reason if undefined else None,
    }
    return with_reasons(result, mpi=reason)


def rank_robustness(*, X: Any, direction: Any, weights: Any) -> Result:  # noqa: N803  (the contract's name)
    """Ranks over six fixed scenarios: three aggregations, given and equal weights (B6)."""
    table, signs, used = _indicators(X, direction, weights)
    made = ranks.rank_robustness(table, direction=signs, weights=used)
    result = {
        key: number(value) if isinstance(value, float) else to_list(value) for key, value in made.items()
    }
    given, equal = (
        _mean_codes(table, weight, composites.coverage_of(table, weight))
        for weight in (used, np.ones_like(used))
    )
    codes = np.array([given] * 3 + [equal] * 3, dtype=object).T
    shifts = [_first(list(column)) for column in codes.T]
    return with_reasons(
        result,
        ranks=codes,
        **dict.fromkeys(("median", "q05", "q95", "mean"), equal),
        mean_abs_shift_per_scenario_vs_first=shifts,
        overall_average_shift=_first(shifts),
    )


def importance_performance(*, rows: Any) -> Result:
    """Quadrants and weighted gap at the grand means, ties high (B7)."""
    if not isinstance(rows, list | tuple):
        raise ValueError("rows: expected a list of [name, importance, performance]")
    pairs = []
    for place, row in enumerate(rows):
        if not isinstance(row, list | tuple) or len(row) != 3:
            raise ValueError(f"rows[{place}]: expected [name, importance, performance]")
        first, second = (
            None if value is None else read_number(value, f"rows[{place}][{n}]")
            for n, value in enumerate(row[1:], start=1)
        )
        pairs.append((first, second))
    found = importance.importance_performance(pairs, tie=Thresholds.tie)
    codes = found.pop("reasons")
    lines = dict.fromkeys(("threshold_importance", "threshold_performance"), NO_DATA)
    return with_reasons(found, **lines, quadrant=codes, gap=codes, weighted_gap=codes)


def _indicators(table: Any, direction: Any, weights: Any) -> tuple[Floats, Floats, Floats]:
    """Units x indicators with the direction and weight of each indicator."""
    signs = read_vector(direction, "direction", negative=True)
    used = read_vector(weights, "weights")
    rows = np.empty((0, len(signs))) if table == [] else read_matrix(table, "X", missing=True, negative=True)
    if not np.isin(signs, (-1.0, 1.0)).all():
        raise ValueError("direction: expected only 1 and -1")
    for name, values in (("direction", signs), ("weights", used)):
        if len(values) != rows.shape[1]:
            raise ValueError(f"{name}: {len(values)} values for {rows.shape[1]} indicators")
    return rows, signs, used


def _mean_codes(table: Floats, weights: Floats, coverage: Floats) -> list[str]:
    """Why a unit has no mean: it has no value, too few, or there is no indicator that tells units apart."""
    varies = np.array([normalisation.has_variance(column) for column in table.T], dtype=bool)
    if np.isnan(coverage).any():
        known = ~np.isnan(table).all()
        none = NO_DATA if not known else ZERO_TOTAL if not weights.any() or varies.any() else NO_VARIANCE
        return [none] * len(table)
    return [NO_DATA if share == 0 else COVERAGE_TOO_LOW for share in coverage]


def _first(codes: list[Any]) -> str:
    return next((code for code in codes if code), NO_DATA)
