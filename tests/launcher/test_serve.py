"""`./run` as a newcomer uses it: it serves, it stops, and nothing is left behind, whatever happens."""

import datetime as dt
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """One for all: whichever test comes first makes the tables."""
    return tmp_path_factory.mktemp("run")


@pytest.fixture(scope="module")
def main_job(folder) -> str:
    """What the first run said. The others find what it made."""
    assert start(folder, "--once").wait(timeout=900) == 0, output(folder)
    return output(folder)


def start(folder: Path, *words: str, **variables: str) -> subprocess.Popen[str]:
    settings = {key: value for key, value in os.environ.items() if not key.endswith("_URL")}
    env = {
        **settings,
        "VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "cohes3ion.settings.dev",
        **variables,
    }
    command = [sys.executable, "-m", "cohes3ion.launcher.serve", *words]
    output = (folder / "output").open("w")
    return subprocess.Popen(command, env=env, cwd=ROOT, stdout=output, stderr=output, text=True)


def output(folder: Path) -> str:
    return (folder / "output").read_text()


def left_behind(folder: Path) -> dict[int, str]:
    """Processes that carry this run's folder in their environment, with their command lines."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"VAR_DIR={folder}".encode() in (process / "environ").read_bytes():
                found[int(process.name)] = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
    return found


def until_served(running: subprocess.Popen[str], folder: Path, wait_until: Callable[..., None]) -> str:
    wait_until(
        lambda: "Open http" in output(folder) or running.poll() is not None, seconds=300, what="the address"
    )
    return re.search(r"Open (http://127\.0\.0\.1:\d+/)", output(folder)).group(1)


def test_run_once_does_the_main_job(folder, main_job):
    documents = sorted(path.name for path in (folder / "documents").iterdir())
    assert documents == ["cohes3ion-2020-mazovia.pdf", "cohes3ion-2020.pdf"]
    assert "computed" in main_job
    assert "rendered" in main_job
    assert left_behind(folder) == {}


def leave_lying(folder: Path) -> None:
    """Two analyses as they stand when their workers died.

    One was taken before the next start, with a lease for long; of the other nobody but the sweeper can say
    that it is free, and not at once.
    """
    now = dt.datetime.now(dt.UTC)
    soon, late = now + dt.timedelta(seconds=8), now + dt.timedelta(hours=1)
    with sqlite3.connect(folder / "stm.sqlite3") as database:
        for kind, started, lease in (("gaps", now, late), ("synergies", late, soon)):
            taken = "UPDATE governance_analysis SET state='running', started_at=?, lease_until=? WHERE kind=?"
            assert database.execute(taken, (f"{started:%F %T}", f"{lease:%F %T}", kind)).rowcount == 1
    database.close()


def analyses(folder: Path) -> list[tuple[str, str, int]]:
    with sqlite3.connect(folder / "stm.sqlite3") as database:
        asked = "SELECT kind, state, attempts FROM governance_analysis ORDER BY kind"
        found = database.execute(asked).fetchall()
    database.close()
    return found


@pytest.mark.usefixtures("main_job")
def test_run_takes_up_what_was_left_lying_and_serves_until_it_is_asked_to_stop(folder, wait_until):
    """What is made is reused. The main job waits for beat, so beat does not wait for the main job."""
    leave_lying(folder)
    running = start(folder, JOB_SWEEP_SECONDS="1")
    address = until_served(running, folder, wait_until)
    assert analyses(folder) == [("evidence", "done", 1), ("gaps", "done", 2), ("synergies", "done", 2)]
    assert "sent again: 1\n" in output(folder)
    with urllib.request.urlopen(f"{address}readyz") as answer:
        assert answer.status == 200
    said = output(folder)
    assert "computed" not in said
    assert "rendered" not in said
    assert "reused" in said
    assert len(left_behind(folder)) >= 5  # launcher, Redis, worker, scheduler, web server
    running.send_signal(signal.SIGTERM)
    assert running.wait(timeout=120) == 0
    assert left_behind(folder) == {}


@pytest.mark.usefixtures("main_job")
def test_run_is_stopped_in_the_middle_of_its_start(folder, wait_until):
    """Ctrl-C while Redis, the main job and the worker are there and nothing is served. The port is held."""
    running = start(folder, DEMONSTRATION="false")
    wait_until(lambda: " worker " in " ".join(left_behind(folder).values()), what="the worker to be started")
    address = urlsplit(json.loads((folder / "run.json").read_text())["address"])
    with pytest.raises(OSError, match="in use"):
        socket.create_server((address.hostname, address.port))
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=120) == 0
    assert "Open http" not in output(folder)
    assert left_behind(folder) == {}


def test_run_that_cannot_start_says_so_and_leaves_nothing(folder):
    running = start(folder, DATABASE_URL="postgresql://nobody@127.0.0.1:1/nowhere")
    assert running.wait(timeout=120) == 1
    assert "Connection refused" in output(folder)
    assert "Traceback" not in output(folder)
    assert left_behind(folder) == {}


def test_run_stops_everything_when_a_part_falls(folder, wait_until):
    running = start(folder, DEMONSTRATION="false", CELERY_SKIP_CHECKS="1")
    until_served(running, folder, wait_until)
    workers = [pid for pid, command in left_behind(folder).items() if " worker " in command]
    os.kill(min(workers), signal.SIGKILL)  # the oldest is the one that started the others
    assert running.wait(timeout=120) == 1
    assert "worker stopped by itself" in output(folder)
    assert left_behind(folder) == {}


def test_run_takes_no_unknown_word(folder):
    assert start(folder, "--twice").wait(timeout=120) == 2
    assert "Unknown: --twice" in output(folder)
    help_text = subprocess.run([ROOT / "run", "--help"], capture_output=True, text=True, check=True).stdout
    for word in ("serve", "test", "check", "bench", "manage", "stop"):
        assert f"./run {word}" in help_text or f"[{word}]" in help_text
