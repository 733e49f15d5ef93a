"""What a region concludes: strengths, areas of improvement, needed levels, conclusions."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.row_forms import Choices, RowForm
from cohes3ion.lib.row_pages import Place
from cohes3ion.lib.scripts import is_script
from governance.forms.synthesis import AreaForm, ConclusionsForm, StrengthForm, TargetForm
from governance.selectors import synthesis as selectors
from governance.selectors.presence import Room, people_here
from governance.services import synthesis as services
from governance.views.two_values import Talked, save_talked
from mapping.models import RegionMap, TerritorialUnit
from mapping.selectors.removed import removed_context

PAGE = "governance/synthesis_detail.html"
FORMS: dict[str, type[RowForm]] = {
    "strength": StrengthForm,
    "area": AreaForm,
    "target": TargetForm,
    "conclusions": ConclusionsForm,
}


@dataclass(frozen=True, kw_only=True)
class Part(Place):
    """A row of the synthesis: what kind it is, and how its address names it."""

    region_map: RegionMap
    kind: str
    name: str


def reached_map(request: HttpRequest, pk: int) -> RegionMap:
    """The map on the partners' side, or 404."""
    region_map = selectors.reached_map(pk=pk, user=request.user)
    if region_map is None:
        raise Http404
    return region_map


def found_part(request: HttpRequest, region_map: RegionMap, kind: str, name: str) -> Part:
    row: Any = None
    if kind in services.ITEMS and name.isascii() and name.isdigit() and len(name) < 10:
        row = selectors.find_item(model=services.ITEMS[kind].model, pk=int(name), region_map=region_map)
    elif kind == "target":
        row = selectors.target_of(region_map=region_map, dimension=name)
    elif (kind, name) == ("conclusions", "map"):
        row = region_map
    if row is None:
        raise Http404
    units = TerritorialUnit.objects.filter(region_map=region_map) if kind in services.ITEMS else []
    return part_of(request, region_map, kind, name, row=row, units=units)


def part_of(
    request: HttpRequest, region_map: RegionMap, kind: str, name: str, *, row: Any, units: Any
) -> Part:
    """`units`: those of the map, which an item may be about."""
    key = f"{kind}-{name}"
    page = reverse("governance:synthesis_detail", args=[region_map.pk])
    return Part(
        row=row,
        form_class=FORMS[kind],
        key=key,
        action=reverse("governance:synthesis_save", args=[region_map.pk, kind, name]),
        back=f"{page}?open={key}#{key}",
        page=lambda item: (PAGE, page_context(request, region_map, item)),
        choices=_unit_choices(units),
        is_discussed=True,
        history=reverse("governance:synthesis_history", args=[region_map.pk, kind, name]),
        region_map=region_map,
        kind=kind,
        name=name,
    )


def _unit_choices(units: Any) -> Choices:
    return {"units": [(unit.pk, unit.name) for unit in units]}


def page_context(request: HttpRequest, region_map: RegionMap, refused: dict[str, Any]) -> dict[str, Any]:
    """The page; `refused` is the form that could not be saved, with why, and stands in its place."""
    page = selectors.synthesis_page(region_map=region_map, user=request.user)
    problem_at = refused["place"].key if refused else ""

    def shown(kind: str, row: Any, name: Any) -> dict[str, Any]:
        part = part_of(request, region_map, kind, str(name), row=row, units=page.units)
        return refused if part.key == problem_at else part.shown()

    return {
        "page": page,
        "here": people_here(room=Room(map_id=region_map.pk), place="synthesis", user=request.user),
        "strengths": [shown("strength", row, row.pk) for row in page.strengths],
        "areas": [shown("area", row, row.pk) for row in page.areas],
        "lines": [(line, shown("target", line.target, line.code)) for line in page.lines],
        "conclusions": shown("conclusions", region_map, "map"),
        "refused": refused,
        "open": request.GET.get("open", ""),
        "new_strength": StrengthForm(key="new-strength", choices=_unit_choices(page.units)),
        "new_area": AreaForm(key="new-area", choices=_unit_choices(page.units)),
    }


@login_required
def synthesis_detail(request: HttpRequest, pk: int) -> HttpResponse:
    region_map = reached_map(request, pk)
    allow(request, "governance.change_synthesis", region_map)
    return render(request, PAGE, page_context(request, region_map, {}))


@login_required
@writes("governance.change_synthesis")
def synthesis_save(request: HttpRequest, pk: int, kind: str, name: str) -> HttpResponse:
    """Save the fields that were sent; one that is stale or not accepted never keeps the others back."""
    gone = _gone_item(request, kind, name)
    if gone is not None:
        return gone
    place = found_part(request, reached_map(request, pk), kind, name)
    needed = "governance.change_target" if kind == "target" else "governance.change_synthesis"
    allow(request, needed, place.region_map)
    return save_talked(request, place, _talked(place))


def _talked(place: Part) -> Talked:
    return Talked(
        subject=place.region_map,
        save=partial(services.save_parts, kind=place.kind, region_map=place.region_map),
        keep_both=partial(services.keep_both, kind=place.kind),
        end_talk=partial(services.end_talk, kind=place.kind),
    )


def _gone_item(request: HttpRequest, kind: str, name: str) -> HttpResponse | None:
    """409 with what was typed, when the item was removed by somebody."""
    if kind not in services.ITEMS or not name.isascii() or not name.isdigit() or len(name) > 9:
        return None
    context = removed_context(kind=kind, pk=int(name), sent=request.POST.dict(), user=request.user)
    page = "mapping/_removed.html" if is_script(request) else "mapping/record_removed.html"
    return render(request, page, context, status=409) if context else None
