"""Organising events: the desk, making one, writing its fields and times, announcing and cancelling it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.row_forms import Choices
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from journeys.forms.event_times import NewEventForm, TimesForm, shown_times
from journeys.forms.events import CancelForm, DayPointForm, EventForm, PointForm
from journeys.forms.materials import MATERIAL_FORMS
from journeys.models import AgendaItem, Event
from journeys.selectors.event_desk import (
    desk,
    event_at_work,
    place_rows,
    places_to_organise,
    seen_event,
)
from journeys.selectors.event_times import days_in_words
from journeys.services import events as services
from journeys.services.event_care import untold
from journeys.services.registrations import fill_places
from journeys.views.rows import Place, save_row

TEMPLATE = "journeys/event_edit.html"


def written_event(request: HttpRequest, pk: int) -> Event:
    """Unseen is 404; seen, but not theirs to organise, 403."""
    event = seen_event(pk=pk, user=request.user)
    if event is None:
        raise Http404
    allow(request, "journeys.write_event", event)
    return event


@login_required
def event_desk(request: HttpRequest) -> HttpResponse:
    if not places_to_organise(user=request.user):
        raise PermissionDenied("journeys.add_event")
    page = desk(user=request.user, page=request.GET.get("page"))
    return render(request, "journeys/event_desk.html", {"page": page})


@login_required
def event_new(request: HttpRequest) -> HttpResponse:
    places = places_to_organise(user=request.user)
    if not places:
        raise PermissionDenied("journeys.add_event")
    return render(request, "journeys/event_new.html", {"form": NewEventForm(places=places)})


@login_required
@writes("journeys.add_event")
@once
def event_create(request: HttpRequest) -> HttpResponse:
    places = places_to_organise(user=request.user)
    if not places:
        raise PermissionDenied("journeys.add_event")
    form = NewEventForm(request.POST, places=places)
    if not form.is_valid():
        return render(request, "journeys/event_new.html", {"form": form}, status=422)
    place = place_rows(form.cleaned_data["place"])
    allow(request, "journeys.add_event", place["region"] or place["project"])
    values = {**place, **form.moments(), **{name: form.cleaned_data[name] for name in form.copied}}
    event = services.create_event(values=values, by=request.user)
    messages.success(request, _("The draft is made. Only organisers see it until you announce it."))
    return redirect("journeys:event_edit", pk=event.pk)


def point_form(event: Event, *, day: int = 1) -> tuple[type[PointForm], Choices]:
    """What is typed about a point; which day only where there are several."""
    days = days_in_words(event=event, also=day)
    return (DayPointForm, {"day": days}) if len(days) > 1 else (PointForm, {})


def new_point(event: Event, data: Any = None) -> PointForm:
    form_class, choices = point_form(event)
    return form_class(data, key="new-point", choices=choices)


def place_of(request: HttpRequest, row: Any, event: Event) -> Place:
    """The event itself or a point of its programme, as journeys/views/rows.py saves it."""
    is_point = isinstance(row, AgendaItem)
    key = f"point-{row.pk}" if is_point else "event"
    name = "journeys:event_point_save" if is_point else "journeys:event_save"
    form_class, choices = point_form(event, day=row.day) if is_point else (EventForm, {})
    return Place(
        row=row,
        form_class=form_class,
        choices=choices,
        key=key,
        action=reverse(name, args=[row.pk]),
        back=f"{reverse('journeys:event_edit', args=[event.pk])}#{key}",
        page=lambda item: (TEMPLATE, edit_context(request, event, refused=item)),
    )


def edit_context(request: HttpRequest, event: Event, *, refused: Any = None, **more: Any) -> dict[str, Any]:
    """The page; `refused` is the row that could not be saved, with why, and stands in its place."""
    page = event_at_work(event=event)
    at = refused["place"].key if refused else ""

    def item(row: Any) -> dict[str, Any]:
        place = place_of(request, row, event)
        return refused if place.key == at else place.shown()

    return {
        "page": page,
        "fields": item(event),
        "points": [item(point) for point in page.points],
        "refused": refused,
        "times": TimesForm(initial=shown_times(event)),
        "times_version": event.version_of("starts_at"),
        "state_version": event.version_of("state"),
        "cancel": CancelForm(auto_id="cancel-%s"),
        "new_point": new_point(event),
        "material_forms": {kind: form(auto_id=f"{kind}-%s") for kind, form in MATERIAL_FORMS.items()},
        "is_untold": untold(event) and page.people > 0,
        **more,
    }


@login_required
def event_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, TEMPLATE, edit_context(request, written_event(request, pk)))


@login_required
@writes("journeys.write_event")
def event_save(request: HttpRequest, pk: int) -> HttpResponse:
    event = written_event(request, pk)
    reply = save_row(request, place_of(request, event, event))
    if "capacity" in request.POST:
        fill_places(event=event)
    return reply


def not_done(
    request: HttpRequest, event: Event, *, status: int, form: Any = None, **more: Any
) -> HttpResponse:
    """The page with what was typed; its own forms are written anew from what stands there now."""
    context = edit_context(request, event, form=form, **more)
    return render(request, TEMPLATE, context, status=status)


@login_required
@writes("journeys.write_event")
def event_times(request: HttpRequest, pk: int) -> HttpResponse:
    event = written_event(request, pk)
    form = TimesForm(request.POST, initial=shown_times(event))
    sent = request.POST.get("version")
    if not form.is_valid():
        return not_done(request, event, status=422, form=form, times=form, times_version=sent)
    try:
        services.set_times(event=event, values=form.moments(), expected=parse_version(sent), by=request.user)
    except VersionMissing:
        return not_done(request, event, status=428, times=form, no_version=True)
    except StaleVersion as refusal:
        event = refusal.row  # type: ignore[assignment]
        return not_done(request, event, status=409, times=form, times_changed=True)
    messages.success(request, _("Saved."))
    return redirect(f"{reverse('journeys:event_edit', args=[pk])}#times")
