"""What every answer of the site has in common."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from rest_framework.exceptions import MethodNotAllowed

from cohes3ion.lib.errors import unavailable
from cohes3ion.lib.problems import exception_handler

Handler = Callable[[HttpRequest], HttpResponse]
METHODS = ["GET", "HEAD", "OPTIONS", "POST"]
API = "/api/"
API_METHODS = [*METHODS, "PUT", "PATCH", "DELETE"]  # each address of the API says which of them it takes


def known_methods(get_response: Handler) -> Handler:
    """TRACE is asked for nowhere, and PUT, PATCH and DELETE of no page: pages would answer them like GET."""

    def middleware(request: HttpRequest) -> HttpResponse:
        is_api = request.path_info.startswith(API)
        methods = API_METHODS if is_api else METHODS
        if request.method in methods:
            return get_response(request)
        return problem_of_method(request, methods) if is_api else HttpResponseNotAllowed(methods)

    return middleware


def problem_of_method(request: HttpRequest, methods: list[str]) -> HttpResponse:
    """405 in the form of every refusal of the API; no view of it is asked."""
    reply = exception_handler(MethodNotAllowed(str(request.method)), {"request": request})
    assert reply is not None
    content = {"status": reply.status_code, "headers": {"Allow": ", ".join(methods)}}
    return JsonResponse(reply.data, content_type=str(reply.content_type), **content)


def pages_for_wrong_methods(get_response: Handler) -> Handler:
    """An address that takes only forms, opened as a page (a reload, a bookmark), says so and leads back."""

    def middleware(request: HttpRequest) -> HttpResponse:
        reply = get_response(request)
        is_page = request.method != "HEAD" and not request.path_info.startswith(API)
        if not is_page or not isinstance(reply, HttpResponseNotAllowed) or reply.content:
            return reply
        page = render(request, "405.html", status=405)
        page["Allow"] = reply["Allow"]
        return page

    return middleware


def addresses_without_nul(get_response: Handler) -> Handler:
    """PostgreSQL refuses to look for a text with NUL; with another sign there it finds nothing (404)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.path_info = request.path_info.replace("\0", "\ufffd")
        return get_response(request)

    return middleware


def unavailable_database(get_response: Handler) -> Handler:
    """A lost database is 503 with Retry-After, never a 500: the browser keeps what was typed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    middleware.process_exception = unavailable  # type: ignore[attr-defined]
    return middleware


class Compression(GZipMiddleware):
    """Compresses what is large, with two exceptions.

    A reply whose ETag a write sends back: that would make the tag weak. And files: most are compressed, and
    one that comes without its length is complete for nobody who cannot tell when it was cut.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        tagged = request.path_info.startswith(API) and response.has_header("ETag")
        is_file = response.streaming and response.has_header("Content-Disposition")
        return response if tagged or is_file else super().process_response(request, response)


def private_pages(get_response: Handler) -> Handler:
    """Pages of signed-in people are never kept by a cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        user = getattr(request, "user", None)
        if user is not None and getattr(user, "is_authenticated", False):
            patch_cache_control(response, no_store=True, private=True)
        return response

    return middleware
