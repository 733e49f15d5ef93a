"""The end of a browser test: pages closed, requests answered, and only then are its tables emptied."""

import threading
import time
import urllib.error
import urllib.request

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client

from governance.models import Answer
from tests.factories.assessment import assessment
from tests.gate import Gate

REQUEST = {"REQUEST_METHOD": "POST", "PATH_INFO": "/save/"}


class Slow:
    """An application that answers when it is told to."""

    def __init__(self) -> None:
        self.begun, self.may_end = threading.Event(), threading.Event()

    def __call__(self, _environ, start_response):
        self.begun.set()
        self.may_end.wait(10)
        start_response("200 OK", [])
        return [b"done"]


def ask(gate, said):
    answer = gate(REQUEST, lambda status, _headers: said.append(status))
    b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()


@pytest.fixture
def inside():
    """A gate with one request that is not answered yet."""
    slow, said = Slow(), []
    gate = Gate(slow)
    thread = threading.Thread(target=ask, args=(gate, said))
    thread.start()
    slow.begun.wait(10)
    yield gate, slow, said
    slow.may_end.set()
    thread.join()


def test_shutting_waits_for_the_request_inside(inside):
    gate, slow, said = inside
    threading.Timer(0.3, slow.may_end.set).start()
    started = time.monotonic()
    gate.shut(longest=10)
    assert (said, time.monotonic() - started > 0.2) == (["200 OK"], True)


def test_whoever_comes_later_is_turned_away_until_it_opens(inside):
    gate, slow, said = inside
    slow.may_end.set()
    gate.shut(longest=10)
    ask(gate, said)
    gate.open()
    ask(gate, said)
    assert said == ["200 OK", "503 Service Unavailable", "200 OK"]


def test_a_request_that_does_not_end_is_named(inside):
    """The negative control: shutting does not just go on."""
    with pytest.raises(AssertionError, match="POST /save/"):
        inside[0].shut(longest=0.1)


def save(address, user, state):
    client = Client()
    client.force_login(user)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    request = urllib.request.Request(address, headers={"Cookie": cookie})
    try:
        with urllib.request.urlopen(request, timeout=20) as reply:
            state.append(reply.status)
    except urllib.error.HTTPError as refusal:
        state.append(refusal.code)
    connections.close_all()


def connections_open() -> int:
    """To this database, a worker's too. SQLite has none that others could see."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_stat_activity where datname = current_database()")
        return cursor.fetchone()[0]


def test_an_answered_request_leaves_no_connection_to_the_database(live_server, transactional_db, wait_until):
    """Else the test database "is being accessed by other users" when it shall be removed."""
    room, states, before = assessment(), [], connections_open()
    address = f"{live_server.url}/workspace/responses/{room.team.pk}/1.1/"
    for _time in range(3):
        save(address, room.lead, states)
    live_server.gate.shut()
    assert (states, Answer.objects.count()) == ([200] * 3, 0)
    save(address, room.lead, states)
    assert states[-1] == 503
    # The server of the database takes its time to say goodbye.
    wait_until(lambda: connections_open() <= before, seconds=20, what="the connections of requests to end")
