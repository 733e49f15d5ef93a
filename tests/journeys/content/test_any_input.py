"""Any input of any method: right or null with a code, or one line naming a field. No trace and no warning."""

import json
import random
import warnings
from typing import Any

import pytest

from journeys.content.methods import ANALYSES, METHODS
from journeys.selectors.method_pages import EXAMPLES
from mapping.analysis import reasons
from mapping.analysis.evidence import EvidenceInputs, TableCard
from mapping.analysis.indicator_tables import IndicatorInputs, Territory
from mapping.analysis.methods import apply_method
from tests.golden.vectors import cases

CODES = {value for name, value in vars(reasons).items() if name.isupper()} | {"NO_TARGET"}
TRIALS = 60
MARGINS = {"n": [5, 0, 10], "N": [10, 3, 10], "p": 0.5, "confidence": 0.95}
EVIDENCE = EvidenceInputs(
    card=TableCard(),
    regions={"a": ("a",)},
    names={"a": "A"},
    indicators=IndicatorInputs(
        territories=(Territory(id="a", country="ES"), Territory(id="b"), Territory(id="c")),
        domains=("food", "steel"),
        counts=((80, 10), (40, None), (0, 0)),
        structure=((0.0, 1.0), (0.1, None), (1.0, 0.0)),
        structure_weights=(3.0, 1.0),
    ),
).to_dict()


def deep(levels: int) -> list[Any]:
    nested: list[Any] = []
    for _ in range(levels):
        nested = [nested]
    return nested


ODD = [
    *(None, True, "x", "", -1, 0, 0.5, 7, 1e308, -1e308, 5e-324, 1e100, -1e100, 1e-100, 10**17),
    *([], {}, [[]], [None], {"a": 1}, deep(50)),
]


def known_inputs() -> dict[str, list[dict[str, Any]]]:
    """Inputs that work, of each method."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in METHODS}
    for case in cases():
        found[case.method].append(case.inputs)
    for example in EXAMPLES.values():
        found[example.method].append(example.inputs)
    found["margin_of_error"].append(MARGINS)
    found["evidence_analysis"].append(EVIDENCE)
    return found


KNOWN = known_inputs()


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inside for place in places(item, (*path, key)))]


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def changed(inputs: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The inputs with one place made larger, smaller, empty, equal or odd."""
    inputs = json.loads(json.dumps(inputs))
    path = chance.choice(places(inputs)[1:])
    old = at(inputs, path)
    options = [chance.choice(ODD)]
    if isinstance(old, list) and old:
        zeros = [0 if isinstance(item, int | float) else item for item in old]
        options += [old[:-1], old + old[-1:], old * 2, old[:1] * len(old), [None] * len(old), zeros]
    if isinstance(old, dict) and old:
        options += [dict(list(old.items())[1:]), {**old, "another": next(iter(old.values()))}]
    at(inputs, path[:-1])[path[-1]] = chance.choice(options)
    return inputs


def unexplained(value: Any, code: Any, place: str = "") -> list[str]:
    """Nulls without a code in the same place of `reasons`, and codes where a value is."""
    if isinstance(value, dict):
        return [
            fault
            for name, item in value.items()
            if name not in ("reason", "reasons")
            for fault in unexplained(
                item, code.get(name) if isinstance(code, dict) else code, f"{place}/{name}"
            )
        ]
    if isinstance(value, list):
        return [
            fault
            for n, item in enumerate(value)
            for fault in unexplained(item, code[n] if isinstance(code, list) else code, f"{place}[{n}]")
        ]
    if value is None:
        return [] if code in CODES else [f"{place}: null without a code ({code})"]
    return [] if code is None else [f"{place}: {value} with the code {code}"]


def faults_of(name: str, inputs: dict[str, Any]) -> list[str]:
    try:
        result = apply_method(METHODS[name], inputs)
    except ValueError as error:
        line = str(error)
        return [] if ":" in line and "\n" not in line and len(line) < 300 else [f"refusal: {line}"]
    json.dumps(result, allow_nan=False)
    if name in ANALYSES:  # they hold a reason in each of their rows
        return []
    # Each name of the wheel has a result of its own.
    results = list(result.values()) if name == "wheel_score" else [result]
    return [fault for one in results for fault in unexplained(one, one["reasons"])]


@pytest.mark.parametrize("name", METHODS)
def test_a_method_that_works_explains_its_nulls(name):
    assert [faults_of(name, inputs) for inputs in KNOWN[name]] == [[]] * len(KNOWN[name])


@pytest.mark.parametrize("name", METHODS)
def test_any_input_is_counted_or_refused_in_one_line(name):
    chance = random.Random(name)
    inputs = sorted(KNOWN[name], key=lambda known: len(json.dumps(known)))[:3]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for _ in range(TRIALS):
            odd = chance.choice(inputs)
            for _ in range(chance.choice((1, 1, 2, 3))):
                odd = changed(odd, chance)
            assert faults_of(name, odd) == [], odd


def test_a_null_without_a_code_is_seen():
    assert unexplained({"a": [1.0, None]}, {"a": [None, "NO_DATA"]}) == []
    assert unexplained({"a": [1.0, None]}, {}) == ["/a[1]: null without a code (None)"]
    assert unexplained({"a": 1.0}, {"a": "NO_DATA"}) == ["/a: 1.0 with the code NO_DATA"]
