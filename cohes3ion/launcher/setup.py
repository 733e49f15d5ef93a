"""Install what a command needs: system libraries, the virtual environment, the hash-locked packages.

`./run` starts this file by its path with the system's Python, before any package is there: it imports nothing
but the standard library. A second run finds the stamps and is done in a tenth of a second.
"""

import ctypes
import ctypes.util
import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = ROOT / "var" / "log"


@dataclass(frozen=True, kw_only=True)
class Need:
    """A part of the operating system: its Debian package, how to see it, and what fails without it."""

    package: str
    present: Callable[[], bool]
    without_it: str
    vital: bool = False


def _library(name: str) -> Callable[[], bool]:
    def present() -> bool:
        with suppress(OSError):
            ctypes.CDLL(name)
            return True
        return False

    return present


def _program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def _has_postgres() -> bool:
    return bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


def _has_fonts() -> bool:
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
    return any(next(folder.rglob("*.[to]tf"), None) for folder in folders if folder.exists())


def _has_venv() -> bool:
    # Debian keeps ensurepip in a package of its own.
    probe = [sys.executable, "-I", "-c", "import ensurepip, venv"]
    return PYTHON.exists() or subprocess.run(probe, capture_output=True, check=False).returncode == 0


def _has_redis() -> bool:
    # The lock file brings a redis-server for this one kind of machine.
    from_wheel = platform.machine() == "x86_64" and sys.version_info < (3, 12)
    return from_wheel or _program("redis-server")()


RUNTIME = [
    Need(package="python3-venv", present=_has_venv, without_it="nothing can start", vital=True),
    Need(package="libpango-1.0-0", present=_library("libpango-1.0.so.0"), without_it="no PDF"),
    Need(package="libpangoft2-1.0-0", present=_library("libpangoft2-1.0.so.0"), without_it="no PDF"),
    Need(package="libharfbuzz-subset0", present=_library("libharfbuzz-subset.so.0"), without_it="larger PDF"),
    Need(package="fonts-dejavu-core", present=_has_fonts, without_it="no fall-back letters in PDF"),
    Need(package="redis-server", present=_has_redis, without_it="no background work", vital=True),
]
TESTS = [
    Need(package="postgresql", present=_has_postgres, without_it="no tests", vital=True),
    Need(package="redis-server", present=_program("redis-server"), without_it="no tests", vital=True),
    Need(
        package="chromium-headless-shell",
        present=_program("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
        without_it="no tests",
        vital=True,
    ),
    Need(package="gettext", present=_program("msgfmt"), without_it="translations unchecked", vital=True),
]


def install_system(needs: list[Need]) -> None:
    missing = [need for need in needs if not need.present()]
    if not missing:
        return
    packages = list(dict.fromkeys(need.package for need in missing))
    if os.geteuid() == 0 and shutil.which("apt-get"):
        with Step(f"system packages: {' '.join(packages)}"):
            _apt_install(packages)
        missing = [need for need in missing if not need.present()]
    for need in missing:
        print(f"Missing: {need.package} ({need.without_it}).", file=sys.stderr)
    if missing:
        print(f"Install it with: sudo apt-get install -y {' '.join(packages)}", file=sys.stderr)
    if any(need.vital for need in missing):
        sys.exit(1)


def _apt_install(packages: list[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    update = ["apt-get", "update", "-q"]
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    with (LOG / "apt.log").open("ab") as log:
        lists = Path("/var/lib/apt/lists")
        known = any(lists.glob("*_Packages*")) if lists.exists() else False
        for attempt in range(2):
            if attempt or not known:
                subprocess.run(update, env=environment, stdout=log, stderr=log, check=False)
            if subprocess.run(install, env=environment, stdout=log, stderr=log, check=False).returncode == 0:
                return


def install_packages(kind: str) -> None:
    """`runtime` is what the application needs, `dev` adds what tests and checks need."""
    if VENV.exists() and not _works():
        shutil.rmtree(VENV)
    if not PYTHON.exists():
        with Step("virtual environment"):
            _quietly([sys.executable, "-m", "venv", str(VENV)])
    files = ["requirements.txt"] + (["requirements-dev.txt"] if kind == "dev" else [])
    for name in files:
        stamp = VENV / f".{name}.stamp"
        wanted = _fingerprint(ROOT / name)
        if stamp.exists() and stamp.read_text() == wanted:
            continue
        count = sum(1 for line in (ROOT / name).read_text().splitlines() if "==" in line.partition("#")[0])
        with Step(f"{count} packages of {name}"):
            _install_file(ROOT / name)
        stamp.write_text(wanted)


def _works() -> bool:
    """False when the environment was moved, copied or made by a Python that is gone."""
    try:
        said = subprocess.run(
            [PYTHON, "-I", "-c", "import sys; print(sys.prefix)"], capture_output=True, text=True, check=False
        )
    except OSError:
        return False
    return said.stdout.strip() == str(VENV)


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes() + f"{sys.version}{ROOT}".encode()).hexdigest()


def _install_file(path: Path) -> None:
    """uv is ten times as fast; where it cannot be had, pip does the same with the same hashes.

    Neither compiles: Python does so at the first import, and most modules are never imported.
    """
    uv = VENV / "bin" / "uv"
    if not uv.exists():
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as only_uv:
            only_uv.write(_locked_lines("uv"))
            only_uv.flush()
            _pip(["--no-deps", "-r", only_uv.name], must=False)
    fast = [str(uv), "pip", "install", "--python", str(PYTHON), "--require-hashes"]
    if uv.exists() and _quietly([*fast, "-r", str(path)], must=False):
        return
    _pip(["--no-deps", "-r", str(path)], must=True)


def _locked_lines(name: str) -> str:
    """The lines of one package in the lock file of the tools, with its hashes."""
    lines = (ROOT / "requirements-dev.txt").read_text().splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{name}=="))
    end = next((n for n in range(start + 1, len(lines)) if not lines[n].startswith(" ")), len(lines))
    return "\n".join(line for line in lines[start:end] if not line.strip().startswith("#"))


def _pip(arguments: list[str], *, must: bool) -> bool:
    return _quietly(
        [str(PYTHON), "-m", "pip", "install", "-q", "--no-compile", "--require-hashes", *arguments], must=must
    )


def _quietly(command: list[str], *, must: bool = True) -> bool:
    """Run it with its words in the log. If it must work and fails, the set-up ends with its last lines."""
    # The certificates of the system: a company network often has its own.
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "UV_SYSTEM_CERTS": "true"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)
    with (LOG / "setup.log").open("a") as log:
        log.write(f"$ {' '.join(command)}\n{done.stdout}{done.stderr}\n")
    if done.returncode and must:
        last = "\n".join((done.stdout + done.stderr).splitlines()[-15:])
        print(f"Set-up failed: {' '.join(command)}\n{last}", file=sys.stderr)
        sys.exit(1)
    return done.returncode == 0


class Step:
    """One line for the person at the terminal: what is being done, then how long it took."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __enter__(self) -> None:
        self.started = time.monotonic()
        print(f"  {self.text} ", end="", flush=True)

    def __exit__(self, *_: object) -> None:
        print(f"{'.' * max(3, 60 - len(self.text))} {time.monotonic() - self.started:5.1f} s", flush=True)


def main(kind: str) -> None:
    LOG.mkdir(parents=True, exist_ok=True)
    with (LOG / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two commands at once: the second waits and finds all done
        install_system(RUNTIME + (TESTS if kind == "dev" else []))
        install_packages(kind)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit(130)
