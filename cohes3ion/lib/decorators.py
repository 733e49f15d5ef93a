"""Guards of views."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cohes3ion.lib.followed import is_followed, save_in_order

View = Callable[..., HttpResponseBase]


def takes_only_forms(view: View) -> View:
    """POST only, and on record, so that no choice of language leads to it (lib/return_addresses.py)."""
    guarded = require_POST(view)
    guarded.takes_only_forms = True  # type: ignore[attr-defined]
    return guarded


def writes(permission: str) -> Callable[[View], View]:
    """A view that changes something: POST only, and its permission is on record for the access tests."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if is_followed(request):
                return save_in_order(view, request, *args, **kwargs)
            return view(request, *args, **kwargs)

        posted = takes_only_forms(guarded)
        posted.permission = permission  # type: ignore[attr-defined]
        return posted

    return decorate


def allow(request: HttpRequest, permission: str, row: object = None) -> None:
    """Go on only with the permission; otherwise 403. Scope first (404), then ask this."""
    if not request.user.has_perm(permission, row):
        raise PermissionDenied(permission)


def from_this_site(view: View) -> View:
    """For a choice that pages shared by all readers offer, where no token of one person may stand.

    The browser says where the form was; another site is refused. Only for language and theme: a program
    without a browser, which says nothing, carries nobody's sign-in.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_from_elsewhere(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def is_from_elsewhere(request: HttpRequest) -> bool:
    place = request.headers.get("Sec-Fetch-Site")
    if place is not None:
        return place not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.get_host()
