"""Nothing in the tree tells of one machine, and the lock files hold what the lists of needs ask for."""

import re
from pathlib import Path

from tests.architecture.tree import ROOT, expect_none, files, shown

TEXT = {
    *(".py", ".html", ".css", ".js", ".json", ".toml", ".txt", ".in", ".md", ".yml", ".yaml", ".svg", ".po"),
    *("", ".example", ".csv", ".cfg"),
}
# Written in pieces, so that this file does not find itself.
MACHINE_PATHS = re.compile(r"(?<![\w.:/-])/(wo" + r"rk|ro" + r"ot|ho" + r"me|Us" + r"ers)/\w")
OWN_REGISTRY = re.compile(r"--(extra-)?index-url|--find-links|(artifactory|nexus|devpi)\.", re.IGNORECASE)
PINNED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[\w,]+\])?==(\S+)", re.MULTILINE)


def texts() -> list[Path]:
    return [path for path in files("*") if path.suffix in TEXT and path != Path(__file__)]


def test_no_file_names_a_place_on_one_machine():
    faults = []
    for path in texts():
        content = path.read_text(errors="replace")
        for pattern in (MACHINE_PATHS, OWN_REGISTRY):
            faults += [f"{shown(path)}: {found.group()}" for found in pattern.finditer(content)]
    expect_none(faults)


def test_locks_name_no_address():
    assert [
        name for name in ("requirements.txt", "requirements-dev.txt") if "://" in (ROOT / name).read_text()
    ] == []


def test_locks_hold_what_is_asked_for():
    for name in ("requirements", "requirements-dev"):
        asked = dict(PINNED.findall((ROOT / f"{name}.in").read_text()))
        locked = dict(PINNED.findall((ROOT / f"{name}.txt").read_text()))
        assert {package: locked.get(package.lower()) for package in asked} == asked


def test_every_dependency_gives_its_reason():
    lines = [*(ROOT / "requirements.in").read_text().splitlines()]
    lines += (ROOT / "requirements-dev.in").read_text().splitlines()
    asked = [line for line in lines if line and not line.startswith(("#", "-"))]
    assert [line for line in asked if not line.partition("#")[2].strip()] == []


def test_every_locked_package_has_a_hash():
    for name in ("requirements.txt", "requirements-dev.txt"):
        entries = re.split(r"\n(?=\S)", (ROOT / name).read_text())
        pinned = [entry for entry in entries if PINNED.match(entry)]
        assert [entry.split()[0] for entry in pinned if "--hash=sha256:" not in entry] == []
