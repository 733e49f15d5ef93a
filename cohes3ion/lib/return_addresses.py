"""Where a choice of language or appearance leads back to: an address that answers a reading browser."""

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils.http import url_has_allowed_host_and_scheme


def return_address(request: HttpRequest) -> str:
    """This page; after a form that was sent to an address without a page, the one it stood on or one above.

    A page that shows what was not accepted has the address of its form, and many take nothing but forms.
    """
    own = request.get_full_path()
    if request.method in ("GET", "HEAD") and not _takes_only_forms(request.path):
        return own
    return next((address for address in _candidates(request, own) if _is_page(address)), get_script_prefix())


def _candidates(request: HttpRequest, own: str) -> Iterator[str]:
    yield own
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        place = urlsplit(came_from)
        yield f"{place.path}?{place.query}" if place.query else place.path
    parts = request.path.strip("/").split("/")
    for kept in range(len(parts) - 1, 0, -1):
        yield f"/{'/'.join(parts[:kept])}/"


def _is_page(address: str) -> bool:
    return _view_of(address) is not None and not _takes_only_forms(address)


def _takes_only_forms(address: str) -> bool:
    return bool(getattr(_view_of(address), "takes_only_forms", False))


def _view_of(address: str) -> object:
    """What answers at an address of this site; None where there is nothing, or another site (`//`)."""
    path, prefix = address.partition("?")[0], get_script_prefix()
    if path.startswith("//") or not path.startswith(prefix):
        return None
    return _view_at(f"/{path.removeprefix(prefix)}")


@lru_cache(maxsize=1024)  # three questions a page, and each looks through some hundred patterns
def _view_at(path: str) -> object:
    try:
        return resolve(path).func
    except Resolver404:
        return None
