"""`./run check`: everything a tool can hold. All checks run: a line each, and what failing ones say."""

import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from cohes3ion.launcher.processes import Processes, StartError
from cohes3ion.launcher.services import ROOT, start_postgres, start_redis


@dataclass(frozen=True, kw_only=True)
class Check:
    name: str
    command: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    shows: str = ""  # a line of the output worth seeing even when all is well


@dataclass(frozen=True, kw_only=True)
class Outcome:
    check: Check
    passed: bool
    output: str
    seconds: float


def tool(name: str, *words: str) -> list[str]:
    return [str(Path(sys.executable).parent / name), *words]


def manage(*words: str) -> list[str]:
    return [sys.executable, "manage.py", *words]


def all_checks(*, deployment: Mapping[str, str], scratch: Path) -> list[Check]:
    templates = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html"))
    architecture = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/architecture"]
    compare = ["-m", "cohes3ion.launcher.comparisons"]
    return [
        Check(name="lint", command=tool("ruff", "check", ".")),
        Check(name="format", command=tool("ruff", "format", "--check", ".")),
        Check(name="types of the pure packages", command=tool("mypy")),
        Check(name="import contracts", command=tool("lint-imports"), shows=r"^Contracts: .*"),
        Check(name="templates", command=tool("djade", "--target-version", "5.2", "--check", *templates)),
        Check(name="sizes, names, texts", command=[sys.executable, *architecture], shows=r"^\d+ passed.*"),
        Check(name="migrations", command=manage("makemigrations", "--check", "--dry-run")),
        Check(
            name="deployment settings",
            command=manage("check", "--deploy", "--fail-level", "WARNING", "--database", "default"),
            env=deployment,
        ),
        Check(name="API schema", command=[sys.executable, *compare, "schema", str(scratch)]),
        Check(name="translations", command=[sys.executable, *compare, "translations", str(scratch)]),
        Check(name="packages fit together", command=tool("uv", "pip", "check", "--python", sys.executable)),
    ]


def deployment_environment(*, database: str, broker: str, scratch: Path) -> dict[str, str]:
    """What an operator would set, with secrets made on the spot."""
    return {
        "DJANGO_SETTINGS_MODULE": "cohes3ion.settings.prod",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "stm.example.org",
        "SITE_URL": "https://stm.example.org",
        "CLAMD_ADDRESS": "clamd.example.org:3310",
        "DATABASE_URL": database,
        "REDIS_URL": broker,
        "VAR_DIR": str(scratch),
    }


def run(check: Check) -> Outcome:
    started = time.monotonic()
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "cohes3ion.settings.dev", **check.env}
    done = subprocess.run(
        check.command,
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Outcome(
        check=check,
        passed=done.returncode == 0,
        output=done.stdout + done.stderr,
        seconds=time.monotonic() - started,
    )


def report(outcome: Outcome) -> None:
    verdict = "ok" if outcome.passed else "FAILED"
    print(f"  {outcome.check.name:<28} {verdict:<7} {outcome.seconds:5.1f} s", flush=True)
    if not outcome.passed:
        print(outcome.output.strip(), flush=True)
    elif outcome.check.shows:
        found = re.search(outcome.check.shows, outcome.output, re.MULTILINE)
        print(f"    {found.group().strip()}" if found else "", flush=True)


def main() -> int:
    try:
        with tempfile.TemporaryDirectory(prefix="stm-check-") as folder, Processes() as processes:
            scratch = Path(folder)
            broker = start_redis(processes, folder=scratch)
            database = start_postgres(processes)
            settings = deployment_environment(database=database, broker=broker, scratch=scratch)
            outcomes = []
            with ThreadPoolExecutor(max_workers=2) as pool:
                for outcome in pool.map(run, all_checks(deployment=settings, scratch=scratch)):
                    report(outcome)
                    outcomes.append(outcome)
    except StartError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    failed = [outcome.check.name for outcome in outcomes if not outcome.passed]
    print(f"{len(outcomes)} checks, {len(failed)} failed" + (f": {', '.join(failed)}" if failed else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
