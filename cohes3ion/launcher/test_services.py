"""`./run test`: the services the tests need, then pytest. Its last line is pytest's own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from cohes3ion.launcher.processes import Processes, StartError
from cohes3ion.launcher.services import ROOT, chromium_binary, start_postgres

NO_TESTS_COLLECTED = 5


def main(arguments: Sequence[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    for variable in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "TEST_DATABASE_URL", "TEST_REDIS_URL"):
        os.environ.pop(variable, None)
    try:
        chromium_binary()
        with Processes() as processes, on_sqlite(arguments) as beside:
            started = time.monotonic()
            with written_for_pytest(arguments):
                address = start_postgres(processes, durable=False)
                make_template(address)
            print(f"all on PostgreSQL (ready in {time.monotonic() - started:.1f} s)", flush=True)
            code = run_pytest(arguments, TEST_DATABASE_URL=address, TEST_DATABASE_TEMPLATE="stm")
            on_sqlite_too = beside()
            return code or on_sqlite_too
    except StartError as error:
        print(f"Tests not run: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


@contextmanager
def on_sqlite(arguments: Sequence[str]) -> Iterator[Callable[[], int]]:
    """tests/slices on SQLite beside all others; what they say is printed as one when they end.

    One process more for the first minute, in which the others start and wait for browsers. What is yielded
    waits for their end and gives their code.
    """
    asked = [part for part in arguments if part.startswith("tests/slices")]
    if not asked and (arguments or not any((ROOT / "tests" / "slices").glob("test_*.py"))):
        yield lambda: 0
        return
    command = [sys.executable, "-m", "pytest", "-n0", *(arguments or ["tests/slices"])]
    tests = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def tell() -> None:
        said, _errors = tests.communicate()
        print(f"\ntests/slices on SQLite\n{said}", flush=True)

    def code() -> int:
        teller.join()
        if tests.returncode not in (0, NO_TESTS_COLLECTED):
            print("tests/slices on SQLite: failed, see above.", file=sys.stderr)
            return tests.returncode
        return 0

    teller = Thread(target=tell)
    teller.start()
    try:
        yield code
    finally:
        if tests.poll() is None:
            tests.send_signal(signal.SIGINT)
        teller.join()


@contextmanager
def written_for_pytest(arguments: Sequence[str]) -> Iterator[None]:
    """pytest writes its own form of every test file: in a fresh clone one process does, beside PostgreSQL.

    Otherwise all processes would begin with the same work at once.
    """
    written = Path(sys.pycache_prefix or ROOT / "var", *(ROOT / "tests").parts[1:], "access")
    if arguments or any(written.glob("test_urls*pytest*")):
        yield
        return
    command = [sys.executable, "-m", "pytest", "-n0", "--collect-only", "--quiet"]
    collecting = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
        collecting.wait()
    finally:
        collecting.kill()
        collecting.wait()


def make_template(address: str) -> None:
    """All migrations, once. Each process of pytest gets a copy of this database."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "cohes3ion.settings.test", "TEST_DATABASE_URL": address}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--skip-checks"]
    if subprocess.run(command, cwd=ROOT, env=env, check=False).returncode:
        raise StartError("The migrations do not run on PostgreSQL.")


def run_pytest(arguments: Sequence[str], **variables: str) -> int:
    # What reads the sources and asks for no service is a check: `./run check` has it.
    asked = arguments or ["--ignore=tests/architecture"]
    command = [sys.executable, "-m", "pytest", *in_parallel(arguments), *asked]
    tests = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **variables})
    try:
        return tests.wait()
    except BaseException:
        # Ctrl-C reached pytest as well, a SIGTERM did not: ask once more and let it tidy up.
        tests.send_signal(signal.SIGINT)
        tests.wait()
        raise


def in_parallel(arguments: Sequence[str]) -> list[str]:
    """Several processes for the suite and for folders; one for a file, where starting more costs more."""
    if any(part.startswith("-n") or part == "--pdb" for part in arguments):
        return []
    paths = [part for part in arguments if (ROOT / part.partition("::")[0]).exists()]
    if paths and not any((ROOT / path).is_dir() for path in paths):
        return []
    # In the order of tests/conftest.py. One process more than there are cores: while one waits for a worker,
    # a lease or a browser, another one counts.
    return ["-n", str(min(5, 1 + (os.cpu_count() or 2))), "--dist", "loadfile", "--no-loadscope-reorder"]


if __name__ == "__main__":
    os.chdir(Path(__file__).resolve().parents[2])
    sys.exit(main(sys.argv[1:]))
