"""Rows pasted from a spreadsheet: the text, what it would add, and the saving of all of it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.accounts.limits import ORDERS, limited
from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import writes
from mapping.forms.paste import PasteForm
from mapping.models import RegionMap, TerritorialUnit
from mapping.selectors.kinds import KINDS
from mapping.selectors.merging import batches_of
from mapping.services.paste import READERS, save_paste
from mapping.services.paste_tables import PasteRefused, right_and_broken
from mapping.services.records import MapClosed
from mapping.views.additions import units_to_choose, visible_map


@dataclass(frozen=True, kw_only=True)
class Place:
    """The kind of rows, the map, and the units one may add to."""

    kind: str
    region_map: RegionMap
    units: list[TerritorialUnit]
    tabs: list[dict[str, Any]]


def place_of(request: HttpRequest, pk: int) -> Place:
    """404 first, then 403."""
    region_map = visible_map(request, pk)
    kind = request.POST.get("kind") or request.GET.get("kind") or "capability"
    if kind not in READERS:
        raise Http404
    units = units_to_choose(request, KINDS[kind], region_map)
    whole = request.user.has_perm("mapping.change_whole_matrix", region_map)
    labels = {"capability": _("Capabilities"), "actor": _("Actors"), "tie": _("Ties between actors")}
    start = reverse("mapping:paste_start", args=[pk])
    tabs = [
        {"url": f"{start}?kind={name}", "label": label, "current": name == kind}
        for name, label in labels.items()
        if whole or KINDS[name].of_unit
    ]
    return Place(kind=kind, region_map=region_map, units=units, tabs=tabs)


def paste_page(
    request: HttpRequest, place: Place, form: PasteForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "region_map": place.region_map,
        "kind": place.kind,
        "units": place.units,
        "tabs": place.tabs,
        "form": form,
        "batches": batches_of(region_map=place.region_map),
    }
    return render(request, "mapping/paste_preview.html", context | more, status=status)


def preview(
    request: HttpRequest, place: Place, form: PasteForm, status: int = 200, **more: Any
) -> HttpResponse:
    rows, choices = [], []
    if form.is_valid():
        reader = READERS[place.kind](region_map=place.region_map, units=place.units, decisions=form.decisions)
        try:
            rows = reader.read(form.shown_text)
            choices = list(getattr(reader, "choices", {}).values())
            if not rows:
                form.add_error("text", _("There are only names of columns. Paste at least one row."))
        except PasteRefused as refused:
            form.add_error("text", str(refused))
    wrong = sum(row.is_wrong for row in rows)
    open_ones = sum(row.choice is not None and row.choice.is_open for row in rows)
    open_ones += sum(choice.is_open for choice in choices)
    more["broken"] = sum(row.is_broken for row in rows)
    more["noted"] = any(row.notes for row in rows)
    more |= {"rows": rows, "wrong": wrong, "choices": choices, "open_choices": open_ones}
    more["asked"] = any(row.choice is not None for row in rows)
    more["good"] = sum(not row.is_left_out for row in rows)
    more["right"] = more["good"] - more["broken"]
    return paste_page(request, place, form, 422 if form.errors else status, **more)


@login_required
def paste_start(request: HttpRequest, pk: int) -> HttpResponse:
    return paste_page(request, place_of(request, pk), PasteForm())


@login_required
@writes("mapping.change_matrix")
@limited(ORDERS)
def paste_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows what would be added; writes nothing."""
    place = place_of(request, pk)
    return preview(request, place, PasteForm(request.POST, request.FILES))


@login_required
@writes("mapping.change_matrix")
@limited(ORDERS)
@once
def paste_save(request: HttpRequest, pk: int) -> HttpResponse:
    place = place_of(request, pk)
    form = PasteForm(request.POST, request.FILES)
    if not form.is_valid():
        return preview(request, place, form, status=422)
    about = {"region_map": place.region_map, "units": place.units, "decisions": form.decisions}
    text, waiting = form.shown_text, ""
    try:
        if request.POST.get("without_broken"):
            text, waiting = right_and_broken(text, reader=READERS[place.kind](**about))
        batch = save_paste(kind=place.kind, text=text, by=request.user, **about)
    except PasteRefused:
        return preview(request, place, form, status=422)
    except MapClosed:
        return preview(request, place, form, status=409, closed=True)
    undo = reverse("mapping:batch_undo", args=[batch.pk])
    messages.success(request, _("Done: %(name)s.") % {"name": batch.name}, extra_tags=undo)
    if waiting:
        return preview(request, place, PasteForm({"text": waiting}))
    return redirect("governance:matrix_detail", pk=pk)
