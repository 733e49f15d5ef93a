"""What a region concludes: strengths, areas of improvement, needed levels, conclusions."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.row_forms import Choices, RowForm, one_kind_of_line_end
from cohes3ion.lib.scripts import is_script
from cohes3ion.lib.versions import VersionMissing
from governance.forms.synthesis import AreaForm, ConclusionsForm, StrengthForm, TargetForm
from governance.selectors import synthesis as selectors
from governance.selectors.presence import Room, people_here
from governance.services import synthesis as services
from governance.services.two_answers import one_below_the_other
from mapping.models import RegionMap, TerritorialUnit
from mapping.selectors.removed import removed_context
from mapping.services.records import MapClosed

FORMS: dict[str, type[RowForm]] = {
    "strength": StrengthForm,
    "area": AreaForm,
    "target": TargetForm,
    "conclusions": ConclusionsForm,
}


@dataclass(frozen=True, kw_only=True)
class Place:
    """The row a form is about: what kind it is, and how its address names it."""

    region_map: RegionMap
    kind: str
    name: str
    row: Any

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.name}"

    @property
    def action(self) -> str:
        return reverse("governance:synthesis_save", args=[self.region_map.pk, self.kind, self.name])


def reached_map(request: HttpRequest, pk: int) -> RegionMap:
    """The map on the partners' side, or 404."""
    region_map = selectors.reached_map(pk=pk, user=request.user)
    if region_map is None:
        raise Http404
    return region_map


def found_place(region_map: RegionMap, kind: str, name: str) -> Place:
    row: Any = None
    if kind in services.ITEMS and name.isascii() and name.isdigit() and len(name) < 10:
        row = selectors.find_item(model=services.ITEMS[kind].model, pk=int(name), region_map=region_map)
    elif kind == "target":
        row = selectors.target_of(region_map=region_map, dimension=name)
    elif (kind, name) == ("conclusions", "map"):
        row = region_map
    if row is None:
        raise Http404
    return Place(region_map=region_map, kind=kind, name=name, row=row)


def _unit_choices(units: Any) -> Choices:
    return {"units": [(unit.pk, unit.name) for unit in units]}


def shown_form(region_map: RegionMap, kind: str, row: Any, name: str, units: list[Any]) -> dict[str, Any]:
    """What templates/rows/_parts.html shows of a row."""
    place = Place(region_map=region_map, kind=kind, name=name, row=row)
    form = FORMS[kind](row=row, key=place.key, choices=_unit_choices(units))
    return {"place": place, "form": form, "parts": form.parts(), "row": row}


def page_context(request: HttpRequest, region_map: RegionMap, refused: dict[str, Any]) -> dict[str, Any]:
    """The page; `refused` is the form that could not be saved, with why, and stands in its place."""
    page = selectors.synthesis_page(region_map=region_map, user=request.user)
    problem_at = refused["place"].key if refused else ""

    def shown(kind: str, row: Any, name: Any) -> dict[str, Any]:
        item = shown_form(region_map, kind, row, str(name), page.units)
        return refused if item["place"].key == problem_at else item

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
    return render(request, "governance/synthesis_detail.html", page_context(request, region_map, {}))


@login_required
@writes("governance.change_synthesis")
def synthesis_save(request: HttpRequest, pk: int, kind: str, name: str) -> HttpResponse:
    """Save the fields that were sent; one that is stale or not accepted never keeps the others back."""
    gone = _gone_item(request, kind, name)
    if gone is not None:
        return gone
    place = found_place(reached_map(request, pk), kind, name)
    needed = "governance.change_target" if kind == "target" else "governance.change_synthesis"
    allow(request, needed, place.region_map)
    units = TerritorialUnit.objects.filter(region_map=place.region_map) if kind in services.ITEMS else []
    form = FORMS[kind](
        with_both(request, kind, place.row), row=place.row, key=place.key, choices=_unit_choices(units)
    )
    sentence = _without_writing(request, place, form)
    if sentence:
        return settled(request, place, sentence)
    form.is_valid()
    try:
        row, stale = _write(request, place, form)
    except VersionMissing:
        return refused(request, place, form, status=428, no_version=True)
    except MapClosed:
        return refused(request, place, form, status=409, closed=True)
    if stale or form.problems():
        return refused(request, place, form, status=409 if stale else 422, row=row, stale=stale)
    return saved(request, place, form, row)


def _write(request: HttpRequest, place: Place, form: RowForm) -> tuple[Any, Any]:
    """Save what was sent; of an item two values may be kept, and are talked about. Raises as save_parts."""
    changes, field = form.changes(), request.POST.get("field", "")
    if _is_both(request, place) and changes:
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


def _without_writing(request: HttpRequest, place: Place, form: RowForm) -> str:
    """What is said of a choice that changes no field: for the other answer, or one that came without mine."""
    choice, field = request.POST.get("choice"), request.POST.get("field", "")
    if choice == "theirs":
        _end_talk(request, place)
        return _("The other text stands. Yours was not saved.")
    is_there = field in form.fields and field in request.POST
    if choice in ("mine", "both") and not is_there:
        return _("Your own answer is missing. Load the page again.")
    return ""


def _is_both(request: HttpRequest, place: Place) -> bool:
    return place.kind in services.ITEMS and request.POST.get("choice") == "both"


def _end_talk(request: HttpRequest, place: Place) -> None:
    field = request.POST.get("field", "")
    if place.kind in services.ITEMS and field in FORMS[place.kind].base_fields:
        services.end_talk(kind=place.kind, row=place.row, field=field, by=request.user)


def _gone_item(request: HttpRequest, kind: str, name: str) -> HttpResponse | None:
    """409 with what was typed, when the item was removed by somebody."""
    if kind not in services.ITEMS or not name.isascii() or not name.isdigit() or len(name) > 9:
        return None
    context = removed_context(kind=kind, pk=int(name), sent=request.POST.dict(), user=request.user)
    page = "mapping/_removed.html" if is_script(request) else "mapping/record_removed.html"
    return render(request, page, context, status=409) if context else None


def with_both(request: HttpRequest, kind: str, row: Any) -> Any:
    """The posted values; when both texts are to be kept, one below the other."""
    field = request.POST.get("field", "")
    if request.POST.get("choice") != "both" or field not in FORMS[kind].joinable:
        return request.POST
    data = request.POST.copy()
    theirs, mine = RowForm.stored_text(row, field), one_kind_of_line_end(data.get(field, ""))
    data[field] = one_below_the_other(theirs=theirs, mine=mine)
    return data


def saved(request: HttpRequest, place: Place, form: RowForm, row: Any) -> HttpResponse:
    if not is_script(request):
        return settled(request, place, _words_of_saving(request, place, form))
    reply = render(request, "rows/_state.html", {"saved": True})
    field = next((name for name in form.fields if form.sent(name)), "")
    reply["X-Version"] = str(row.version_of(field))
    return reply


def _words_of_saving(request: HttpRequest, place: Place, form: RowForm) -> str:
    if not _is_both(request, place):
        return _("Saved.")
    if request.POST.get("field") in form.joinable:
        return _("Both texts stand now, one below the other. Talk about them in the discussion.")
    return _("The other answer stands for now. Yours is kept beside it in the discussion.")


def settled(request: HttpRequest, place: Place, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    address = reverse("governance:synthesis_detail", args=[place.region_map.pk])
    return redirect(f"{address}?open={place.key}#{place.key}")


def refused(
    request: HttpRequest,
    place: Place,
    form: RowForm,
    *,
    status: int,
    row: Any = None,
    stale: Any = (),
    **reason: bool,
) -> HttpResponse:
    """Say why something was not saved, with all that was typed: a fragment for a script, else the page."""
    item = refused_item(place, form, row or place.row, stale) | reason
    if is_script(request):
        return render(request, "rows/_state.html", item, status=status)
    item["parts"] = item["form"].parts()
    context = page_context(request, place.region_map, item)
    return render(request, "governance/synthesis_detail.html", context, status=status)


def refused_item(place: Place, form: RowForm, row: Any, stale: Any) -> dict[str, Any]:
    """The row as the page shows it again: what was typed, what is wrong with it, and what others wrote."""
    again = form.again(row)
    again.is_valid()
    conflicts = [
        selectors.part_conflict(
            item.row,
            field=item.field,
            form=form,
            action=place.action,
            stored=form.stored_text(item.row, item.field),
            is_discussed=place.kind in services.ITEMS,
        )
        for item in stale
    ]
    return {
        "place": place,
        "form": again,
        "row": row,
        "conflicts": conflicts,
        "problems": [
            {"text": text, "href": f"#{place.key}-{name}"} for name, text in form.problems().items()
        ],
        "typed": [(form.fields[name].label, form.spoken(name, form.typed(name))) for name in form.touched()],
        "is_refused": True,
    }
