"""The project's web server, but it may go without a guard for a while (guards.py), as many are set up."""

import threading
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler

from cohes3ion.lib import errors
from cohes3ion.wsgi import application as site
from governance import jobs
from governance.models import Answer, AnswerRevision
from governance.views import answers
from tests.faults.guards import Guards

save_answer = answers.save_answer
SECONDS = 0.5


def save_later(*, response_id: int, key: Any, changes: list[Any], **values: Any) -> tuple[Answer, list]:
    """It says "saved" and saves half a second later."""
    everything = {"response_id": response_id, "key": key, "changes": changes, **values}
    later = threading.Timer(SECONDS, save_answer, kwargs=everything)
    later.daemon = True
    later.start()
    answer = Answer.objects.get(response=response_id, question__code=key[0], about_unit=key[1])
    for change in changes:
        answer.field_versions[change.field] = change.version + 1
    return answer, []


def ring_or_fail(task: Any, pk: int) -> None:
    task.delay(pk)


def version_of_response(answer: Answer, field: str) -> int:
    """One number for a whole form: whoever saves anything makes it old for everybody else."""
    return 1 + AnswerRevision.objects.filter(answer__response=answer.response_id).count()


# Sessions that lean on Redis, read by the middleware when it is made (below).
caches.settings["sessions"] = {
    "BACKEND": "django.core.cache.backends.redis.RedisCache",
    "LOCATION": f"unix://{settings.REDIS_URL.partition('://')[2]}",
}
IN_REDIS = [
    (settings, "SESSION_ENGINE", "django.contrib.sessions.backends.cached_db"),
    (settings, "SESSION_CACHE_ALIAS", "sessions"),
    (jobs, "enqueue", ring_or_fail),
]

GUARDS = Guards(
    {
        "commit": [(answers, "save_answer", save_later)],
        "unavailable": [(errors, "is_unavailable", lambda _error: False)],
        "redis": IN_REDIS,
        "field versions": [(Answer, "version_of", version_of_response)],
    }
)
sites: dict[str, Callable[..., Any]] = {"": site}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
    """Found by gunicorn."""
    left_out = GUARDS.look()
    if left_out not in sites:
        sites[left_out] = WSGIHandler()
    return sites[left_out](environ, start_response)
