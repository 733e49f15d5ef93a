"""P17: twelve people at once on the embedded database."""

import json
import os
import subprocess
import sys

from cohes3ion.launcher.services import ROOT

ALL = 12 * 60
FULL = 2


def crowd(folder, *words: str) -> dict:
    settings = {"DJANGO_SETTINGS_MODULE": "cohes3ion.settings.dev", "VAR_DIR": str(folder)}
    env = {**os.environ, **settings, "DATABASE_URL": f"sqlite:///{folder}/crowd.sqlite3"}
    command = [sys.executable, "-m", "tests.faults.sqlite_crowd", *words]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=True)
    print(f"P17 {' '.join(words) or 'with our options'}: {done.stdout.strip()}")
    return json.loads(done.stdout)


def test_p17_nobody_is_locked_out(tmp_path):
    assert crowd(tmp_path) == {"mode": "wal", "synchronous": FULL, "saved": ALL, "locked": 0, "n": ALL}


def test_p17_negative_control_default_options(tmp_path):
    assert crowd(tmp_path, "default")["locked"] > 0
