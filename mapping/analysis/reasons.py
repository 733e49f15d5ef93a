"""Why a value of a result is null: a code beside every null, in one form for all methods."""

from collections.abc import Mapping
from typing import Any

import numpy as np

Result = dict[str, Any]

NO_DATA = "NO_DATA"  # nothing is known
ZERO_TOTAL = "ZERO_TOTAL"  # there is nothing to divide by
NOT_CONNECTED = "NOT_CONNECTED"
MULTIPLE_EIGENVALUE = "MULTIPLE_EIGENVALUE"
SIGN_AMBIGUOUS = "SIGN_AMBIGUOUS"
N_TOO_SMALL = "N_TOO_SMALL"
COVERAGE_TOO_LOW = "COVERAGE_TOO_LOW"  # less than two thirds of the parts are known
NO_VARIANCE = "NO_VARIANCE"  # all values are equal
NOT_APPLICABLE = "NOT_APPLICABLE"  # the question does not arise: a region beside itself, a domain it has
TOO_LARGE = "TOO_LARGE"  # a table of pairs by domains that is not built


def with_reasons(result: Result, **codes: Any) -> Result:
    """The result with `reasons`: for each field that holds a null, the same shape with a code in its place.

    Parameters
    ----------
    result
        JSON values by name.
    codes
        Field -> its code; or codes by place: a list or array (or object) as far as the codes differ, each
        standing for all that lies below it. Codes at places that hold a value are passed over.

    Returns
    -------
    dict
        `reasons` holds null where a value is there, and no field in which every value is.

    Examples
    --------
    >>> with_reasons({"score": [1.5, None], "n": 2}, score=[None, "NO_DATA"])["reasons"]
    {'score': [None, 'NO_DATA']}
    """
    found = {name: _beside(result[name], code) for name, code in codes.items() if _has_null(result[name])}
    return {**result, "reasons": found}


def places_of(code: str, where: Any, otherwise: Any = None) -> Any:
    """Codes as an array: `code` where the condition holds, elsewhere the others (a code or an array)."""
    return np.where(where, np.array(code, dtype=object), np.asarray(otherwise, dtype=object))


def _has_null(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_has_null(item) for item in value.values())
    if isinstance(value, list):
        return None in value or any(_has_null(item) for item in value if isinstance(item, list | dict))
    return value is None


def _beside(value: Any, code: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            name: _beside(item, code.get(name) if isinstance(code, Mapping) else code)
            for name, item in value.items()
        }
    if isinstance(value, list):
        by_place = isinstance(code, list | tuple | np.ndarray)
        return [_beside(item, code[n] if by_place else code) for n, item in enumerate(value)]
    return code if value is None else None
