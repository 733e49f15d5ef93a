"""The hard stops of the size table: where they are passed, a file or function is split by subject."""

import ast
from pathlib import Path

from tests.architecture.tree import (
    arguments,
    expect_none,
    files,
    functions,
    public_definitions,
    python_files,
    shown,
)


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def longer_than(limit: int, paths: list[Path]) -> list[str]:
    return [f"{shown(path)}: {lines(path)} lines, at most {limit}" for path in paths if lines(path) > limit]


def is_view(path: Path, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return "views" in shown(path) and arguments(function)[:1] == ["request"]


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines without the docstring: a formula may be explained at length."""
    docstring = function.body[0] if ast.get_docstring(function) is not None else None
    explained = docstring.end_lineno - docstring.lineno + 1 if docstring and docstring.end_lineno else 0
    return (function.end_lineno or 0) - function.lineno + 1 - explained


def test_python_files_end_at_400_lines():
    expect_none(longer_than(400, [*python_files(), *files("*.py", "bench")]))


def test_test_files_end_at_500_lines():
    expect_none(longer_than(500, files("*.py", "tests")))


def test_templates_end_at_150_lines_and_fragments_at_60():
    templates = files("*.html", "templates")
    fragments = [path for path in templates if path.name.startswith("_")]
    expect_none(longer_than(60, fragments))
    expect_none(longer_than(150, [path for path in templates if path not in fragments]))


def test_scripts_and_style_sheets_end_at_300_lines():
    expect_none(longer_than(300, [*files("*.js", "static"), *files("*.css", "static")]))


def test_views_end_at_25_lines_and_other_functions_at_50():
    faults = []
    for path in python_files():
        for function in functions(path):
            limit = 25 if is_view(path, function) else 50
            if length(function) > limit:
                place = shown(path, function.lineno)
                faults.append(f"{place}: {function.name} has {length(function)} lines, at most {limit}")
    expect_none(faults)


def test_functions_take_at_most_6_arguments():
    faults = []
    for path in python_files():
        for function in functions(path):
            if len(arguments(function)) > 6:
                faults.append(f"{shown(path, function.lineno)}: {function.name}")
    expect_none(faults)


def test_modules_offer_at_most_12_names():
    faults = []
    for path in python_files():
        names = public_definitions(path)
        # Enumerations, and pairs of serializer and view set, read better in one file than in three.
        if len(names) > 12 and path.name not in ("enums.py", "api.py"):
            faults.append(f"{shown(path)}: {len(names)} public names")
    expect_none(faults)
