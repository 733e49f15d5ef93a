"""Several people, or processes, in the same moment: each in a thread with its own connection."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection, connections

# SQLite lets one writer in at a time: there, one comes after the other.
LOCKS = connection.vendor == "postgresql"


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act returned or raised, all started together."""
    results: list[Any] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(place: int, act: Callable[[], Any]) -> None:
        start.wait()
        try:
            results[place] = act()
        except Exception as error:  # handed to the test
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
