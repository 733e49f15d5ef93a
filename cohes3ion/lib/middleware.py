"""What every answer of the site has in common."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_cache_control

from cohes3ion.lib.errors import unavailable

Handler = Callable[[HttpRequest], HttpResponse]
METHODS = ["GET", "HEAD", "OPTIONS", "POST"]


def known_methods(get_response: Handler) -> Handler:
    """TRACE, PUT, PATCH and DELETE are asked for nowhere; without this, pages answer them like GET."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)

    return middleware


def unavailable_database(get_response: Handler) -> Handler:
    """A lost database is 503 with Retry-After, never a 500: the browser keeps what was typed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    middleware.process_exception = unavailable  # type: ignore[attr-defined]
    return middleware


def private_pages(get_response: Handler) -> Handler:
    """Pages of signed-in people are never kept by a cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        user = getattr(request, "user", None)
        if user is not None and getattr(user, "is_authenticated", False):
            patch_cache_control(response, no_store=True, private=True)
        return response

    return middleware
