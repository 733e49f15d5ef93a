"""What a function that makes a number says of it: formula, shapes, ranges, when it is undefined, source."""

import inspect
import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

from governance.scoring import method_indicators, method_ratings
from journeys.matching import methods as method_matching
from mapping.analysis import method_networks, method_regions, method_tables
from mapping.analysis import reasons as codes
from tests.architecture.tree import PURE, expect_none

METHOD_MODULES = (
    method_indicators,
    method_ratings,
    method_matching,
    method_networks,
    method_regions,
    method_tables,
)
# Reading and writing of values, and steps on the way to a number that has a docstring of its own.
NO_NUMBERS = ("arrays", "reasons", "settings")
STEPS = {
    *("answered_share", "complete", "complete_rows", "component_labels", "coverage_of", "descending"),
    *("determined", "enough_known", "has_variance", "known_portfolios", "large_enough", "nearest_peers"),
    *(
        "pieces",
        "quadrant",
        "reference_of",
        "response_warnings",
        "specialisations",
        "t_quantile",
        "tie_matrix",
    ),
    *("tie_of", "too_few", "values_needed", "whole_shares", "withheld_reason", "words"),
}
CODES = {value for name, value in vars(codes).items() if name.isupper()} | {"SUPPRESSED", "NO_TARGET"}


def reached(module: ModuleType) -> list[Callable[..., Any]]:
    """Functions that a module of methods imports, by name or with their module."""
    own = [value for value in vars(module).values() if inspect.isfunction(value)]
    modules = [value for value in vars(module).values() if inspect.ismodule(value)]
    return own + [value for other in modules for value in vars(other).values() if inspect.isfunction(value)]


def makes_a_number(function: Callable[..., Any]) -> bool:
    module = function.__module__
    pure = module.replace(".", "/").startswith(PURE) and "method" not in module.rpartition(".")[2]
    named = function.__name__.startswith("_") or function.__name__ in STEPS
    return pure and not named and module.rpartition(".")[2] not in NO_NUMBERS


def lacking(docstring: str) -> list[str]:
    parts = {
        "Parameters": re.search(r"Parameters\n-+\n", docstring),
        "Returns": re.search(r"Returns\n-+\n", docstring),
        "a source": re.search(r"References\n-+\n|Source:", docstring),
        "a formula": re.search(r"`[^`]*[\[|<>=/+*(\-^][^`]*`", docstring),
        "when it is undefined": "Always defined" in docstring or any(code in docstring for code in CODES),
    }
    return [part for part, found in parts.items() if not found]


def test_every_number_says_how_it_is_made():
    found = {f for module in METHOD_MODULES for f in reached(module) if makes_a_number(f)}
    assert len(found) > 50
    expect_none(
        [
            f"{function.__module__}.{function.__name__}: {', '.join(parts)}"
            for function in found
            if (parts := lacking(inspect.getdoc(function) or ""))
        ]
    )


def test_a_docstring_without_its_parts_is_seen():
    assert lacking("The mean.") == [
        "Parameters",
        "Returns",
        "a source",
        "a formula",
        "when it is undefined",
    ]
