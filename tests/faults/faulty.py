"""The project's worker, but a job may ask for a fault where it says how far it is.

Everything else is the code of production: claim, heartbeat, limits, end. For negative controls it may go
without a guard for a while (unguarded.py), or for good without the one that refuses pickle (ACCEPT_PICKLE).
"""

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import django
from celery.exceptions import SoftTimeLimitExceeded
from celery.signals import task_prerun

from cohes3ion.celery import app

django.setup()

from cohes3ion.lib.jobs import Job  # noqa: E402  models exist only after the set-up
from governance.services import answer_imports  # noqa: E402  as above
from tests.faults.unguarded import GUARDS  # noqa: E402  as above

report = Job.report


def wait_for(mark: str) -> None:
    """Until the test lets it go on."""
    while not Path(mark).exists():
        time.sleep(0.05)


def fall(fault: str, attempt: int) -> None:
    kind, _sep, amount = fault.partition(" ")
    if kind.endswith("-once"):
        if attempt > 1:
            return
        kind = kind.removesuffix("-once")
    if kind == "hold":
        wait_for(amount)
    elif kind == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif kind == "exit":
        sys.exit(1)
    elif kind == "loop":
        while True:
            time.sleep(0.01)  # the other tests go on meanwhile
    elif kind == "deaf":
        while not Path(amount).exists():
            with suppress(SoftTimeLimitExceeded):
                wait_for(amount)
    elif kind == "memory":
        eaten = []
        while True:
            eaten.append(bytes(64 * 1024 * 1024))  # asked for, never touched: at once on any machine


def report_and_fall(self: Any, progress: int, text: str = "") -> None:
    report(self, 50, text)
    content = getattr(self, "content", None) or getattr(self, "parameters", {})
    fall(content.get("fault", ""), self.attempts)


def write_and_die(*args: Any, **values: Any) -> None:
    """Once in the life of a test: killed at the answer that KILL_AT_WRITE names ("600 /path/of/a/mark")."""
    number, mark = os.environ["KILL_AT_WRITE"].split()
    written.append(1)
    if len(written) == int(number) and not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    write_answer(*args, **values)


def keep_half_and_die(model: Any, mark: Path) -> None:
    """Once in the life of a test: the first half of the rows of a model is written, then comes the kill."""
    manager = model.objects
    whole = manager.bulk_create

    def bulk_create(rows: list[Any], **values: Any) -> list[Any]:
        if mark.exists():
            return whole(rows, **values)
        whole(rows[: len(rows) // 2], **values)
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
        return []

    manager.bulk_create = bulk_create


Job.report = report_and_fall
written: list[int] = []
write_answer = answer_imports.write_answer
if "KILL_AT_WRITE" in os.environ:
    answer_imports.write_answer = write_and_die
if "KILL_AT_ROWS" in os.environ:
    for name in ("IndicatorValue", "RegionResult"):
        place = Path(os.environ["KILL_AT_ROWS"]) / name
        app_label = "mapping" if name == "IndicatorValue" else "governance"
        keep_half_and_die(django.apps.apps.get_model(app_label, name), place)
if "ACCEPT_PICKLE" in os.environ:
    app.conf.accept_content = ["json", "pickle"]


@task_prerun.connect
def begin(**_values: Any) -> None:
    """In the process that does the task."""
    GUARDS.look()
    written.clear()
