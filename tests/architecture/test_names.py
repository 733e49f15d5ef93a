"""Names say what is inside; nothing is called after what it is not."""

import re

from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.tree import (
    APPS,
    PURE,
    expect_none,
    files,
    functions,
    public_definitions,
    python_files,
    shown,
)

EMPTY_NAMES = re.compile(r"^(utils?|helpers?|misc|commons?|managers?|core|.*part_?\d+)$")


def test_no_file_or_folder_has_an_empty_name():
    paths = [path for path in files("*") if path.suffix in (".py", ".html", ".css", ".js")]
    named = {
        part.rpartition(".")[0] or part: shown(path) for path in paths for part in shown(path).split("/")
    }
    assert [place for name, place in named.items() if EMPTY_NAMES.match(name)] == []


def test_init_files_are_empty():
    """A package that imports on its own account takes the purity of everything below it."""
    allowed = {
        "cohes3ion/__init__.py",
        *(f"{app}/models/__init__.py" for app in (*APPS, "cohes3ion/accounts")),
    }
    inits = files("__init__.py", "cohes3ion", *APPS, "tests", "bench")
    assert [shown(path) for path in inits if path.read_text().strip() and shown(path) not in allowed] == []


def test_selectors_say_what_comes_back():
    faults = [
        f"{shown(path, node.lineno)}: {node.name}"
        for path in python_files()
        if "selectors" in path.parts
        for node in public_definitions(path)
        if node.name.startswith("get_")
    ]
    expect_none(faults)


def test_pure_functions_are_named_after_the_method():
    faults = [
        f"{shown(path, function.lineno)}: {function.name}"
        for path in python_files(*PURE)
        for function in functions(path)
        if function.name.startswith(("calculate_", "process_", "compute_"))
    ]
    expect_none(faults)


def test_one_page_has_one_name():
    """The name of an address is the name of its view."""
    faults = [
        f"{pattern.name} is served by {pattern.callback.__name__}"
        for resolver in get_resolver().url_patterns
        if isinstance(resolver, URLResolver) and resolver.app_name in APPS
        for pattern in resolver.url_patterns
        if isinstance(pattern, URLPattern) and pattern.name != pattern.callback.__name__
    ]
    expect_none(faults)
