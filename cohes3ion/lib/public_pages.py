"""Public pages as bytes: made once, compressed once, then answered from memory while nothing public changed.

For people who are not signed in. What is kept holds nothing of a person, and every answer is compared with
the marks of the rows first (change_marks.py), so an edition that is withdrawn is gone with its transaction.
Each process keeps its own pages: there is no service that could be lost, and nothing to clear by hand.
"""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from cohes3ion.lib.change_marks import public_mark

Handler = Callable[[HttpRequest], HttpResponse]
Key = tuple[str, str, str]  # path, language, theme
THEMES = ("light", "dark")
MAY_DEPEND_ON = {"cookie", "accept-language", "accept-encoding"}
BROTLI_QUALITY = 6  # 9 saves two percent and takes three times as long


@dataclass(frozen=True, kw_only=True)
class KeptPage:
    mark: str
    headers: dict[str, str]
    bodies: dict[str, bytes]
    digest: str

    @property
    def size(self) -> int:
        return sum(len(body) for body in self.bodies.values())

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The bytes in the best encoding the browser takes, each with an ETag of its own."""
        encoding = best_encoding(request.headers.get("Accept-Encoding", ""))
        body = self.bodies[encoding] if encoding else gzip.decompress(self.bodies["gzip"])
        headers = {**self.headers, "ETag": f'"{self.digest}-{encoding or "plain"}"'}
        if encoding:
            headers["Content-Encoding"] = encoding
        headers["Content-Length"] = str(len(body))
        return HttpResponse(b"" if request.method == "HEAD" else body, headers=headers)


@lru_cache(maxsize=256)
def best_encoding(accepted: str) -> str:
    """br, gzip or nothing, as Accept-Encoding allows; a weight of 0 forbids."""
    weights = {}
    for part in accepted.lower().split(","):
        name, _sep, parameters = part.partition(";")
        weight = parameters.replace(" ", "").removeprefix("q=") or "1"
        weights[name.strip()] = weight.rstrip("0").rstrip(".") not in ("", "0")
    return next((name for name in ("br", "gzip") if weights.get(name)), "")


class Shelf:
    """The pages of this process, at most so many bytes; those not asked for longest go first."""

    def __init__(self) -> None:
        self.pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self.size = 0
        self.lock = threading.Lock()

    def get(self, key: Key) -> KeptPage | None:
        with self.lock:
            page = self.pages.get(key)
            if page is not None:
                self.pages.move_to_end(key)
            return page

    def put(self, key: Key, page: KeptPage) -> None:
        with self.lock:
            old = self.pages.pop(key, None)
            self.pages[key] = page
            self.size += page.size - (old.size if old else 0)
            while self.size > settings.PUBLIC_PAGES_BYTES:
                _key, gone = self.pages.popitem(last=False)
                self.size -= gone.size

    def clear(self) -> None:
        with self.lock:
            self.pages.clear()
            self.size = 0


SHELF = Shelf()


def public_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view whose answer depends on its address, the language, the theme and settings.PUBLIC_ROWS only.

    The marks are read before the rows. A change in between leaves a newer page under an older mark, which
    is never asked for again.
    """

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if getattr(request, "may_be_kept", False) and not hasattr(request, "public_mark"):
            request.public_mark = public_mark()
        elif not getattr(request, "may_be_kept", False):
            request.public_mark = None
        return view(request, *args, **kwargs)

    return marked


def key_of(request: HttpRequest) -> Key | None:
    """What tells kept pages apart. None: somebody signed in, something to say once, or no plain reading."""
    cookies = request.COOKIES
    if request.method not in ("GET", "HEAD") or request.META.get("QUERY_STRING"):
        return None
    if settings.DEBUG or settings.SESSION_COOKIE_NAME in cookies or "messages" in cookies:
        return None
    theme = cookies.get("theme", "")
    return request.path, get_language_from_request(request), theme if theme in THEMES else ""


def may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Nothing of one person in it: no cookie set, nothing it depends on that is not part of the key."""
    vary = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
    return (
        request.method == "GET"
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and vary <= MAY_DEPEND_ON
    )


def kept_page(response: HttpResponse, mark: str) -> KeptPage:
    patch_vary_headers(response, ("Cookie", "Accept-Language", "Accept-Encoding"))
    # Every use asks first whether it still stands; an unchanged page is answered with 304.
    response["Cache-Control"] = "no-cache"
    body = response.content
    return KeptPage(
        mark=mark,
        headers={name: value for name, value in response.items() if name != "Content-Length"},
        bodies={
            "br": brotli.compress(body, quality=BROTLI_QUALITY),
            "gzip": gzip.compress(body, 6, mtime=0),
        },
        digest=hashlib.sha256(body).hexdigest()[:32],
    )


def public_pages(get_response: Handler) -> Handler:
    """Answer from memory, before sessions, accounts and templates are touched."""

    def middleware(request: HttpRequest) -> HttpResponse:
        key = key_of(request)
        if key is None:
            return get_response(request)
        page = SHELF.get(key)
        if page is not None:
            mark = public_mark()
            if mark == page.mark:
                request.get_host()  # a host that is not ours is refused here as everywhere
                return page.answer(request)
            request.public_mark = mark
        request.may_be_kept = True
        response = get_response(request)
        mark = getattr(request, "public_mark", None)
        if mark is None or not may_be_kept(request, response):
            return response
        page = kept_page(response, mark)
        SHELF.put(key, page)
        return page.answer(request)

    return middleware
