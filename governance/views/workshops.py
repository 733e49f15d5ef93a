"""A meeting about the assessment: who is there, the queue of disputed statements, its end."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from governance.forms.workshops import OpenForm, PeopleForm
from governance.models import Workshop
from governance.selectors import workshops as selectors
from governance.services import workshops as services
from mapping.models import RegionMap
from mapping.services.records import MapClosed

MAY = "governance.lead_workshop"


def led_map(request: HttpRequest, pk: int) -> RegionMap:
    """The map, for those who may lead its meetings: 404 first, then 403."""
    region_map = selectors.find_workshop_map(pk=pk, user=request.user)
    if region_map is None:
        raise Http404
    allow(request, MAY, region_map)
    return region_map


def running(request: HttpRequest, region_map: RegionMap) -> Workshop | None:
    return Workshop.objects.visible_to(request.user).filter(region_map=region_map, closed_at=None).first()


def no_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    messages.warning(request, _("No workshop is open now. Begin one first."))
    return redirect("governance:workshop_detail", pk=pk)


@login_required
def workshop_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The way in, or the queue of the meeting that is on."""
    return home_page(request, led_map(request, pk))


def home_page(request: HttpRequest, region_map: RegionMap, *, status: int = 200, **more: Any) -> HttpResponse:
    page = selectors.workshop_page(region_map=region_map, user=request.user)
    context = {"page": page, "form": OpenForm() if page.workshop is None else None, **more}
    if page.workshop is not None:
        context.setdefault("people_form", PeopleForm(initial=page.workshop.people, auto_id="people-%s"))
    name = "workshop_start" if page.workshop is None else "workshop_detail"
    return render(request, f"governance/{name}.html", context, status=status)


@login_required
@writes(MAY)
def workshop_open(request: HttpRequest, pk: int) -> HttpResponse:
    region_map = led_map(request, pk)
    form = OpenForm(request.POST)
    if not form.is_valid():
        return home_page(request, region_map, status=422, form=form)
    try:
        services.open_workshop(
            region_map=region_map,
            audience=form.cleaned_data["audience"],
            people=form.people,
            by=request.user,
        )
    except MapClosed:
        messages.warning(request, _("The map is adopted or published. Reopen it first."))
    return redirect("governance:workshop_detail", pk=pk)


@login_required
@writes(MAY)
def workshop_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody came or left: the numbers that later decisions carry."""
    region_map = led_map(request, pk)
    workshop, form = running(request, region_map), PeopleForm(request.POST, auto_id="people-%s")
    if workshop is None:
        return no_meeting(request, pk)
    if not form.is_valid():
        return home_page(request, region_map, status=422, people_form=form)
    try:
        expected = parse_version(request.POST.get("version"))
        counted = services.count_people(
            workshop=workshop, people=form.people, expected=expected, by=request.user
        )
    except (StaleVersion, VersionMissing) as refusal:
        status = 409 if isinstance(refusal, StaleVersion) else 428
        return home_page(request, region_map, status=status, people_form=form, people_changed=True)
    except services.WorkshopClosed:
        return no_meeting(request, pk)
    is_wider = counted.audience != workshop.audience
    messages.success(
        request,
        _("Saved. Others are in the room now, so spreads need more answers.") if is_wider else _("Saved."),
    )
    return redirect("governance:workshop_detail", pk=pk)


@login_required
@writes(MAY)
def workshop_close(request: HttpRequest, pk: int) -> HttpResponse:
    region_map = led_map(request, pk)
    workshop = running(request, region_map)
    if workshop is not None and services.close_workshop(workshop=workshop):
        messages.success(request, _("The workshop is closed. What was settled stays."))
    return redirect("governance:workshop_detail", pk=pk)
