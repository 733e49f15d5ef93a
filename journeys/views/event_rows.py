"""The programme and the materials of an event, as organisers write them."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.accounts.limits import ORDERS, limited
from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.file_kinds import size_over_limit
from cohes3ion.lib.uploads import larger_upload
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from journeys.forms.materials import MATERIAL_FORMS, MaterialLinkForm
from journeys.models import AgendaItem
from journeys.selectors.event_desk import find_material, find_point
from journeys.services import events as services
from journeys.services.rows import move_row, remove_row
from journeys.views.event_desk import new_point, not_done, place_of, written_event
from journeys.views.rows import moved, save_row


def written_point(request: HttpRequest, pk: int) -> AgendaItem:
    point = find_point(pk=pk, user=request.user)
    if point is None:
        raise Http404
    allow(request, "journeys.write_event", point.event)
    return point


def back(pk: int, part: str) -> HttpResponse:
    return redirect(f"{reverse('journeys:event_edit', args=[pk])}#{part}")


@login_required
@writes("journeys.write_event")
@once
def event_point_add(request: HttpRequest, pk: int) -> HttpResponse:
    event = written_event(request, pk)
    form = new_point(event, request.POST)
    if form.is_valid():
        try:
            services.add_point(event=event, values=form.cleaned_data, by=request.user)
            messages.success(request, _("Added."))
            return back(pk, "programme")
        except services.TooMany:
            form.add_error(None, _("A programme has room for 100 points. Remove one first."))
    return not_done(request, event, status=422, form=form, new_point=form)


@login_required
@writes("journeys.write_event")
def event_point_save(request: HttpRequest, pk: int) -> HttpResponse:
    point = written_point(request, pk)
    return save_row(request, place_of(request, point, point.event))


@login_required
@writes("journeys.write_event")
def event_point_move(request: HttpRequest, pk: int) -> HttpResponse:
    point = written_point(request, pk)
    here = f"{reverse('journeys:event_edit', args=[point.event_id])}#point-{point.pk}"
    return moved(request, here, partial(move_row, row=point, within="event"))


@login_required
@writes("journeys.write_event")
def event_point_remove(request: HttpRequest, pk: int) -> HttpResponse:
    point = written_point(request, pk)
    try:
        version = parse_version(request.POST.get("version"))
        remove_row(row=point, expected=version, by=request.user)
        messages.success(request, _("Removed."))
    except VersionMissing:
        return not_done(request, point.event, status=428, no_version=True)
    except StaleVersion:
        messages.warning(request, _("Somebody else changed this point meanwhile, so it was not removed."))
    return back(point.event_id, "programme")


@login_required
@writes("journeys.write_event")
@limited(ORDERS)
@once
def event_material_add(request: HttpRequest, pk: int) -> HttpResponse:
    event = written_event(request, pk)
    too_large = larger_upload(request)
    form = material_form(request, too_large)
    status = 413 if too_large else 422
    if form.is_valid():
        try:
            services.add_material(event=event, values=form.values(), by=request.user)
            messages.success(request, _("The document was added."))
            return back(pk, "materials")
        except services.TooMany:
            form.add_error(None, _("An event has room for 50 documents. Remove one first."))
    elif "file" in form.fields and form.has_error("file", "scanner_away"):
        status = 503
    return not_done(request, event, status=status, form=form, refused_material=form)


def material_form(request: HttpRequest, too_large: int | None) -> Any:
    kind = request.POST.get("kind", "")
    form = MATERIAL_FORMS.get(kind, MaterialLinkForm)(request.POST, request.FILES, auto_id=f"{kind}-%s")
    if too_large and "file" in form.fields:
        form.fields["file"].required = False  # it came, but nothing of it was kept
        form.add_error("file", size_over_limit(too_large))
    return form


@login_required
@writes("journeys.write_event")
def event_material_remove(request: HttpRequest, pk: int) -> HttpResponse:
    material = find_material(pk=pk, user=request.user)
    if material is None:
        raise Http404
    allow(request, "journeys.write_event", material.event)
    services.remove_material(material=material)
    messages.success(request, _("The document was removed."))
    return back(material.event_id, "materials")
