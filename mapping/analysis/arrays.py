"""Arrays of the methods: their types, division that knows undefined, and the way from and to JSON values."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# "High" means value >= threshold - TIE: rounding noise must not split equal values.
TIE = 1e-9
MIN_COVERAGE = 2 / 3  # B4: a number over less than this share of its parts is withheld
# Sizes that inputs may have: products and squares of such numbers are still numbers.
LARGEST, SMALLEST = 1e100, 1e-100


def ratio(above: npt.ArrayLike, below: npt.ArrayLike, *, otherwise: float = np.nan) -> Floats:
    """`above / below` where `below` is positive, `otherwise` elsewhere (by default NaN: undefined)."""
    numerator, denominator = np.broadcast_arrays(
        np.asarray(above, dtype=float), np.asarray(below, dtype=float)
    )
    result: Floats = np.full(numerator.shape, otherwise, dtype=float)
    np.divide(numerator, denominator, out=result, where=denominator > 0)
    return result


def presence(m: Floats) -> Floats:
    """Unknown cells as 0: for sums in which the weight of what is known stands below the line."""
    return np.nan_to_num(m, nan=0.0)


def to_list(values: npt.NDArray[Any]) -> list[Any]:
    """Nested lists of plain numbers; NaN and infinity become None, and -0.0 becomes 0.0."""
    if values.ndim > 1:
        return [to_list(row) for row in values]
    if values.dtype.kind != "f":
        plain: list[Any] = values.tolist()
        return plain
    numbers: list[Any] = (values + 0.0).tolist()
    for place in np.flatnonzero(~np.isfinite(values)).tolist():
        numbers[place] = None
    return numbers


def number(value: float) -> float | None:
    """A plain float; None for NaN or infinity."""
    return float(value) + 0.0 if np.isfinite(value) else None


def read_matrix(value: Any, name: str, *, missing: bool = False, negative: bool = False) -> Floats:
    """Rows of equal length as an array; null becomes NaN where `missing` allows it.

    Raises
    ------
    ValueError
        The text names the field and the row.
    """
    if not isinstance(value, list | tuple) or not value:
        raise ValueError(f"{name}: expected a list of rows with at least one row")
    rows = [
        read_vector(row, f"{name}[{n}]", missing=missing, negative=negative) for n, row in enumerate(value)
    ]
    widths = {len(row) for row in rows}
    if len(widths) > 1:
        raise ValueError(f"{name}: rows have different lengths ({', '.join(map(str, sorted(widths)))})")
    return np.array(rows, dtype=float).reshape(len(rows), widths.pop())


def read_vector(value: Any, name: str, *, missing: bool = False, negative: bool = False) -> Floats:
    """A list of finite numbers; null becomes NaN where `missing` allows it."""
    if not isinstance(value, list | tuple):
        raise ValueError(f"{name}: expected a list of numbers")
    if set(map(type, value)) <= ({int, float, type(None)} if missing else {int, float}):
        numbers: Floats = np.array(value, dtype=float)  # None becomes NaN
        sizes = np.abs(numbers)
        good = (sizes == 0) | ((sizes >= SMALLEST) & (sizes <= LARGEST))
        if not negative:
            good &= numbers >= 0
        if good.all() or (missing and (good | [item is None for item in value]).all()):
            return numbers
    # Something is wrong: the first that is gets named.
    for n, item in enumerate(value):
        fault = "" if item is None and missing else _fault(item, negative=negative)
        if fault:
            raise ValueError(f"{name}[{n}]: {fault}")
    return np.array(value, dtype=float)


def read_number(value: Any, name: str, *, negative: bool = False, most: float = LARGEST) -> float:
    """One finite number, at most `most`."""
    fault = _fault(value, negative=negative)
    if fault:
        raise ValueError(f"{name}: {fault}")
    if value > most:
        raise ValueError(f"{name}: {value} is above {most:g}")
    return float(value)


def _fault(item: Any, *, negative: bool) -> str:
    """What keeps a JSON value from being a number to count with, or ""."""
    if isinstance(item, bool) or not isinstance(item, int | float):
        return f"expected a number, got {quoted(item)}"
    if not math.isfinite(item):
        return "not a finite number"
    if item < 0 and not negative:
        return f"{item} is negative"
    if not SMALLEST <= abs(item) <= LARGEST and item:
        return f"{item} is too {'large' if abs(item) > 1 else 'small'} to count with"
    return ""


def quoted(value: Any) -> str:
    """A JSON value in a sentence: short, whatever it holds."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list | tuple):
        return "a list"
    return repr(value) if len(str(value)) <= 40 else f"{str(value)[:40]!r}..."


def read_binary(value: Any, name: str) -> Floats:
    """A matrix of 0 and 1; null is read as not known (NaN)."""
    matrix = read_matrix(value, name, missing=True)
    if not np.isin(matrix[~np.isnan(matrix)], (0.0, 1.0)).all():
        raise ValueError(f"{name}: expected only 0 and 1")
    return matrix


def read_square(value: Any, name: str, size: int | None = None, *, missing: bool = False) -> Floats:
    """A matrix with as many rows as columns, and `size` of them when given."""
    matrix = read_matrix(value, name, missing=missing)
    if matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f"{name}: {matrix.shape[0]} rows but {matrix.shape[1]} columns")
    if size is not None and len(matrix) != size:
        raise ValueError(f"{name}: {len(matrix)} rows, expected {size}")
    return matrix


def read_labels(value: Any, name: str, size: int | None = None) -> Sequence[str]:
    """A list of names, `size` of them when given."""
    if not isinstance(value, list | tuple):
        raise ValueError(f"{name}: expected a list of names")
    for n, item in enumerate(value):
        if isinstance(item, bool) or not isinstance(item, str | int):
            raise ValueError(f"{name}[{n}]: expected a name, got {quoted(item)}")
    if size is not None and len(value) != size:
        raise ValueError(f"{name}: {len(value)} names, expected {size}")
    return [str(item) for item in value]
