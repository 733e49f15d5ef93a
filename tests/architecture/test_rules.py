"""Rules of the house that an import contract cannot see."""

import ast
import re
from pathlib import Path

from tests.architecture.tree import (
    APPS,
    PURE,
    arguments,
    expect_none,
    files,
    functions,
    public_definitions,
    python_files,
    shown,
    tree,
)


def in_layer(layer: str) -> list[Path]:
    return [path for path in python_files(*APPS) if layer in (path.stem, path.parent.name)]


def dotted(path: Path) -> str:
    return shown(path).removesuffix(".py").replace("/", ".")


def test_an_import_inside_a_function_gives_its_reason():
    faults = []
    for path in [*python_files(), *files("*.py", "tests"), *files("*.py", "bench")]:
        text = path.read_text().splitlines()
        for function in functions(path):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom) and "#" not in text[node.lineno - 1]:
                    faults.append(shown(path, node.lineno))
    expect_none(faults)


def test_an_ignored_lint_rule_gives_its_reason():
    marker = "# no" + "qa"
    silent = re.compile(re.escape(marker) + r"(?!: [A-Z]+\d+(, [A-Z]+\d+)*  \S)")
    faults = [
        shown(path, number)
        for path in [*python_files(), *files("*.py", "tests")]
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if silent.search(line)
    ]
    expect_none(faults)


def test_no_signals_and_no_save_override():
    faults = []
    for path in python_files():
        for node in ast.walk(tree(path)):
            signals = isinstance(node, ast.ImportFrom) and node.module in (
                "django.dispatch",
                "django.db.models.signals",
            )
            if signals and [name.name for name in node.names] == ["post_migrate"]:
                continue  # about tables, not about our rows
            saves = isinstance(node, ast.FunctionDef) and node.name == "save" and "models" in shown(path)
            if signals or saves:
                faults.append(shown(path, node.lineno))
    expect_none(faults)


def test_services_and_selectors_never_see_a_request():
    faults = [
        f"{shown(path, function.lineno)}: {function.name}"
        for path in [*in_layer("services"), *in_layer("selectors")]
        for function in functions(path)
        if "request" in arguments(function)
    ]
    expect_none(faults)


def test_doors_of_services_and_selectors_take_keyword_arguments():
    """One thing that the sentence is about may come first: everything after it is named by the caller."""
    used_elsewhere = {
        (node.module, name.name)
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    faults = [
        f"{shown(path, node.lineno)}: {node.name}"
        for path in [*in_layer("services"), *in_layer("selectors")]
        for node in public_definitions(path)
        if isinstance(node, ast.FunctionDef)
        and (dotted(path), node.name) in used_elsewhere
        and len(arguments(node, positional_only=True)) > 1
    ]
    expect_none(faults)


def test_only_jobs_and_sweepers_enqueue():
    enqueue = re.compile(r"\.(delay|delay_on_commit|apply_async|apply_async_on_commit)\(")
    faults = [
        shown(path, number)
        for path in python_files()
        if path.stem not in ("jobs", "tasks") and "jobs" not in path.parts
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if enqueue.search(line)
    ]
    expect_none(faults)


def test_celery_never_runs_eagerly():
    faults = [
        shown(path)
        for path in [*files("*.py", "cohes3ion"), *files("*.py", "tests")]
        if "ALWAYS" + "_EAGER" in path.read_text().upper()
    ]
    expect_none(faults)


def test_no_test_is_skipped():
    marks = re.compile(r"pytest\.(skip|xfail|importorskip)\(|pytest\.mark\.(skip|skipif|xfail)\b")
    faults = [
        shown(path, number)
        for path in files("*.py", "tests")
        if path != Path(__file__)
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if marks.search(line)
    ]
    expect_none(faults)


def test_public_functions_of_pure_packages_are_explained():
    faults = [
        f"{shown(path, node.lineno)}: {node.name}"
        for path in python_files(*PURE)
        for node in public_definitions(path)
        if isinstance(node, ast.FunctionDef) and not ast.get_docstring(node)
    ]
    expect_none(faults)


def test_lists_are_cut_into_pages_by_one_class():
    """Django's own leads to the last page from number 0 (lib/list_pages.py)."""
    own = ("list_pages.py", "styleguide.py", Path(__file__).name)
    faults = [
        shown(path, 1)
        for path in python_files()
        if path.name not in own and re.search(r"django\.core\.paginator import .*Paginator", path.read_text())
    ]
    expect_none(faults)
