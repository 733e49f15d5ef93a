"""The demonstration on a PostgreSQL of its own, and a web server in front of it, for one run of the bench.

The database is made at the first question for it and goes with the process.
"""

import atexit
import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cohes3ion.launcher.processes import Processes, free_port
from cohes3ion.launcher.services import start_postgres, start_web

HOST = "127.0.0.1"


@functools.cache
def processes() -> Processes:
    started = Processes()
    atexit.register(started.stop_all)
    return started


@functools.cache
def demonstration() -> Path:
    """Set up Django in this process on a filled private database. Returns the folder for files."""
    folder = processes().folder()
    (folder / "static").mkdir()  # files are served from their sources; WhiteNoise looks here all the same
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "cohes3ion.settings.dev",
        "DATABASE_URL": start_postgres(processes()),
        "VAR_DIR": str(folder),
        "MEDIA_ROOT": str(folder / "media"),
        "DEBUG": "false",
    }
    import django  # after the environment: settings read it once

    django.setup()
    fill()
    return folder


def fill() -> None:
    from django.core.management import call_command  # after setup

    from journeys.services.demonstration import create_demo  # after setup: models
    from mapping.services.reference import load_reference  # after setup: models
    from tests.factories.region import analyse  # after setup: models

    call_command("migrate", verbosity=0)
    load_reference()
    analyse(create_demo().exercises.get())


@functools.cache
def web_port() -> int:
    """The port of gunicorn, started as everywhere else."""
    folder = demonstration()
    port = free_port()
    start_web(processes(), env=dict(os.environ), log=folder / "web.log", port=port)
    return port


def visitor() -> Any:
    """A browser without a network, for what is counted rather than timed."""
    from django.test import Client  # after setup

    demonstration()
    return Client(SERVER_NAME=HOST)


def regional_lead() -> Any:
    """The same, signed in as the regional lead of the demonstration."""
    client = visitor()
    from cohes3ion.accounts.services import demo_account  # after setup: models

    client.force_login(demo_account(role="regional_lead"))
    return client


def team_response() -> Any:
    """The open form of the regional lead's team."""
    demonstration()
    from governance.models import Response  # after setup: models

    return Response.objects.assessment().get(region_map__region__slug="north-west-romania", group="team")


def queries(work: Callable[[], Any]) -> int:
    """Queries of one page. Marks of the transaction around the measurement are none."""
    from django.db import connection  # after setup
    from django.test.utils import CaptureQueriesContext  # after setup

    with CaptureQueriesContext(connection) as caught:
        reply = work()
    if reply.status_code != 200:
        raise RuntimeError(f"{reply.status_code} instead of a page")
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in caught)
