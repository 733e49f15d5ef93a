"""The state of an event: announced, cancelled, changes told."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohes3ion.lib.decorators import writes
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from journeys.forms.events import CancelForm
from journeys.services import events as services
from journeys.services.event_care import tell_changes
from journeys.views.event_desk import not_done, written_event


@login_required
@writes("journeys.write_event")
def event_announce(request: HttpRequest, pk: int) -> HttpResponse:
    event = written_event(request, pk)
    try:
        version = parse_version(request.POST.get("version"))
        services.announce(event=event, expected=version, by=request.user)
        messages.success(request, _("Announced. It is in the list and in calendars now."))
    except VersionMissing:
        return not_done(request, event, status=428, no_version=True)
    except (StaleVersion, services.NotADraft):
        messages.warning(request, _("Somebody else changed the state meanwhile. This is how it stands now."))
    return redirect("journeys:event_edit", pk=pk)


@login_required
@writes("journeys.write_event")
def event_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    event = written_event(request, pk)
    form = CancelForm(request.POST, auto_id="cancel-%s")
    if not form.is_valid():
        return not_done(request, event, status=422, form=form, cancel=form)
    try:
        version = parse_version(request.POST.get("version"))
        reason = form.cleaned_data["reason"]
        _event, told = services.cancel(event=event, reason=reason, expected=version, by=request.user)
    except VersionMissing:
        return not_done(request, event, status=428, cancel=form, no_version=True)
    except (StaleVersion, services.NotADraft):
        messages.warning(request, _("Somebody else changed the state meanwhile. This is how it stands now."))
        return redirect("journeys:event_edit", pk=pk)
    sentence = ngettext(
        "Cancelled. %(n)d person is written to.", "Cancelled. %(n)d people are written to.", told
    )
    messages.success(request, sentence % {"n": told})
    return redirect("journeys:event_edit", pk=pk)


@login_required
@writes("journeys.write_event")
def event_tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not wait until the scheduler tells of the change. Twice is once."""
    told = tell_changes(event=written_event(request, pk))
    sentence = ngettext("%(n)d person is written to.", "%(n)d people are written to.", told)
    messages.success(request, sentence % {"n": told})
    return redirect("journeys:event_edit", pk=pk)
