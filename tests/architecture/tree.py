"""The files of the project and their syntax trees. The tests beside it collect faults and name them all."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("mapping", "governance", "journeys")
PURE = (
    "mapping/analysis",
    "mapping/charts",
    "governance/analysis",
    "governance/content",
    "governance/scoring",
    "journeys/content",
    "journeys/matching",
)
NOT_OURS = {".hypothesis", ".git", ".venv", "var", "node_modules", "vendor", "staticfiles", "__pycache__"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def files(pattern: str, *folders: str) -> list[Path]:
    """Files of the checkout, without what tools make and what others wrote."""
    starts = [ROOT / folder for folder in folders] if folders else [ROOT]
    found = [path for start in starts for path in start.rglob(pattern) if path.is_file()]
    return sorted(path for path in found if not _foreign(path))


def _foreign(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return bool(NOT_OURS.intersection(parts)) or any(part.endswith("_cache") for part in parts)


@cache
def python_files(*folders: str) -> list[Path]:
    """Written Python: no migrations, no data."""
    return [
        path
        for path in files("*.py", *(folders or ("cohes3ion", *APPS)))
        if not {"migrations", "data"}.intersection(path.relative_to(ROOT).parts)
    ]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def public_definitions(path: Path) -> list[Function | ast.ClassDef]:
    return [
        node
        for node in tree(path).body
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_")
    ]


def shown(path: Path, line: int | None = None) -> str:
    return f"{path.relative_to(ROOT)}{f':{line}' if line else ''}"


def arguments(function: Function, *, positional_only: bool = False) -> list[str]:
    """Names of the arguments, without self and cls."""
    given = [*function.args.posonlyargs, *function.args.args]
    given += [] if positional_only else function.args.kwonlyargs
    return [argument.arg for argument in given if argument.arg not in ("self", "cls")]


def expect_none(faults: list[str]) -> None:
    """Fails with every fault on a line of its own."""
    assert not faults, f"{len(faults)} faults\n" + "\n".join(sorted(faults))
