"""Removed rows: undone with one button, and said so to whoever still writes in one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.scripts import is_script
from mapping.models import RemovedRecord
from mapping.selectors.removed import (
    find_removed,
    permission_of,
    place_of,
    removed_context,
    removed_instead,
)
from mapping.services.records import MapClosed
from mapping.services.removals import BackAlready, NotRestorable, TooLongAgo, restore_record


def undo(*, kind: str, pk: int, request: HttpRequest) -> str:
    """The address of the button that stands in the message about a removal (components/_messages.html)."""
    removed = removed_instead(kind=kind, pk=pk, user=request.user)
    return reverse("mapping:record_restore", args=[removed.pk]) if removed else ""


@login_required
@writes("mapping.change_matrix")
def record_restore(request: HttpRequest, pk: int) -> HttpResponse:
    removed = find_removed(pk=pk, user=request.user)
    if removed is None:
        raise Http404
    allow(request, permission_of(removed), removed)
    try:
        restore_record(removed=removed, by=request.user)
        messages.success(request, _("“%(name)s” is back as it was.") % {"name": removed.name})
    except MapClosed:
        messages.warning(request, _("The map is closed. Reopen the map first."))
    except BackAlready:
        back_already(request, removed)
    except TooLongAgo:
        messages.warning(request, _("It cannot come back: what was removed is kept for 30 days."))
    except NotRestorable:
        messages.warning(request, _("It cannot come back: what it belonged to is gone."))
    return redirect(place_of(removed))


def back_already(request: HttpRequest, removed: RemovedRecord) -> None:
    """A second press: it is there again, or it was removed once more since, which can be undone as well."""
    again = removed_instead(kind=removed.kind, pk=removed.record_id, user=request.user)
    if again is None:
        messages.info(request, _("“%(name)s” is back already. Nothing was changed.") % {"name": removed.name})
        return
    sentence = _("“%(name)s” was brought back, and removed again since.") % {"name": again.name}
    messages.warning(request, sentence, extra_tags=reverse("mapping:record_restore", args=[again.pk]))


def gone_reply(request: HttpRequest, *, kind: str, pk: int) -> HttpResponse:
    """409 with what was typed, when the row was removed; otherwise there never was one (404)."""
    context = removed_context(kind=kind, pk=pk, sent=request.POST.dict(), user=request.user)
    if context is None:
        raise Http404
    name = "mapping/_removed.html" if is_script(request) else "mapping/record_removed.html"
    return render(request, name, context, status=409)
