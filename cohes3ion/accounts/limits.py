"""How often a minute one person may ask for what is expensive: searches, and work ordered or sent.

Counted like the requests of the API, in the database: over all processes of the site. Whoever is signed in is
counted as an account, anybody else by a fingerprint of the network address, forgotten within two hours.
"""

import logging
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Case, F, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from cohes3ion.accounts.models import RequestCount
from cohes3ion.lib.errors import typed_texts

log = logging.getLogger(__name__)
MINUTE = 60
KEPT_MINUTES = 60
SEARCHES, ORDERS = "searches", "orders"
# On SQLite one writes at a time: a count does not wait long for an import.
PATIENCE_MS = 200
View = Callable[..., HttpResponseBase]


def is_post(request: HttpRequest) -> bool:
    return request.method == "POST"


def always(_request: HttpRequest) -> bool:
    return True


def looks_for_something(request: HttpRequest) -> bool:
    return bool(request.GET.get("q", "").strip())


def limited(name: str, *, counts: Callable[[HttpRequest], bool] = is_post) -> Callable[[View], View]:
    """A view that somebody may ask only so often in a minute; `counts`: which requests are meant.

    Beyond that 429 says how long to wait, and what was typed stays.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            wait = seconds_to_wait(request, name) if counts(request) else 0
            return too_often(request, wait) if wait else view(request, *args, **kwargs)

        guarded.limit = name  # type: ignore[attr-defined]
        return guarded

    return decorate


def too_often(request: HttpRequest, wait: int) -> HttpResponse:
    again = "" if is_post(request) else request.get_full_path()
    context = {"seconds": wait, "again": again, "typed": typed_texts(request)}
    reply = render(request, "429.html", context, status=429)
    reply["Retry-After"] = str(wait)
    return reply


def seconds_to_wait(request: Any, name: str) -> int:
    """0: go on. Without a limit (0), without an address or without the table of counts everybody goes on."""
    most = {SEARCHES: settings.SEARCHES_PER_MINUTE, ORDERS: settings.ORDERS_PER_MINUTE}[name]
    who = name_of(request)
    if not most or not who:
        return 0
    now = time.time()
    try:
        with impatient():
            count = count_request(key=f"{name} {who}", minute=int(now // MINUTE))
    except DatabaseError:
        log.warning("%s could not be counted", name, exc_info=True)
        return 0
    return math.ceil(MINUTE - now % MINUTE) if count > most else 0


def name_of(request: Any) -> str:
    """As which a request is counted; empty where nobody can be told apart."""
    if request.user.is_authenticated:
        return f"account {request.user.pk}"
    address = address_of(request)
    return salted_hmac("limits", address, algorithm="sha256").hexdigest()[:32] if address else ""


def address_of(request: Any) -> str:
    """Of whoever asks: behind a proxy the one that the proxy itself names. A whole network of IPv6 is one."""
    text = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        text = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2]
    try:
        address = ip_address(text.strip())
    except ValueError:
        return ""
    if isinstance(address, IPv6Address) and not address.ipv4_mapped:
        return str(ip_network((address, 64), strict=False))
    return str(address)


def count_request(*, key: str, minute: int) -> int:
    """Count one more request; how many there were in this minute."""
    rows = RequestCount.objects.filter(pk=key)
    again = Case(When(minute=minute, then=F("count") + 1), default=Value(1))
    if not rows.update(count=again, minute=minute):
        try:
            with transaction.atomic():
                RequestCount.objects.create(pk=key, minute=minute)
        except IntegrityError:
            rows.update(count=again, minute=minute)
    return int(rows.values_list("count", flat=True).get())


def forget_counts() -> int:
    """Of minutes that are long over."""
    return RequestCount.objects.filter(minute__lt=time.time() // MINUTE - KEPT_MINUTES).delete()[0]


@contextmanager
def impatient() -> Iterator[None]:
    """PostgreSQL lets others write meanwhile."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before}")
