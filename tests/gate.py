"""The way into the server of browser tests: open during a test, shut while its database is emptied.

A request that still runs when tables are emptied waits for them, and they for it: a deadlock, after which the
next test finds the rows of this one. So the end of a test waits until each request is answered and its
connection to the database closed. What a closing page sends after that is turned away at the gate.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connections

LONGEST = 60
Application = Callable[..., Iterable[bytes]]


class Gate:
    """A WSGI application around that of Django."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.is_open = True
        self.inside: dict[int, str] = {}
        self.changed = threading.Condition()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        with self.changed:
            if not self.is_open:
                start_response("503 Service Unavailable", [("Content-Length", "0")])
                return []
            self.inside[threading.get_ident()] = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
        try:
            return Answer(self, self.application(environ, start_response))
        except BaseException:
            self.leave()
            raise

    def leave(self) -> None:
        """Of the request of this thread: its connections first, as an open one keeps the database."""
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
