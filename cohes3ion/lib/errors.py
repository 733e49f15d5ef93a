"""Pages for what goes wrong, and which errors mean that a part is missing, not that the code is wrong."""

import errno
import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.views.defaults import server_error as plain_server_error

FULL = (errno.ENOSPC, errno.EDQUOT)
# A body that is too large or has too many parts, is no form, or broke off.
UNREADABLE = (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError)
SECRET_FIELDS = ("csrf", "password", "token", "code")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that could not be read, and why where a person can do something about it."""
    if isinstance(exception, RequestDataTooBig):
        limit = filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        return render(request, "413.html", {"limit": limit}, status=413)
    reason = ""
    if isinstance(exception, TooManyFilesSent):
        sentence = gettext("At most %(limit)s files can be sent at once.")
        reason = sentence % {"limit": settings.DATA_UPLOAD_MAX_NUMBER_FILES}
    elif isinstance(exception, TooManyFieldsSent):
        sentence = gettext("At most %(limit)s fields can be sent at once.")
        reason = sentence % {"limit": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS}
    return render(request, "400.html", {"reason": reason}, status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Also where a form is sent to what is gone, or no longer the person's: with what was typed."""
    return render(request, "404.html", {"typed": typed_texts(request)}, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"typed": typed_texts(request)}, status=403)


def is_unavailable(error: BaseException | None) -> bool:
    """The database is gone, full or restarting. Cut in mid-answer, psycopg2 raises a bare DatabaseError."""
    return isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError


def is_full(error: BaseException | None) -> bool:
    """No room for a file."""
    return isinstance(error, OSError) and error.errno in FULL


def unavailable(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """503 with Retry-After, or 507 when a file has no room; None when the error is something else.

    What was sent is shown again, so that nothing typed is lost when a page without script meets it.
    """
    if is_unavailable(error):
        response = render(request, "503.html", {"typed": typed_texts(request)}, status=503)
        response["Retry-After"] = "5"
        return response
    if is_full(error):
        return render(request, "507.html", {"typed": typed_texts(request)}, status=507)
    return None


def typed_texts(request: HttpRequest) -> list[str]:
    """What a person wrote in the form that was sent: no keys, no secrets, no single words or numbers."""
    if request.method != "POST":
        return []
    try:
        fields: list[tuple[str, Any]] = list(request.POST.items())
    except UNREADABLE:  # the page about it must not fail on the same body again
        return []
    return [
        str(value)
        for name, value in fields
        if " " in str(value).strip() and not any(secret in name.lower() for secret in SECRET_FIELDS)
    ]


def server_error(request: HttpRequest) -> HttpResponse:
    """Errors outside of views (sessions, sign-in): a lost database is 503 there as well, never a 500."""
    return unavailable(request, sys.exc_info()[1]) or plain_server_error(request)
