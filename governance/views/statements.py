"""One statement of a meeting, large on a wall: its spread, and what the room settles on."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import writes
from cohes3ion.lib.scripts import is_script
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from governance.enums import DecisionState
from governance.forms.workshops import DecisionForm
from governance.selectors.workshops import Line, WorkshopPage, workshop_page
from governance.services import workshops as services
from governance.views.workshops import MAY, led_map, no_meeting
from mapping.models import RegionMap
from mapping.services.records import MapClosed


def asked_line(request: HttpRequest, region_map: RegionMap, code: str) -> tuple[WorkshopPage, Line | None]:
    """The page and the statement; None without a meeting, 404 without the statement."""
    page = workshop_page(region_map=region_map, user=request.user)
    line = page.find(code)
    if line is None:
        raise Http404
    return page, (line if page.workshop else None)


def shown(
    request: HttpRequest, page: WorkshopPage, line: Line, *, status: int = 200, **more: Any
) -> HttpResponse:
    before, after = page.beside(line)
    context = {"page": page, "line": line, "before": before, "after": after, "levels": line.options, **more}
    context |= newest(page)
    return render(request, "governance/workshop_question.html", context, status=status)


def newest(page: WorkshopPage) -> dict[str, Any]:
    """Whether enough people answered since for a newer picture."""
    assert page.workshop is not None
    return {"may_refresh": services.picture_is_old(workshop=page.workshop, last=page.picture)}


@login_required
def workshop_question(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    page, line = asked_line(request, led_map(request, pk), code)
    return no_meeting(request, pk) if line is None else shown(request, page, line)


@login_required
def workshop_spread(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The spread alone, for a page that asks again and again; 204 when it shows the newest already."""
    page, line = asked_line(request, led_map(request, pk), code)
    if line is None:
        return HttpResponse(status=204)
    context = {"page": page, "line": line, **newest(page)}
    if request.GET.get("seen") == page.tag and not context["may_refresh"]:
        return HttpResponse(status=204)
    return render(request, "governance/_workshop_spread.html", context)


@login_required
@writes(MAY)
def workshop_picture(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Show the answers as they stand now, where that gives nobody away."""
    region_map = led_map(request, pk)
    page, line = asked_line(request, region_map, code)
    if page.workshop is None or line is None:
        return no_meeting(request, pk)
    try:
        services.take_picture(workshop=page.workshop)
    except services.TooFewChanged:
        messages.info(request, _("Too few people answered since. A newer spread would tell who said what."))
    if is_script(request):
        return workshop_spread_of(request, region_map, code)
    return redirect(line.address)


def workshop_spread_of(request: HttpRequest, region_map: RegionMap, code: str) -> HttpResponse:
    page, line = asked_line(request, region_map, code)
    context = {"page": page, "line": line, "may_refresh": False}
    return render(request, "governance/_workshop_spread.html", context)


@login_required
@writes(MAY)
def workshop_decide(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Settle, park or take up again; then on to the next open statement."""
    page, line = asked_line(request, led_map(request, pk), code)
    if page.workshop is None or line is None:
        return no_meeting(request, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return shown(request, page, line, status=422, form=form)
    try:
        expected = parse_version(request.POST.get("version"))
        services.decide(
            workshop=page.workshop,
            question_id=line.step.question.pk,
            change=form.change(),
            expected=expected,
            by=request.user,
        )
    except (StaleVersion, VersionMissing, MapClosed, services.WorkshopClosed) as refusal:
        return not_decided(request, pk, code, form, refusal)
    return decided(request, page, line, form.cleaned_data["state"])


def not_decided(
    request: HttpRequest, pk: int, code: str, form: DecisionForm, refusal: Exception
) -> HttpResponse:
    """The page with what was typed, and what stands there now."""
    page, line = asked_line(request, led_map(request, pk), code)
    if page.workshop is None or line is None:
        return no_meeting(request, pk)
    status = 428 if isinstance(refusal, VersionMissing) else 409
    kind = {"stale": StaleVersion, "no_version": VersionMissing, "closed": MapClosed}
    reasons = {name: isinstance(refusal, error) for name, error in kind.items()}
    return shown(request, page, line, status=status, form=form, **reasons)


def decided(request: HttpRequest, page: WorkshopPage, line: Line, state: str) -> HttpResponse:
    sentences = {
        DecisionState.SETTLED: _("Settled: %(name)s."),
        DecisionState.PARKED: _("Parked: %(name)s."),
        DecisionState.OPEN: _("%(name)s is open again."),
    }
    messages.success(request, sentences[DecisionState(state)] % {"name": line.step.question.short})
    if state == DecisionState.OPEN:
        return redirect(line.address)
    following = [other for other in page.queue if other.code != line.code]
    if following:
        return redirect(following[0].address)
    return redirect("governance:workshop_detail", pk=page.region_map.pk)
