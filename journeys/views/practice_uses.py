"""What a region uses of practices: for which of its areas, how far, and what came of it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from governance.models import AreaOfImprovement
from governance.selectors.workspaces import find_map
from journeys.forms.practices import PlanForm, UseForm
from journeys.models import Practice, PracticeUse
from journeys.selectors import practice_uses as selectors
from journeys.services.practices import plan_use
from journeys.services.rows import remove_row
from journeys.views.rows import Place, removed, save_row
from mapping.models import RegionMap

PAGE = "journeys/practice_uses.html"


def reached_map(request: HttpRequest, pk: int) -> RegionMap:
    region_map = find_map(pk=pk, user=request.user)
    if region_map is None:
        raise Http404
    return region_map


def place_of(request: HttpRequest, use: PracticeUse) -> Place:
    page = reverse("journeys:practice_uses", args=[use.region_map_id])
    return Place(
        row=use,
        form_class=UseForm,
        key=f"use-{use.pk}",
        action=reverse("journeys:use_save", args=[use.pk]),
        back=f"{page}#use-{use.pk}",
        page=lambda item: (PAGE, page_context(request, use.region_map, refused=item)),
    )


def page_context(
    request: HttpRequest, region_map: RegionMap, refused: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The page; `refused` is the form that could not be saved and stands in its place."""
    page = selectors.uses_page(region_map=region_map, user=request.user)
    at = refused["place"].key if refused else ""
    items: dict[int, dict[str, Any]] = {}
    for line in page.areas:
        for use in line.uses:
            item = place_of(request, use).shown() | {"why": line.why.get(use.practice_id, [])}
            items[use.pk] = refused if refused is not None and item["place"].key == at else item
    lines = [(line, [items[use.pk] for use in line.uses]) for line in page.areas]
    return {"page": page, "lines": lines, "refused": refused, "project": region_map.exercise.project}


@login_required
def practice_uses(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, PAGE, page_context(request, reached_map(request, pk)))


@login_required
@writes("journeys.use_practice")
@once
def use_add(request: HttpRequest, pk: int) -> HttpResponse:
    """We plan to use this practice, for one of our areas or for none of them."""
    region_map = reached_map(request, pk)
    allow(request, "journeys.use_practice", region_map)
    form = PlanForm(request.POST)
    if not form.is_valid():
        raise Http404
    practice = Practice.objects.published().filter(slug=form.cleaned_data["practice"]).first()
    wanted = form.cleaned_data["area"]
    area = AreaOfImprovement.objects.filter(region_map=region_map, pk=wanted).first() if wanted else None
    if practice is None or (wanted and area is None):
        messages.warning(request, _("That practice or area is no longer there. Nothing was planned."))
        return redirect("journeys:practice_uses", pk=pk)
    use = plan_use(practice=practice, region_map=region_map, area=area, by=request.user)
    messages.success(request, _("Planned. Write below what you take over, and later what came of it."))
    return redirect(place_of(request, use).back)


def reached_use(request: HttpRequest, pk: int) -> PracticeUse:
    use = PracticeUse.objects.select_related("practice__region", "region_map").filter(pk=pk).first()
    if use is None:
        raise Http404
    use.region_map = reached_map(request, use.region_map_id)
    allow(request, "journeys.use_practice", use.region_map)
    return use


@login_required
@writes("journeys.use_practice")
def use_save(request: HttpRequest, pk: int) -> HttpResponse:
    return save_row(request, place_of(request, reached_use(request, pk)))


@login_required
@writes("journeys.use_practice")
def use_remove(request: HttpRequest, pk: int) -> HttpResponse:
    use = reached_use(request, pk)
    back = reverse("journeys:practice_uses", args=[use.region_map_id])
    said = _("Removed from what you plan. The history keeps it.")
    return removed(request, partial(remove_row, row=use), back=back, after=back, said=said)
