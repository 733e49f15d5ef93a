"""P03: a database that may lose what it confirmed is refused before the site starts."""

import os
import subprocess
import sys

import pytest

from cohes3ion.launcher.processes import Processes
from cohes3ion.launcher.services import ROOT
from tests.deployment.compose import composition, operator_values
from tests.faults.cluster import Cluster

CHECK = ["manage.py", "check", "--deploy", "--tag", "database", "--database", "default"]


@pytest.fixture(scope="module")
def cluster():
    with Processes() as processes:
        cluster = Cluster(processes)
        cluster.make()
        cluster.start()
        cluster.create_database()
        cluster.stop()
        yield cluster


def refused(cluster: Cluster, **options: str) -> tuple[int, str]:
    cluster.start(**options)
    env = {
        **os.environ,
        **operator_values(),
        "DJANGO_SETTINGS_MODULE": "cohes3ion.settings.prod",
        "DATABASE_URL": cluster.address,
        "REDIS_URL": "redis://localhost:6379/0",
    }
    done = subprocess.run(
        [sys.executable, *CHECK], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )
    cluster.stop()
    return done.returncode, done.stderr


@pytest.mark.parametrize("name", ["fsync", "synchronous_commit"])
def test_p03_start_is_refused(cluster, name):
    code, said = refused(cluster, **{name: "off"})
    assert code == 1
    assert f"PostgreSQL has {name} off: saved answers can be lost." in said


def test_p03_negative_control_sound_database_is_accepted(cluster):
    assert refused(cluster)[0] == 0


def test_p03_web_asks_before_it_starts():
    command = " ".join(composition()["services"]["web"]["command"])
    assert command.index(" ".join(CHECK)) < command.index("migrate") < command.index("gunicorn")
