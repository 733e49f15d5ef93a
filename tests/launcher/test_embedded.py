"""One instance at a time, found by the others, and a key that only its owner reads."""

import os
import stat
import subprocess
import sys

import pytest

from cohes3ion.launcher import embedded
from cohes3ion.launcher.processes import StartError


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "VAR", tmp_path)
    monkeypatch.setattr(embedded, "RECORD", tmp_path / "run.json")


def test_only_one_instance_runs():
    with embedded.only_instance():
        embedded.write_record(address="http://127.0.0.1:8000/")
        assert embedded.running_instance() == {"pid": os.getpid(), "address": "http://127.0.0.1:8000/"}
        with pytest.raises(StartError, match=r"Already running at http://127\.0\.0\.1:8000/"):
            embedded.only_instance().__enter__()
    assert embedded.running_instance() == {}


def test_record_of_a_killed_instance_is_ignored():
    code = (
        "import os; from cohes3ion.launcher.embedded import only_instance;"
        "only_instance().__enter__(); os._exit(9)"
    )
    env = {**os.environ, "VAR_DIR": str(embedded.VAR)}
    assert subprocess.run([sys.executable, "-c", code], env=env, check=False).returncode == 9
    assert embedded.RECORD.read_text() != ""
    assert embedded.running_instance() == {}


def test_secret_key_is_made_once_and_kept_private():
    key = embedded.secret_key()
    assert len(key) >= 50
    assert embedded.secret_key() == key
    assert stat.S_IMODE((embedded.VAR / "secret-key").stat().st_mode) == 0o600


def test_environment_of_the_caller_wins(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/stm")
    monkeypatch.setenv("SITE_URL", "http://127.0.0.1:9000")
    env = embedded.environment(SITE_URL="http://127.0.0.1:8000")
    assert env["DATABASE_URL"] == "postgresql://elsewhere/stm"
    assert env["SITE_URL"] == "http://127.0.0.1:9000"
    assert env["SECRET_KEY"] == embedded.secret_key()
