"""The way into the server of browser tests: open during a test, shut while its database is emptied.

A request that still runs when tables are emptied waits for them, and they for it: a deadlock, after which the
next test finds the rows of this one. So the end of a test waits until each request is answered and the
connections to the database are closed. What a closing page sends after that is turned away at the gate.
Until then the requests of a test hand their connections on, as each request has a thread of its own here:
PostgreSQL starts a process for every new one, which takes longer than most pages ask it for.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

LONGEST = 60
Application = Callable[..., Iterable[bytes]]


class Gate:
    """A WSGI application around that of Django."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.is_open = True
        self.inside: dict[int, str] = {}
        self.idle: list[BaseDatabaseWrapper] = []
        self.changed = threading.Condition()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        with self.changed:
            if not self.is_open:
                start_response("503 Service Unavailable", [("Content-Length", "0")])
                return []
            self.inside[threading.get_ident()] = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
        try:
            self.take_connection()
            return Answer(self, self.application(environ, start_response))
        except BaseException:
            self.leave()
            raise

    def take_connection(self) -> None:
        """One that an earlier request left, or a new one that outlives its request."""
        if threading.current_thread() is threading.main_thread():
            return  # the connection of the test itself
        with self.changed:
            if self.idle:
                connections[DEFAULT_DB_ALIAS] = self.idle.pop()
                return
        connection = connections[DEFAULT_DB_ALIAS]
        connection.settings_dict = {**connection.settings_dict, "CONN_MAX_AGE": None}
        connection.inc_thread_sharing()

    def leave(self) -> None:
        """Of the request of this thread: its connection first, left to the next one if it is as new."""
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.allow_thread_sharing and not (connection.in_atomic_block or connection.errors_occurred):
            del connections[DEFAULT_DB_ALIAS]
            with self.changed:
                self.idle.append(connection)
        connections.close_all()
        with self.changed:
            self.inside.pop(threading.get_ident(), None)
            self.changed.notify_all()

    def open(self) -> None:
        with self.changed:
            self.is_open = True

    def shut(self, *, longest: float = LONGEST) -> None:
        """Let nobody in any more, and wait for those inside."""
        with self.changed:
            self.is_open = False
            if not self.changed.wait_for(lambda: not self.inside, timeout=longest):
                raise AssertionError(f"still at work after {longest} s: {sorted(self.inside.values())}")
            while self.idle:
                self.idle.pop().close()


class Answer:
    """The parts of a response; its request has left when the server closes it."""

    def __init__(self, gate: Gate, response: Any) -> None:
        self.gate, self.response = gate, response

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.response)

    def close(self) -> None:
        try:
            if hasattr(self.response, "close"):
                self.response.close()
        finally:
            self.gate.leave()
