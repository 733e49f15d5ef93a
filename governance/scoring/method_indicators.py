"""Methods on tables of indicators, by name: JSON values in, JSON values out."""

from typing import Any

import numpy as np

from governance.scoring import composites, importance, normalisation, ranks
from governance.scoring.settings import Thresholds
from mapping.analysis.arrays import Floats, number, read_matrix, read_vector, to_list

Result = dict[str, Any]


def goalposts(*, x: Any, lower: Any, upper: Any, target: Any) -> Result:
    """Goalpost scores 0-100 and the gap to a target in shares of the range (B2, B5)."""
    values = read_vector(x, "x", missing=True, negative=True)
    low, high = (_number(value, name) for name, value in (("lower", lower), ("upper", upper)))
    if high < low:
        raise ValueError(f"upper: {upper} is below lower = {lower}")
    wanted = None if target is None else _number(target, "target")
    found = normalisation.goalposts(values, lower=low, upper=high, target=wanted)
    return {key: to_list(value) if isinstance(value, np.ndarray) else value for key, value in found.items()}


def normalise(*, X: Any, direction: Any, weights: Any) -> Result:  # noqa: N803  (the contract's name)
    """Normalisations of indicators with missing values and directions (B2)."""
    table, signs, _weights = _indicators(X, direction, weights)
    made = {name: to_list(values) for name, values in normalisation.normalise(table, signs).items()}
    return {**made, "reasons": normalisation.reasons_per_column(table)}


def aggregate(
    *,
    X: Any,  # noqa: N803  (the contract's name)
    direction: Any,
    weights: Any,
    min_coverage: Any = Thresholds.min_coverage,
) -> Result:
    """Weighted means over the available indicators, and outranking (B3, B4)."""
    table, signs, used = _indicators(X, direction, weights)
    least = _number(min_coverage, "min_coverage")
    if not 0 <= least <= 1:
        raise ValueError(f"min_coverage: {min_coverage} is not between 0 and 1")
    made = composites.aggregate(table, direction=signs, weights=used, min_coverage=least)
    return {
        "amean": to_list(made.amean),
        "gmean_1_100": to_list(made.gmean),
        "hmean_1_100": to_list(made.hmean),
        "amean_of_z": to_list(made.amean_of_z),
        "copeland_complete": to_list(made.copeland),
        "complete_rows": made.complete.tolist(),
        "coverage": to_list(made.coverage),
        "reasons": [_reason(value, share) for value, share in zip(made.amean, made.coverage, strict=True)],
    }


def mazziotta_pareto(*, X: Any, direction: Any, weights: Any) -> Result:  # noqa: N803  (the contract's name)
    """Mean with a penalty for imbalance, of the complete rows; all indicators weigh the same (B3)."""
    table, signs, _weights = _indicators(X, direction, weights)
    values = composites.mazziotta_pareto(table, direction=signs)
    defined = len(values) > 0 and bool(np.isfinite(values).all())
    return {
        "mpi": to_list(values),
        "reason": None if defined else "NO_VARIANCE" if len(values) else "NO_DATA",
    }


def rank_robustness(*, X: Any, direction: Any, weights: Any) -> Result:  # noqa: N803  (the contract's name)
    """Ranks over six fixed scenarios: three aggregations, given and equal weights (B6)."""
    table, signs, used = _indicators(X, direction, weights)
    made = ranks.rank_robustness(table, direction=signs, weights=used)
    return {key: number(value) if isinstance(value, float) else to_list(value) for key, value in made.items()}


def importance_performance(*, rows: Any) -> Result:
    """Quadrants and weighted gap at the grand means, ties high (B7)."""
    if not isinstance(rows, list | tuple):
        raise ValueError("rows: expected a list of [name, importance, performance]")
    pairs = []
    for place, row in enumerate(rows):
        if not isinstance(row, list | tuple) or len(row) != 3:
            raise ValueError(f"rows[{place}]: expected [name, importance, performance]")
        first, second = read_vector(row[1:], f"rows[{place}]", missing=True).tolist()
        pairs.append((number(first), number(second)))
    return importance.importance_performance(pairs, tie=Thresholds.tie)


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


def _number(value: Any, name: str) -> float:
    try:
        return float(read_vector([value], name, negative=True)[0])
    except ValueError as error:
        raise ValueError(str(error).replace(f"{name}[0]", name)) from None


def _reason(value: float, coverage: float) -> str | None:
    if not np.isnan(value):
        return None
    return "ZERO_TOTAL" if np.isnan(coverage) else "COVERAGE_TOO_LOW" if coverage else "NO_DATA"
