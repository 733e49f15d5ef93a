"""Rows pasted from a spreadsheet: the text, what it would add, and the saving of all of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohes3ion.lib.decorators import writes
from mapping.forms.paste import PasteForm
from mapping.models import RegionMap, TerritorialUnit
from mapping.selectors.kinds import KINDS
from mapping.services.paste import PasteReader, PasteRefused, save_paste
from mapping.services.records import MapClosed
from mapping.views.additions import units_to_choose, visible_map

Place = tuple[RegionMap, list[TerritorialUnit]]


def place_of(request: HttpRequest, pk: int) -> Place:
    """The map and the units one may add to: 404 first, then 403."""
    region_map = visible_map(request, pk)
    return region_map, units_to_choose(request, KINDS["capability"], region_map)


def preview(
    request: HttpRequest, place: Place, form: PasteForm, status: int = 200, **more: Any
) -> HttpResponse:
    region_map, units = place
    rows = []
    if form.is_valid():
        rows = PasteReader(region_map=region_map, units=units).read(form.cleaned_data["text"])
        if not rows:
            form.add_error("text", _("There are only names of columns. Paste at least one row."))
    status = 422 if form.errors else status
    wrong = sum(bool(row.problems) for row in rows)
    context = {"region_map": region_map, "units": units, "form": form, "rows": rows, "wrong": wrong}
    return render(request, "mapping/paste_preview.html", context | more, status=status)


@login_required
def paste_start(request: HttpRequest, pk: int) -> HttpResponse:
    region_map, units = place_of(request, pk)
    context = {"region_map": region_map, "units": units, "form": PasteForm()}
    return render(request, "mapping/paste_preview.html", context)


@login_required
@writes("mapping.change_matrix")
def paste_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows what would be added; writes nothing."""
    place = place_of(request, pk)
    form = PasteForm(request.POST)
    return preview(request, place, form)


@login_required
@writes("mapping.change_matrix")
def paste_save(request: HttpRequest, pk: int) -> HttpResponse:
    place = place_of(request, pk)
    form = PasteForm(request.POST)
    if not form.is_valid():
        return preview(request, place, form, status=422)
    try:
        text = form.cleaned_data["text"]
        rows = save_paste(region_map=place[0], units=place[1], text=text, by=request.user)
    except PasteRefused:
        return preview(request, place, form, status=422)
    except MapClosed:
        return preview(request, place, form, status=409, closed=True)
    done = ngettext("%(n)d row was added.", "%(n)d rows were added.", len(rows)) % {"n": len(rows)}
    messages.success(request, done)
    return redirect("governance:matrix_detail", pk=pk)
