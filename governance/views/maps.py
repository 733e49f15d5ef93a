"""The partners' home, the home of a map, and the steps of its life."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from governance.forms.maps import AdoptForm, ConsultForm
from governance.selectors.workspaces import find_map, map_page, workspace_page
from governance.services import maps
from governance.services.consultations import end_of_day
from mapping.models import RegionMap


def visible_map(request: HttpRequest, pk: int) -> RegionMap:
    """The map, or 404."""
    region_map = find_map(pk=pk, user=request.user)
    if region_map is None:
        raise Http404
    return region_map


@login_required
def workspace(request: HttpRequest) -> HttpResponse:
    return render(request, "governance/workspace.html", {"page": workspace_page(user=request.user)})


@login_required
def map_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return map_home(request, visible_map(request, pk))


def map_home(request: HttpRequest, region_map: RegionMap, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The home of the map; `forms` are those that were refused: form (adoption), consult_form."""
    context = {
        "page": map_page(region_map=region_map, user=request.user),
        "form": AdoptForm(),
        "consult_form": ConsultForm(initial={"text": ready_text(region_map)}),
    }
    return render(request, "governance/map_detail.html", {**context, **forms}, status=status)


def ready_text(region_map: RegionMap) -> str:
    """What the lead may send as it is, or change."""
    return _(
        "This is the draft map of %(region)s. Please read it and say what is wrong, what is missing and what "
        "matters most to you. We answer every comment and say what we did with it."
    ) % {"region": region_map.region}


def take_step(
    request: HttpRequest, pk: int, permission: str, step: Callable[..., Any], done: str
) -> HttpResponse:
    """Scope, permission, one service, and a sentence about what happened."""
    region_map = visible_map(request, pk)
    allow(request, permission, region_map)
    try:
        step(region_map=region_map, expected=parse_version(request.POST.get("version")), by=request.user)
        messages.success(request, done)
    except (StaleVersion, VersionMissing):
        messages.warning(request, _("The map was changed meanwhile. Look at it again, then repeat the step."))
    except maps.StepNotPossible:
        messages.warning(request, _("This step is not possible now. See below what comes first."))
    return redirect("governance:map_detail", pk=pk)


@login_required
@writes("mapping.move_map")
def map_consult(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the draft to the stakeholder group, with a last day and a text."""
    region_map = visible_map(request, pk)
    allow(request, "mapping.move_map", region_map)
    form = ConsultForm(request.POST)
    if not form.is_valid():
        return map_home(request, region_map, consult_form=form, status=422)
    closes_at = end_of_day(form.cleaned_data["closes_on"], exercise=region_map.exercise)

    def consult(**values: Any) -> Any:
        return maps.open_consultation(text=form.cleaned_data["text"], closes_at=closes_at, **values)

    done = _("The stakeholders can see the draft now and comment on it.")
    return take_step(request, pk, "mapping.move_map", consult, done)


@login_required
@writes("mapping.move_map")
def map_adopt(request: HttpRequest, pk: int) -> HttpResponse:
    region_map = visible_map(request, pk)
    allow(request, "mapping.move_map", region_map)
    form = AdoptForm(request.POST)
    if not form.is_valid():
        return map_home(request, region_map, form=form, status=422)

    def adopt(**values: Any) -> Any:
        return maps.adopt_map(decision=maps.Decision(**form.cleaned_data), **values)

    return take_step(request, pk, "mapping.move_map", adopt, _("The adoption is recorded."))


@login_required
@writes("mapping.release_map")
def map_release(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("You released the map. The coordinator can publish it now.")
    return take_step(request, pk, "mapping.release_map", maps.release_map, done)


@login_required
@writes("mapping.publish_map")
def map_publish(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("The map is public now.")
    return take_step(request, pk, "mapping.publish_map", maps.publish_map, done)


@login_required
@writes("mapping.move_map")
def map_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("The map is open for editing. What was published stays public until you publish again.")
    return take_step(request, pk, "mapping.move_map", maps.reopen_map, done)
