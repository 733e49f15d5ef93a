"""Whether this process lives, and whether every part it needs answers. No version, no address, no secret."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

SECONDS_A_RESULT_HOLDS = 2  # a public address must not become a way to keep the broker busy
SECONDS_A_NOTICE_HOLDS = 15
PROBE_BYTES = 256 * 1024
SORTED_ON_DISK = """
    SELECT count(*) FROM (SELECT repeat('x', 1024) || n FROM generate_series(1, 256) n ORDER BY 1) lines
"""


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers. Asks nobody else, so that a lost database does not restart the web server."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """503 names each part that does not answer."""
    parts = cache.get_or_set("readyz", examine, SECONDS_A_RESULT_HOLDS)
    return JsonResponse(parts, status=200 if set(parts.values()) == {"ok"} else 503)


def examine() -> dict[str, str]:
    parts = {
        "database": part(database_answers),
        "broker": part(broker_answers),
        "files": part(files_are_kept),
    }
    # Without a broker no worker can be asked; one red part is enough to say so.
    parts["worker"] = part(worker_answers) if parts["broker"] == "ok" else "not asked"
    return parts


def part(answers: Callable[[], bool]) -> str:
    try:
        return "ok" if answers() else "no answer"
    except (DatabaseError, OperationalError, OSError):
        return "no answer"


def database_answers() -> bool:
    """A full disk still answers questions. So PostgreSQL sorts more than its memory holds, on its disk."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL work_mem = '64kB'")
            cursor.execute(SORTED_ON_DISK)
        else:
            cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def broker_answers() -> bool:
    with current_app.connection_for_read() as broker:
        broker.ensure_connection(max_retries=1, timeout=2)
        return True


def work_waits() -> bool:
    """Whether the broker is away, for a notice on pages: asked every few seconds at most."""
    found = cache.get_or_set("work_waits", lambda: part(broker_answers), SECONDS_A_NOTICE_HOLDS)
    return bool(found != "ok")


def worker_answers() -> bool:
    return bool(current_app.control.inspect(timeout=2, limit=1).ping())


def files_are_kept() -> bool:
    """Free space is not enough: the folder may be gone or read-only. So a file is written and dropped."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as probe:
        probe.write(bytes(PROBE_BYTES))
        probe.flush()
    return True
