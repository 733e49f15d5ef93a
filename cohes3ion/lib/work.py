"""What surrounds a piece of background work: a heartbeat while it lasts, an honest end whatever happens."""

import gc
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection

from cohes3ion.lib.errors import is_unavailable

log = logging.getLogger(__name__)


@contextmanager
def without_collector() -> Iterator[None]:
    """Make very many values in here without Python looking through all of them for cycles, again and again.

    In a run of hundreds of regions that search took up to four tenths of the time and found nothing: values
    that are not needed any more go at once, as everywhere.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def at_work(row: Any) -> Iterator[None]:
    """Do the work of a claimed row in here. Every way out leaves the row in a state the sweeper understands.

    Too slow or too much memory: failed at once, a second try would end alike. A lost database: the row stays
    as it is, its lease runs out and the sweeper sends it again. A process told to end: given back.
    """
    beat = Heartbeat(row)
    beat.start()
    try:
        yield
    except SoftTimeLimitExceeded:
        _fail(row, "TIME", "the soft time limit")
    except MemoryError as error:
        _fail(row, "MEMORY", repr(error))
    except Exception as error:
        if not is_unavailable(error):
            _fail(row, "ERROR", f"{type(error).__name__}: {error}")
        raise
    except BaseException:
        row.give_back()
        raise
    finally:
        beat.stop()


def keep_file(row: Any, name: str, data: bytes, **results: Any) -> bool:
    """Store what was made and end the work. False, and no file, when the row is another worker's by now."""
    row.file.save(name, ContentFile(data), save=False)
    is_kept: bool = row.finish(file=row.file.name, size=len(data), **results)
    if not is_kept:
        row.file.delete(save=False)
    return is_kept


def _fail(row: Any, code: str, detail: str) -> None:
    # What interrupted the work may have interrupted a query: start from a connection that is surely whole.
    if not connection.in_atomic_block:
        connection.close()
    if row.fail(code=code, message=detail[:500]):
        log.error("%s %s failed, support number %s: %s", row._meta.label, row.pk, row.support_id, detail)


class Heartbeat:
    """Keeps the lease of a row alive from a thread, so that a long step needs no thought for it.

    It goes with its process: after kill -9 the lease runs out, and another worker takes the row. Time limits
    are Celery's: its signal reaches work that waits, and its hard limit work that hears no signal.
    """

    def __init__(self, row: Any) -> None:
        self.row = row
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.ended.set()
        self.thread.join(timeout=5)

    def _beat(self) -> None:
        while not self.ended.wait(settings.JOB_HEARTBEAT_SECONDS):
            with suppress(DatabaseError):  # a lost database is met by the work itself
                self.row.keep_lease()
            connection.close()  # this thread's own
