"""Adding a row: only what must be known is asked; the rest unfolds on the row's own page."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from mapping.forms.records import RecordForm
from mapping.models import RegionMap, TerritorialUnit
from mapping.selectors.fields import Choices, field_choices
from mapping.selectors.kinds import KINDS, RecordField, RecordKind
from mapping.selectors.matrix import addable_units
from mapping.selectors.records import is_open, reachable_maps
from mapping.services.additions import add_typed
from mapping.services.records import MapClosed

PLACES = ("unit", "kind")


def visible_map(request: HttpRequest, pk: int) -> RegionMap:
    """The map on the partners' side, or 404."""
    maps = reachable_maps(user=request.user).select_related("region", "exercise__project")
    region_map = maps.filter(pk=pk).first()
    if region_map is None:
        raise Http404
    return region_map


def known_kind(name: str) -> RecordKind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def asked_fields(kind: RecordKind) -> list[RecordField]:
    """What a new row needs: what is asked first, and where it stands."""
    return [field for field in kind.fields if field.first or field.name in PLACES]


def units_to_choose(request: HttpRequest, kind: RecordKind, region_map: RegionMap) -> list[TerritorialUnit]:
    """Units the person may add this kind of row to; 403 when there is none to be had."""
    if not kind.of_unit:
        allow(request, "mapping.change_whole_matrix", region_map)
        return []
    units = addable_units(region_map=region_map, user=request.user)
    if not units and not request.user.has_perm("mapping.change_whole_matrix", region_map):
        raise PermissionDenied("mapping.change_matrix")
    return units


def offered(kind: RecordKind, region_map: RegionMap, units: list[TerritorialUnit]) -> Choices:
    choices = field_choices(region_map=region_map, fields=asked_fields(kind))
    if kind.of_unit:
        choices.links["unit"] = [(str(unit.pk), unit.name) for unit in units]
    return choices


def add_context(kind: RecordKind, region_map: RegionMap, form: RecordForm, **more: Any) -> dict[str, Any]:
    first = [form[field.name] for field in form.specs if field.first]
    places = [form[field.name] for field in form.specs if not field.first]
    spec = {field.name: field for field in form.specs}
    preset = [dict(place.field.choices).get(place.value() or "") for place in places]
    return {
        "kind": kind,
        "region_map": region_map,
        "form": form,
        "first": [(bound, spec[bound.name]) for bound in first],
        "places": places,
        "preset": preset if all(place.value() for place in places) else [],
        "is_open": is_open(region_map),
        **more,
    }


@login_required
def record_add(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    region_map, known = visible_map(request, pk), known_kind(kind)
    choices = offered(known, region_map, units_to_choose(request, known, region_map))
    form = RecordForm(kind=known, fields=asked_fields(known), region_map=region_map, choices=choices)
    form.initial = {name: request.GET[name] for name in form.fields if name in request.GET}
    form.initial |= {name: [form.initial[name]] for name in ("units", "parents") if name in form.initial}
    return render(request, "mapping/record_add.html", add_context(known, region_map, form))


@login_required
@writes("mapping.change_matrix")
@once
def record_create(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    region_map, known = visible_map(request, pk), known_kind(kind)
    units_to_choose(request, known, region_map)
    form = RecordForm(request.POST, kind=known, fields=asked_fields(known), region_map=region_map)
    if not form.is_valid():
        return render(request, "mapping/record_add.html", add_context(known, region_map, form), status=422)
    if known.of_unit:
        unit = TerritorialUnit.objects.select_related("region_map__exercise__project")
        allow(request, "mapping.change_matrix", unit.get(pk=form.cleaned_data["unit"]))
    try:
        changes = [form.change(field) for field in form.specs]
        row = add_typed(kind=known, region_map=region_map, changes=changes, by=request.user)
    except MapClosed:
        context = add_context(known, region_map, form, closed=True)
        return render(request, "mapping/record_add.html", context, status=409)
    messages.success(request, _("Added. Tell more about it below, or go back to the matrix."))
    return redirect("mapping:record_edit", kind=known.name, pk=row.pk)
