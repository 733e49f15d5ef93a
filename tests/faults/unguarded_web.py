"""For negative controls: the site without one of its guards (LEFT_OUT), as many are set up."""

import os
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

django.setup()

from cohes3ion.lib import errors  # noqa: E402  models exist only after the set-up
from governance import jobs  # noqa: E402  as above
from governance.models import Answer, AnswerRevision  # noqa: E402  as above


def keep_sessions_in_redis() -> None:
    path = settings.REDIS_URL.partition("://")[2]
    redis = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": f"unix://{path}"}
    settings.CACHES = {**settings.CACHES, "sessions": redis}
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    settings.SESSION_CACHE_ALIAS = "sessions"


def ring_or_fail(task: Any, pk: int) -> None:
    task.delay(pk)


def version_of_response(answer: Answer, field: str) -> int:
    """One number for a whole form: whoever saves anything makes it old for everybody else."""
    return 1 + AnswerRevision.objects.filter(answer__response=answer.response_id).count()


match os.environ["LEFT_OUT"]:
    case "unavailable":
        errors.is_unavailable = lambda _error: False
    case "redis":
        keep_sessions_in_redis()
        jobs.enqueue = ring_or_fail
    case "field versions":
        Answer.version_of = version_of_response

application = get_wsgi_application()  # found by gunicorn
