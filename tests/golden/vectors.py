"""Vectors of the methods: inputs, expected numbers and where they come from, one file per method."""

import json
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent


class Case(NamedTuple):
    method: str
    name: str
    inputs: dict[str, Any]
    expected: dict[str, Any]
    tolerance: float


def cases(*methods: str) -> list[Case]:
    """The cases of these methods, of all when none is named."""
    files = [FOLDER / f"{method}.json" for method in methods] or sorted(FOLDER.glob("*.json"))
    found = []
    for file in files:
        vector = json.loads(file.read_text())
        for case in vector["cases"]:
            assert case["source"]
            found.append(
                Case(vector["method"], case["name"], case["inputs"], case["expected"], case["tolerance"])
            )
    return found


def differences(actual: Any, expected: Any, tolerance: float, place: str = "") -> list[str]:
    """Where a result departs from what is expected. It may hold more keys; null must be null."""
    if isinstance(expected, dict):
        if not isinstance(actual, dict):
            return [f"{place}: {actual!r} is no object"]
        missing = [f"{place}/{key}: missing" for key in expected if key not in actual]
        present = [key for key in expected if key in actual]
        return missing + [
            fault
            for key in present
            for fault in differences(actual[key], expected[key], tolerance, f"{place}/{key}")
        ]
    if isinstance(expected, list):
        if not isinstance(actual, list) or len(actual) != len(expected):
            return [f"{place}: {actual!r} is no list of {len(expected)}"]
        return [
            fault
            for n, (a, e) in enumerate(zip(actual, expected, strict=True))
            for fault in differences(a, e, tolerance, f"{place}[{n}]")
        ]
    if expected is None or isinstance(expected, bool | str):
        return [] if actual == expected else [f"{place}: {actual!r}, expected {expected!r}"]
    # The files hold twelve decimals.
    good = isinstance(actual, int | float) and abs(actual - expected) <= tolerance + 1e-12
    return [] if good else [f"{place}: {actual!r}, expected {expected!r}"]
