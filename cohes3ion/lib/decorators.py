"""Guards of views."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST

View = Callable[..., HttpResponseBase]


def writes(permission: str) -> Callable[[View], View]:
    """A view that changes something: POST only, and its permission is on record for the access tests."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        posted = require_POST(guarded)
        posted.permission = permission  # type: ignore[attr-defined]
        return posted

    return decorate


def allow(request: HttpRequest, permission: str, row: object = None) -> None:
    """Go on only with the permission; otherwise 403. Scope first (404), then ask this."""
    if not request.user.has_perm(permission, row):
        raise PermissionDenied(permission)
