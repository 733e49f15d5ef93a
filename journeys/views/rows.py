"""How every row of the exchange is saved and put in order from a page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cohes3ion.lib import row_pages
from cohes3ion.lib.ordered import OrderChanged
from cohes3ion.lib.row_pages import Place, settled
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from journeys.services.rows import save_changes

__all__ = ["Place", "moved", "released", "removed", "save_row", "settled"]


def save_row(request: HttpRequest, place: Place) -> HttpResponse:
    """Field by field, each with its history; what a script or a browser gets back."""
    return row_pages.save_row(request, place, save=save_changes)


def removed(
    request: HttpRequest,
    remove: Callable[..., None],
    *,
    back: str,
    after: str,
    said: str,
    is_sure: bool = False,
) -> HttpResponse:
    """Remove by `remove` (expected, by); without a tick on "I am sure", which `is_sure` asks for, it stays.

    So does what somebody changed since the page was shown.
    """
    if is_sure and request.POST.get("sure") != "yes":
        messages.warning(request, _("Not removed. Tick that you are sure, then remove it."))
        return redirect(back)
    try:
        remove(expected=parse_version(request.POST.get("version")), by=request.user)
    except (StaleVersion, VersionMissing):
        messages.warning(request, _("Not removed: somebody changed it meanwhile. Look at it again."))
        return redirect(back)
    return settled(request, after, said)


def released(
    request: HttpRequest, back: str, publish: Callable[..., Any], *, shown: str, hidden: str
) -> HttpResponse:
    """For everybody or for partners only, by `publish` (public, expected, by), and what is said of it."""
    public = request.POST.get("public") == "yes"
    try:
        publish(public=public, expected=parse_version(request.POST.get("version")), by=request.user)
    except (StaleVersion, VersionMissing):
        messages.warning(request, _("Somebody changed this meanwhile. Look at it again."))
        return redirect(back)
    return settled(request, back, shown if public else hidden)


def moved(request: HttpRequest, back: str, move: Callable[..., bool]) -> HttpResponse:
    """One place up or down by `move` (up, seen, by); an order that was not seen is not changed."""
    up = request.POST.get("direction") == "up"
    try:
        done = move(up=up, seen=parse_version(request.POST.get("version")), by=request.user)
    except (OrderChanged, VersionMissing):
        messages.warning(request, _("The order changed meanwhile, so nothing was moved. Look at it again."))
        return redirect(back)
    return settled(request, back, _("Moved.") if done else _("It stands at the end of the list already."))
