"""Adding and removing strengths and areas of improvement."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from governance.models import WorkshopDecision
from governance.selectors.workshops import find_settled
from governance.services import synthesis as services
from governance.views.synthesis import FORMS, PAGE, Part, found_part, page_context, reached_map
from mapping.enums import Provenance
from mapping.models import RegionMap
from mapping.selectors.removed import removed_instead
from mapping.services.records import MapClosed

FIRST = ("text", "dimension")


@login_required
@writes("governance.change_synthesis")
@once
def synthesis_add(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Only the text and the dimension are asked; the rest unfolds with the new row."""
    region_map = reached_map(request, pk)
    allow(request, "governance.change_synthesis", region_map)
    if kind not in services.ITEMS:
        raise Http404
    decision = decided_before(request, region_map, kind)
    form = FORMS[kind](request.POST, key=f"new-{kind}")
    for name in set(form.fields) - set(FIRST):
        del form.fields[name]
    if not form.is_valid():
        return not_added(request, region_map, kind, form, status=422)
    is_new, values = True, {**form.cleaned_data, "provenance": Provenance.AGREED}
    try:
        if decision is not None:
            row, is_new = services.make_area_of(decision=decision, values=values, by=request.user)
        else:
            row = services.add_item(kind=kind, region_map=region_map, values=values, by=request.user)
    except MapClosed:
        return not_added(request, region_map, kind, form, status=409, closed=True)
    if is_new:
        messages.success(request, _("Added."))
    else:
        messages.info(request, _("It was made an area of improvement before. Here it is."))
    address = reverse("governance:synthesis_detail", args=[pk])
    return redirect(f"{address}?open={kind}-{row.pk}#{kind}-{row.pk}")


def decided_before(request: HttpRequest, region_map: RegionMap, kind: str) -> WorkshopDecision | None:
    """The decision of a workshop that becomes an area; 404 when the form names one that is not there."""
    sent = request.POST.get("decision", "")
    if kind != services.AREA.name or not sent:
        return None
    decision = find_settled(pk=sent, region_map=region_map, user=request.user)
    if decision is None:
        raise Http404
    return decision


def not_added(
    request: HttpRequest, region_map: Any, kind: str, form: Any, *, status: int, **reason: bool
) -> HttpResponse:
    """The page with the form as it was typed."""
    context = page_context(request, region_map, {})
    context |= {f"new_{kind}": form, "form": form, **reason}
    return render(request, PAGE, context, status=status)


def removable(request: HttpRequest, pk: int, kind: str, name: str) -> Part:
    region_map = reached_map(request, pk)
    if kind not in services.ITEMS:
        raise Http404
    place = found_part(request, region_map, kind, name)
    allow(request, "governance.change_synthesis", region_map)
    return place


@login_required
def synthesis_confirm(request: HttpRequest, pk: int, kind: str, name: str) -> HttpResponse:
    """Ask before something is removed."""
    place = removable(request, pk, kind, name)
    return render(request, "governance/synthesis_confirm.html", {"place": place})


@login_required
@writes("governance.change_synthesis")
def synthesis_remove(request: HttpRequest, pk: int, kind: str, name: str) -> HttpResponse:
    place = removable(request, pk, kind, name)
    try:
        version = parse_version(request.POST.get("version"))
        services.remove_item(kind=kind, row=place.row, expected=version, by=request.user)
    except (StaleVersion, VersionMissing) as refusal:
        status = 409 if isinstance(refusal, StaleVersion) else 428
        context = {"place": place, "changed": True}
        return render(request, "governance/synthesis_confirm.html", context, status=status)
    except MapClosed:
        context = {"place": place, "closed": True}
        return render(request, "governance/synthesis_confirm.html", context, status=409)
    removed = removed_instead(kind=kind, pk=place.row.pk, user=request.user)
    back = reverse("mapping:record_restore", args=[removed.pk]) if removed else ""
    messages.success(request, _("Removed. It can be brought back for 30 days."), extra_tags=back)
    return redirect("governance:synthesis_detail", pk=pk)
