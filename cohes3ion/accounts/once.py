"""A request with an Idempotency-Key has its effect once, however often and however fast it is sent."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, OperationalError, connection, transaction
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from cohes3ion.accounts.models import KEPT_FOR, KeptReply
from cohes3ion.lib.refusals import Refusal

KEY = re.compile(r"[\x21-\x7e]{1,100}")
# So long a second request waits for the first one before it is told that the first one is still at work.
PATIENCE = "300ms"
LOCK_NOT_AVAILABLE = "55P03"
KEPT_HEADERS = ("ETag", "Location")


def reply_once(request: Request, work: Callable[[], Response]) -> Response | HttpResponse:
    """What `work` replies, or what it replied when the same request came before.

    The reply is written in the transaction of the effect: both are there, or neither. What `work` raises
    undoes both. Without a key, `work` simply runs. Raises Refusal (400, 409, 422).
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return work()
    if not KEY.fullmatch(key):
        sentence = _("Idempotency-Key must be 1 to 100 visible ASCII characters, for example a UUID.")
        raise Refusal(400, "idempotency_key", sentence)
    fingerprint = fingerprint_of(request)
    with transaction.atomic():
        kept = take(user=request.user, key=key, fingerprint=fingerprint)
        if kept is not None:
            return replayed(kept, fingerprint=fingerprint)
        reply = work()
        keep(reply, user=request.user, key=key)
    return reply


def fingerprint_of(request: Request) -> str:
    """Everything that decides what a request does."""
    said = [request.method, request.get_full_path(), request.headers.get("If-Match", ""), body_of(request)]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def body_of(request: Request) -> Any:
    """What was sent, a file by its content."""
    if not isinstance(request.data, QueryDict):
        return request.data
    return {name: [plain(part) for part in parts] for name, parts in request.data.lists()}


def plain(part: Any) -> str:
    """A value as it was sent; a file by its name and content."""
    if not isinstance(part, UploadedFile):
        return str(part)
    digest = hashlib.sha256()
    for chunk in part.chunks():
        digest.update(chunk)
    part.seek(0)
    return f"{part.name} {digest.hexdigest()}"


def take(*, user: Any, key: str, fingerprint: str, patience: str = PATIENCE) -> KeptReply | None:
    """None: the key is ours now. Otherwise the row of the request that was first, when it has ended.

    The unique index decides. In PostgreSQL a second request waits for the transaction of the first, for a
    moment only; in SQLite one writer at a time holds the database anyway.
    """
    before = set_patience(patience)
    try:
        with transaction.atomic():
            KeptReply.objects.create(user=user, key=key, fingerprint=fingerprint)
    except IntegrityError:
        return KeptReply.objects.get(user=user, key=key)
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", None) != LOCK_NOT_AVAILABLE:
            raise
        sentence = _("The first request with this Idempotency-Key is still at work. Try again soon.")
        raise Refusal(409, "in_flight", sentence) from error
    set_patience(before)
    return None


def set_patience(how_long: str) -> str:
    """How long this transaction waits for a lock from now on; how long it did so far."""
    if connection.vendor != "postgresql":
        return how_long
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout')")
        before = str(cursor.fetchone()[0])
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [how_long])
    return before


def replayed(kept: KeptReply, *, fingerprint: str) -> HttpResponse:
    if kept.fingerprint != fingerprint:
        sentence = _("This Idempotency-Key was used for another request. Use a new key for each request.")
        raise Refusal(422, "idempotency_key", sentence)
    reply = HttpResponse(kept.body, status=kept.status, content_type=kept.headers["Content-Type"])
    for name in KEPT_HEADERS:
        if name in kept.headers:
            reply[name] = kept.headers[name]
    reply["Idempotent-Replayed"] = "true"
    return reply


def keep(reply: Response, *, user: Any, key: str) -> None:
    body = "" if reply.data is None else JSONRenderer().render(reply.data).decode()
    headers = {name: reply[name] for name in KEPT_HEADERS if reply.has_header(name)}
    headers["Content-Type"] = reply.content_type or "application/json"
    KeptReply.objects.filter(user=user, key=key).update(status=reply.status_code, body=body, headers=headers)


def forget_old_replies() -> int:
    """Keys that are older than we promise to keep them."""
    return KeptReply.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()[0]
