"""What a region concludes: strengths, areas of improvement, needed levels, conclusions."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.row_forms import Choices, RowForm
from cohes3ion.lib.row_pages import Place, outcome, refused, settled
from cohes3ion.lib.scripts import is_script
from cohes3ion.lib.versions import VersionMissing
from governance.forms.synthesis import AreaForm, ConclusionsForm, StrengthForm, TargetForm
from governance.selectors import synthesis as selectors
from governance.selectors.presence import Room, people_here
from governance.services import synthesis as services
from mapping.models import RegionMap, TerritorialUnit
from mapping.selectors.removed import removed_context
from mapping.services.records import MapClosed

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
    form = place.form(request.POST)
    sentence = _without_writing(request, place, form)
    if sentence:
        return settled(request, place.back, sentence)
    form.is_valid()
    try:
        row, stale = _write(request, place, form)
    except VersionMissing:
        return refused(request, place, form, status=428, no_version=True)
    except MapClosed:
        return refused(request, place, form, status=409, closed=True)
    said = _words_of_saving(request, place, form)
    return outcome(request, place, form, row=row, stale=stale, sentence=said)


def _write(request: HttpRequest, place: Part, form: RowForm) -> tuple[Any, Any]:
    """Save what was sent; two values may both be kept, and are talked about. Raises as save_parts."""
    changes, field = form.changes(), request.POST.get("field", "")
    if _is_both(request) and changes:
        allow(request, "governance.discuss", place.region_map)
        mine = FORMS[place.kind](request.POST, row=place.row, choices=form.choices)
        told = {
            "theirs": form.spoken(field, form.stored_text(place.row, field)),
            "mine": form.spoken(field, mine.typed(field)),
        }
        return services.keep_both(
            kind=place.kind,
            row=place.row,
            change=changes[0],
            told=told,
            is_joined=field in form.joinable,
            by=request.user,
        )
    row, stale = services.save_parts(
        row=place.row, region_map=place.region_map, changes=changes, by=request.user
    )
    if changes and not stale and request.POST.get("choice") == "mine":
        _end_talk(request, place)
    return row, stale


def _without_writing(request: HttpRequest, place: Part, form: RowForm) -> str:
    """What is said of a choice that changes no field: for the other answer, or one that came without mine."""
    choice, field = request.POST.get("choice"), request.POST.get("field", "")
    if choice == "theirs":
        _end_talk(request, place)
        return _("The other text stands. Yours was not saved.")
    is_there = field in form.fields and field in request.POST
    if choice in ("mine", "both") and not is_there:
        return _("Your own answer is missing. Load the page again.")
    return ""


def _is_both(request: HttpRequest) -> bool:
    return request.POST.get("choice") == "both"


def _end_talk(request: HttpRequest, place: Part) -> None:
    field = request.POST.get("field", "")
    if field in FORMS[place.kind].base_fields:
        services.end_talk(kind=place.kind, row=place.row, field=field, by=request.user)


def _gone_item(request: HttpRequest, kind: str, name: str) -> HttpResponse | None:
    """409 with what was typed, when the item was removed by somebody."""
    if kind not in services.ITEMS or not name.isascii() or not name.isdigit() or len(name) > 9:
        return None
    context = removed_context(kind=kind, pk=int(name), sent=request.POST.dict(), user=request.user)
    page = "mapping/_removed.html" if is_script(request) else "mapping/record_removed.html"
    return render(request, page, context, status=409) if context else None


def _words_of_saving(request: HttpRequest, place: Part, form: RowForm) -> str:
    if not _is_both(request):
        return _("Saved.")
    if request.POST.get("field") in form.joinable:
        return _("Both texts stand now, one below the other. Talk about them in the discussion.")
    return _("The other answer stands for now. Yours is kept beside it in the discussion.")
