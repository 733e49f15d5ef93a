"""What all tests share: a real broker, a private media folder, real worker processes, and a watched browser.

`./run test` adds PostgreSQL; without it (plain `pytest`) the database is a SQLite file. A part that is
missing fails the test that needs it; nothing is skipped.
"""

import gc
import os
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import zip_longest
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management.commands import flush as flush_command
from django.db import connection
from django.template import Template
from django.test import Client
from django.test.signals import template_rendered

from cohes3ion.celery import app
from cohes3ion.launcher.processes import Processes
from cohes3ion.launcher.services import chromium_binary, start_redis, start_worker
from cohes3ion.lib.deep_calls import with_room
from cohes3ion.lib.public_pages import SHELF
from cohes3ion.lib.search.tables import note_what_no_table_holds
from tests.gate import Gate

# Playwright keeps an event loop in this thread; Django would take it for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# A busy machine is no reason for a formula to be wrong.
hypothesis.settings.register_profile("project", deadline=None, print_blob=True)
hypothesis.settings.load_profile("project")


# Files that take minutes: begun last, they would keep one process of pytest busy alone.
LONGEST = ("tests/access/test_urls.py", "tests/browser/test_axe.py", "tests/launcher/test_serve.py")
# Their tests wait for browsers, leases and other processes, while the others count all the time.
WAITING = ("tests/browser/", "tests/launcher/", "tests/deployment/", "tests/faults/", "tests/slices/")
COUNTING_FILES = 5  # between two files that wait, so that no core is idle, and none has all the load at once

# Milliseconds for what a page shows, where a test names no limit. A busy machine is slow, not wrong.
PATIENCE = 15_000


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the tests that take minutes, and only those")


def pytest_itemcollected(item: pytest.Item) -> None:
    """As the site's own processes do; below pytest calls are deeper still."""
    item.setup, item.runtest = with_room(item.setup), with_room(item.runtest)


def pytest_collection_finish() -> None:
    gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Files in the order in which processes take them. Long tests are a suite of their own: not skipped."""
    long = config.getoption("--long")
    left_out = [item for item in items if bool(item.get_closest_marker("long")) is not long]
    config.hook.pytest_deselected(items=left_out)
    files: dict[str, list[pytest.Item]] = {}
    for item in items:
        if bool(item.get_closest_marker("long")) is long:
            files.setdefault(item.nodeid.partition("::")[0], []).append(item)
    items[:] = [item for file in in_turn(list(files)) for item in files[file]]


def in_turn(files: list[str]) -> list[str]:
    """The longest first, then one that waits and some that count, in turn."""
    longest = [file for file in LONGEST if file in files]
    waiting = [file for file in files if file.startswith(WAITING) and file not in longest]
    counting = [file for file in files if not file.startswith(WAITING) and file not in longest]
    between = [counting[n : n + COUNTING_FILES] for n in range(0, len(counting), COUNTING_FILES)]
    pairs = zip_longest(waiting, between, fillvalue=())
    turns = [file for one, some in pairs for file in ((one, *some) if one else some)]
    return longest + turns


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory) -> None:
    """SQLite in a file, not in memory: a worker process must see the same rows."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("db") / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def flush_empties_history() -> None:
    """The database is emptied past the guards of the history, and quickly."""
    plain = type(connection.ops).sql_flush
    flush = sqlite_flush if connection.vendor == "sqlite" else postgresql_flush
    if connection.vendor == "postgresql":
        # What is made after migrations is not emptied, but for one note: nobody looks for the rest again.
        flush_command.emit_post_migrate_signal = lambda *_state: note_what_no_table_holds(using="default")

    def sql_flush(style: object, tables: list[str], **options: object) -> list[str]:
        return flush(tables, plain(connection.ops, style, tables, **options))

    connection.ops.sql_flush = sql_flush


def sqlite_flush(_tables: list[str], statements: list[str]) -> list[str]:
    """SQLite empties by DELETE, which the tables of the history refuse while their gate is closed."""
    last = [text for text in statements if "lib_historygate" in text]
    others = [text for text in statements if text not in last]
    return ["INSERT INTO lib_historygate DEFAULT VALUES", *others, *last] if last else statements


# What Django and this project would make again at once, and nothing refers to by a number of its own.
MADE_AGAIN = {"django_content_type", "auth_permission", "lib_changemark"}


def postgresql_flush(tables: list[str], _statements: list[str]) -> list[str]:
    """Only tables with rows: to TRUNCATE all 170 makes their files anew, which takes forty times as long."""
    names = ", ".join(f"'{name}'" for name in sorted(set(tables) - MADE_AGAIN))
    return [
        f"""DO $$ DECLARE name text; found boolean; BEGIN
            SET LOCAL session_replication_role = replica;  -- no guards, no foreign keys
            FOREACH name IN ARRAY ARRAY[{names}] LOOP
                EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', name) INTO found;
                IF found THEN EXECUTE format('DELETE FROM %I', name); END IF;
            END LOOP;
            UPDATE lib_changemark SET mark = gen_random_uuid()::text;
        END $$"""
    ]


@pytest.fixture(scope="session", autouse=True)
def broker(tmp_path_factory) -> Iterator[str]:
    """A Redis of this test process alone: tasks of one process never reach the worker of another."""
    with Processes() as processes:
        address = start_redis(processes, folder=tmp_path_factory.mktemp("redis"))
        settings.REDIS_URL = settings.CELERY_BROKER_URL = app.conf.broker_url = address
        yield address


@pytest.fixture(scope="session", autouse=True)
def media_root(tmp_path_factory) -> Path:
    """Files written by tests stay out of var/."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    return settings.MEDIA_ROOT


@pytest.fixture(scope="session", autouse=True)
def quick_force_login() -> None:
    """`force_login` writes one session. The nine other questions of a sign-in are its own tests' matter."""

    def _login(self: Client, user: Any, backend: str | None = None) -> None:
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = user._meta.pk.value_to_string(user)
        session[BACKEND_SESSION_KEY] = backend
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        self._set_login_cookies(SimpleNamespace(session=session))

    Client._login = _login


@pytest.fixture(scope="session", autouse=True)
def contexts_of_whole_pages(django_test_environment: None) -> None:
    """`reply.context` is what a view gave to its template: nothing is noted of the many parts of a page."""

    def render(template: Template, context: Any) -> str:
        if context.template is template:
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    Template._render = render


@pytest.fixture(autouse=True)
def no_kept_pages() -> None:
    """Pages that an earlier test made under other settings are gone."""
    SHELF.clear()


@pytest.fixture(scope="session")
def process_environment(django_db_setup, broker, media_root, tmp_path_factory) -> dict[str, str]:
    """The environment in which another process shares this test's database, broker and files."""
    name = str(connection.settings_dict["NAME"])
    address = os.environ.get("TEST_DATABASE_URL", "")
    own = {
        "DJANGO_SETTINGS_MODULE": "cohes3ion.settings.test",
        "TEST_DATABASE_URL": f"{address.rpartition('/')[0]}/{name}" if address else "",
        "DATABASE_URL": "" if address else f"sqlite:///{name}",
        "TEST_REDIS_URL": broker,
        "MEDIA_ROOT": str(media_root),
        "VAR_DIR": str(tmp_path_factory.mktemp("var")),
        "CELERY_SKIP_CHECKS": "1",  # Django's own checks, at each start; `./run check` has them
    }
    return {**os.environ, **{key: value for key, value in own.items() if value}}


@pytest.fixture(scope="session")
def _worker_process(process_environment) -> Iterator[None]:
    # Stopped before the test database is removed: an open connection would keep it.
    with Processes() as processes:
        log = Path(process_environment["VAR_DIR"]) / "worker.log"
        start_worker(processes, env=process_environment, log=log)
        yield


@pytest.fixture
def worker(transactional_db, _worker_process) -> None:
    """A real Celery worker process on the test database. Rows must be committed for it to see them."""


@pytest.fixture
def wait_until() -> Callable[..., None]:
    """Ask again until it is true: for work that another process does."""

    def wait(
        condition: Callable[[], bool], *, seconds: float = 120, what: str = "the expected state"
    ) -> None:
        deadline, pause = time.monotonic() + seconds, 0.05
        while not condition():
            if time.monotonic() > deadline:
                pytest.fail(f"waited {seconds:.0f} s for {what}")
            time.sleep(pause)
            pause = min(0.25, pause * 1.25)  # who asks too often takes the processor from those who work

    return wait


@pytest.fixture(scope="session")
def live_server(live_server: Any) -> Any:
    """pytest-django's server behind a gate, so that the end of a test can wait for its last request."""
    live_server.gate = Gate(with_room(live_server.thread.httpd.get_app()))
    live_server.thread.httpd.set_app(live_server.gate)
    return live_server


@pytest.fixture(autouse=True)
def quiet_end(request: pytest.FixtureRequest, _live_server_helper: None) -> Iterator[None]:
    """Before tables are emptied all pages are closed and all requests answered.

    Begun after the database (`_live_server_helper` asks for it) and before the pages of a test, so it ends
    between the two.
    """
    if "live_server" not in request.fixturenames:
        yield
        return
    gate = request.getfixturevalue("live_server").gate
    gate.open()
    yield
    if "chromium" in request.fixturenames:
        for context in request.getfixturevalue("chromium").contexts:
            context.close()
    gate.shut()


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    """Debian's Chromium, driven by Playwright."""
    from playwright.sync_api import expect, sync_playwright  # slow import: only browser tests need it

    expect.set_options(timeout=PATIENCE)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_binary(), args=sandbox)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, live_server) -> Iterator:
    """A page on the live server. A foreign request, a script error or a CSP report fails the test."""
    context = chromium.new_context(base_url=live_server.url, locale="en-GB", reduced_motion="reduce")
    context.set_default_navigation_timeout(6 * PATIENCE)  # the first page of a process loads everything
    faults: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: _note_foreign(request.url, live_server.url, faults))
    page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    page.on("console", lambda message: _note_policy(message.text, faults))
    yield page
    context.close()
    assert faults == []


def _note_foreign(url: str, own: str, faults: list[str]) -> None:
    if not url.startswith((own, "data:", "blob:", "about:")):
        faults.append(f"request to another origin: {url}")


def _note_policy(text: str, faults: list[str]) -> None:
    if "Content Security Policy" in text:
        faults.append(text)
