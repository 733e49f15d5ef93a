"""The embedded default: one folder (var/), one instance at a time, one environment for its processes."""

import contextlib
import fcntl
import json
import os
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cohes3ion.launcher.processes import StartError
from cohes3ion.launcher.services import ROOT

VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var")
LOGS = VAR / "log"
DATABASE = VAR / "stm.sqlite3"
RECORD = VAR / "run.json"
EXERCISE = "cohes3ion-2020"
REGION = "mazovia"
WITHOUT_DOCUMENTS = 3  # how the main job ends when all but the PDF files is there


@contextlib.contextmanager
def only_instance() -> Iterator[None]:
    """Hold the record of the running instance. The lock goes with the process, even after kill -9."""
    VAR.mkdir(parents=True, exist_ok=True)
    with RECORD.open("a+") as record:
        try:
            fcntl.flock(record, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            address = running_instance().get("address")
            where = f" at {address}" if address else ", and still starting"
            raise StartError(f"Already running{where}.\nStop it with: ./run stop") from None
        write_record(pid=os.getpid())
        try:
            yield
        finally:
            RECORD.write_text("{}")


def write_record(**values: Any) -> None:
    RECORD.write_text(json.dumps({**_recorded(), **values}))


def running_instance() -> dict[str, Any]:
    """What the running instance wrote about itself; empty when none runs."""
    if not RECORD.exists():
        return {}
    with RECORD.open("a+") as record:
        try:
            fcntl.flock(record, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _recorded()
    return {}


def _recorded() -> dict[str, Any]:
    with contextlib.suppress(OSError, ValueError):
        found = json.loads(RECORD.read_text())
        return found if isinstance(found, dict) else {}
    return {}


def environment(**values: str) -> dict[str, str]:
    """What every process gets. A variable set by the caller wins, so `DATABASE_URL=... ./run` works."""
    defaults = {"DJANGO_SETTINGS_MODULE": "cohes3ion.settings.dev", "VAR_DIR": str(VAR), **values}
    chosen = {**defaults, **os.environ}
    chosen.setdefault("SECRET_KEY", secret_key())
    # Tools of the virtual environment find each other, whichever way this process was started.
    chosen["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '/usr/bin:/bin')}"
    return chosen


def document_paths() -> tuple[Path, Path]:
    """Where the main job puts the document of the exercise and the one of the region."""
    return VAR / "documents" / f"{EXERCISE}.pdf", VAR / "documents" / f"{EXERCISE}-{REGION}.pdf"


def secret_key() -> str:
    """Random, made once, readable by its owner alone."""
    path = VAR / "secret-key"
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(f".{os.getpid()}")
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(secrets.token_urlsafe(64))
        new.replace(path)
    return path.read_text()
