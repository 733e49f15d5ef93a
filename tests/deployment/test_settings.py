"""P64: production settings refuse to start insecure, each time with one clear line."""

import os
import subprocess
import sys

import pytest

from tests.deployment.compose import ROOT, operator_values

SOUND = {
    "DJANGO_SETTINGS_MODULE": "cohes3ion.settings.prod",
    "DATABASE_URL": "postgresql://stm@localhost/stm",
    "REDIS_URL": "redis://localhost:6379/0",
    **{name: value for name, value in operator_values().items() if "PASSWORD" not in name},
}
INSECURE = {
    "no key": ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
    "short key": ({"SECRET_KEY": "short"}, "SECRET_KEY is missing or too short"),
    "debug": ({"DEBUG": "true"}, "DEBUG is on"),
    "any host": ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name the hosts"),
    "no host": ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS must name the hosts"),
    "plain http": ({"SITE_URL": "http://stm.example.org"}, "SITE_URL must start with https://"),
    "SQLite": ({"DATABASE_URL": "sqlite:///stm.sqlite3"}, "DATABASE_URL must name a PostgreSQL database"),
    "demonstration": ({"DEMONSTRATION": "true"}, "DEMONSTRATION offers sign-in without a password"),
}


def start(**changes: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], **SOUND, **changes}
    command = [sys.executable, "-c", "import django; django.setup()"]
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)


def test_p64_sound_settings_start():
    assert start().returncode == 0


@pytest.mark.parametrize("kind", INSECURE)
def test_p64_insecure_settings_do_not_start(kind):
    changes, sentence = INSECURE[kind]
    refused = start(**changes)
    assert refused.returncode == 3
    assert refused.stderr.startswith(f"Not started: {sentence}")
    assert len(refused.stderr.splitlines()) == 1
