"""Who takes part in an event: for its organisers only."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.tables import csv_text, xlsx_bytes
from cohes3ion.lib.versions import VersionMissing, parse_version
from journeys.models import Event, Registration
from journeys.selectors.event_people import find_person, people, people_columns, people_rows
from journeys.services.registrations import ChangedMeanwhile, NotHeld, forget, note_attendance
from journeys.views.event_desk import written_event

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ATTENDED = {"yes": True, "no": False, "": None}


def people_page(request: HttpRequest, event: Event, *, status: int = 200, **why: Any) -> HttpResponse:
    shown = people(event=event, page=request.GET.get("page"))
    words = {value: word for word, value in ATTENDED.items()}
    rows = [(row, words[row.has_attended]) for row in shown.page]
    context = {"page": shown, "rows": rows, **why}
    return render(request, "journeys/event_people.html", context, status=status)


@login_required
def event_people(request: HttpRequest, pk: int) -> HttpResponse:
    return people_page(request, written_event(request, pk))


@login_required
@writes("journeys.write_event")
def event_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody on the page whose mark was changed; one that is stale never keeps the others back."""
    event = written_event(request, pk)
    stale = []
    try:
        for row in event.registrations.all():
            typed = request.POST.get(f"attended_{row.pk}")
            if typed in ATTENDED and typed != request.POST.get(f"was_{row.pk}"):
                stale += _noted(row, ATTENDED[typed], request.POST.get(f"version_{row.pk}"))
    except NotHeld:
        return people_page(request, event, status=409, not_held=True)
    except VersionMissing:
        return people_page(request, event, status=428, no_version=True)
    if stale:
        return people_page(request, event, status=409, stale=stale)
    messages.success(request, _("Saved."))
    page = request.GET.get("page", "")
    return redirect(reverse("journeys:event_people", args=[pk]) + (f"?page={page}" if page.isdigit() else ""))


def _noted(row: Registration, attended: bool | None, version: str | None) -> list[Registration]:
    """The row itself when somebody else wrote it meanwhile."""
    try:
        note_attendance(registration=row, attended=attended, expected=parse_version(version))
    except ChangedMeanwhile:
        return [row]
    return []


@login_required
def event_people_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    event = written_event(request, pk)
    columns, rows = people_columns(), people_rows(event=event)
    if form == "csv":
        reply = HttpResponse(csv_text([columns, *rows]), content_type="text/csv; charset=utf-8")
    elif form == "xlsx":
        reply = HttpResponse(xlsx_bytes([(_("Participants"), columns, rows)]), content_type=XLSX)
    else:
        raise Http404
    reply["Content-Disposition"] = f'attachment; filename="participants-{event.pk}.{form}"'
    return reply


@login_required
@writes("journeys.write_event")
def event_person_forget(request: HttpRequest, pk: int) -> HttpResponse:
    """When somebody asks the organisers instead of using the link."""
    registration = find_person(pk=pk, user=request.user)
    if registration is None:
        raise Http404
    event = registration.event
    allow(request, "journeys.write_event", event)
    forget(registration=registration)
    messages.success(request, _("All that was stored about this person for the event is deleted."))
    return redirect("journeys:event_people", pk=event.pk)
