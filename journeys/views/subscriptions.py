"""The links in mails: one confirms a subscription, the other ends it. Opening them changes nothing."""

import hashlib

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from cohes3ion.lib.decorators import allow, writes
from journeys.models import Subscriber
from journeys.selectors.subscriptions import asking, stopping
from journeys.services import subscriptions as services

MOST, SECONDS = 60, 60  # uses of one link


def page(request: HttpRequest, name: str, *, status: int = 200, **context: object) -> HttpResponse:
    """Of one person: kept by no cache, found by no search."""
    reply = render(request, f"journeys/{name}.html", context, status=status)
    patch_cache_control(reply, no_store=True, private=True)
    reply["X-Robots-Tag"] = "noindex, nofollow"
    return reply


def closed(request: HttpRequest) -> HttpResponse:
    """Altered, too old, replaced, deleted: one and the same page."""
    return page(request, "subscription_closed", status=404)


def newsletter_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A mail scanner opens it too: only the button confirms."""
    subscriber = asking(token)
    if subscriber is None:
        return closed(request)
    return page(request, "subscription_confirm", subscriber=subscriber, token=token)


@writes("journeys.subscribe")
def newsletter_confirmed(request: HttpRequest, token: str) -> HttpResponse:
    allow(request, "journeys.subscribe")
    subscriber = asking(token)
    if subscriber is None:
        return closed(request)
    services.confirm(subscriber=subscriber)
    messages.success(request, _("Confirmed: the next newsletter comes to you."))
    return redirect("journeys:newsletter_list")


@csrf_exempt
def newsletter_stop(request: HttpRequest, token: str) -> HttpResponse:
    """The address in the header of every newsletter: a mail program sends one POST (RFC 8058), without a
    session; a person who opens it sees a page with a button."""
    subscriber = stopping(token)
    if subscriber is None:
        return closed(request)
    if request.method == "POST":
        return newsletter_stopped(request, subscriber, token)
    return page(request, "subscription_stop", subscriber=subscriber, token=token)


@writes("journeys.subscribe")
def newsletter_stopped(request: HttpRequest, subscriber: Subscriber, token: str) -> HttpResponse:
    allow(request, "journeys.subscribe")
    if used_too_often(token):
        reply = page(
            request, "subscription_stop", status=429, subscriber=subscriber, token=token, is_crowded=True
        )
        reply["Retry-After"] = str(SECONDS)
        return reply
    services.stop(subscriber=subscriber)
    return page(request, "subscription_stop", subscriber=stopping(token), token=token)


@csrf_exempt
@writes("journeys.subscribe")
def newsletter_forget(request: HttpRequest, token: str) -> HttpResponse:
    """The address and every mail to it; twice is once."""
    allow(request, "journeys.subscribe")
    subscriber = stopping(token)
    if subscriber is None:
        return closed(request)
    services.forget(subscriber=subscriber)
    return page(request, "subscription_stop", subscriber=None, token=token)


def used_too_often(token: str) -> bool:
    """Counted by link and process; nobody's network address is kept."""
    key = f"newsletter-stop-{hashlib.sha256(token.encode()).hexdigest()}"
    cache.add(key, 0, SECONDS)
    return int(cache.incr(key)) > MOST
