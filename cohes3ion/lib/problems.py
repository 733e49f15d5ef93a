"""Errors of the API: one form (RFC 9457 problem details), one clear sentence."""

import logging
import math
import secrets
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler as default_handler

from cohes3ion.lib.errors import is_unavailable
from cohes3ion.lib.refusals import Refusal

log = logging.getLogger(__name__)


def first_problem(detail: Any, path: str = "") -> tuple[str, str]:
    """The first sentence of a nested error and the path of what it is about."""
    if isinstance(detail, dict):
        key, value = next(iter(detail.items()))
        return first_problem(value, f"{path}.{key}".strip("."))
    if isinstance(detail, list) and detail:
        return first_problem(detail[0], path)
    return path, str(detail)


class Unavailable(exceptions.APIException):
    status_code = 503
    default_detail = gettext_lazy("The database does not answer. Nothing was saved. Try again in a minute.")
    default_code = "unavailable"
    wait = 5  # becomes Retry-After


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    if is_unavailable(error):
        error = Unavailable()
    response = default_handler(error, context)
    if response is None:
        return None
    more: dict[str, Any] = {}
    if isinstance(error, Refusal):
        code, path, detail, more = error.default_code, error.path, str(error.detail), error.more
    elif isinstance(error, Http404 | exceptions.NotFound):
        code, path, detail = "not_found", "", _("Nothing was found at this address.")
    elif isinstance(error, exceptions.NotAuthenticated):
        code, path, detail = error.default_code, "", _("Sign in, or send a token as Authorization: Bearer.")
    elif isinstance(error, exceptions.Throttled):
        code, path, detail = error.default_code, "", wait_a_while(error.wait)
    elif isinstance(error, exceptions.UnsupportedMediaType):
        parsers = getattr(context.get("view"), "parser_classes", [])
        types = " / ".join(parser.media_type for parser in parsers)
        named = {"said": str(error.detail), "types": types or "application/json"}
        code, path, detail = error.default_code, "", _("%(said)s Send %(types)s in UTF-8.") % named
    elif isinstance(error, exceptions.NotAcceptable):
        renderers = getattr(context.get("view"), "renderer_classes", [])
        types = " / ".join(renderer.media_type for renderer in renderers) or "application/json"
        sentence = _("This address answers with %(types)s only. Send that, or nothing, as Accept.")
        code, path, detail = error.default_code, "", sentence % {"types": types}
    else:
        path, detail = first_problem(response.data)
        code = getattr(error, "default_code", "error")
        path = "" if path == "detail" else path
    response.data = {
        "type": "about:blank",
        "title": response.status_text,
        "status": response.status_code,
        "code": code,
        "path": path,
        "detail": detail,
        "support_id": noted(context.get("request"), response.status_code, code),
        **more,
    }
    response.content_type = "application/problem+json"
    return response


def wait_a_while(seconds: float | None) -> str:
    n = math.ceil(seconds or 60)
    sentence = ngettext(
        "Too many requests in one minute, so this one was not done. Send it again in %(n)s second.",
        "Too many requests in one minute, so this one was not done. Send it again in %(n)s seconds.",
        n,
    )
    return sentence % {"n": n}


def problem(request: Any, refusal: Refusal) -> Response:
    """The reply that raising the refusal would give; for one that belongs to what was written."""
    response = exception_handler(refusal, {"request": request})
    assert response is not None
    return response


def noted(request: Any, status: int, code: str) -> str:
    """One line of the log for each refusal, found by the id that the reply carries."""
    support_id = secrets.token_hex(4)
    method, path = getattr(request, "method", ""), getattr(request, "path", "")
    log.info("%s %s refused with %s %s [%s]", method, path, status, code, support_id)
    return support_id
