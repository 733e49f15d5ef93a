"""The team's side of a consultation: its last day and text, an answer to every comment, what came of it."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from governance.forms.consultations import OutcomeForm, ReplyForm
from governance.forms.maps import ConsultForm
from governance.models import Consultation
from governance.selectors.consultations import find_comment_to_answer, last_consultation, team_page
from governance.services import consultations as services
from governance.views.maps import visible_map
from mapping.models import RegionMap


def consulted_map(request: HttpRequest, pk: int, permission: str) -> tuple[RegionMap, Consultation]:
    """The map with its last consultation, or 404."""
    region_map = visible_map(request, pk)
    allow(request, permission, region_map)
    consultation = last_consultation(region_map=region_map)
    if consultation is None:
        raise Http404
    return region_map, consultation


def desk(request: HttpRequest, region_map: RegionMap, *, status: int = 200, **refused: Any) -> HttpResponse:
    """The page; `refused` holds the form that could not be saved, and why."""
    page = team_page(region_map=region_map, user=request.user)
    context: dict[str, Any] = {"page": page}
    if page.consultation is not None:
        context["call_form"] = ConsultForm(initial=_call(page.consultation, region_map))
        context["outcome_form"] = OutcomeForm(initial={"outcome": page.consultation.outcome})
    return render(request, "governance/consultation_detail.html", {**context, **refused}, status=status)


def _call(consultation: Consultation, region_map: RegionMap) -> dict[str, Any]:
    zone = ZoneInfo(region_map.exercise.time_zone)
    closes = consultation.closes_at
    return {"text": consultation.text, "closes_on": closes.astimezone(zone).date() if closes else None}


def too_late(error: Exception) -> tuple[int, list[dict[str, str]]]:
    """The status and the sentence for a write on an old version, or on none."""
    if isinstance(error, VersionMissing):
        return 428, [{"text": _("This page is out of date, so nothing was saved. Load it again.")}]
    text = _("A colleague saved another text meanwhile. It stands below; yours is in the form, not saved.")
    return 409, [{"text": text}]


@login_required
def consultation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    region_map = visible_map(request, pk)
    allow(request, "governance.discuss", region_map)
    return desk(request, region_map)


@login_required
@writes("mapping.move_map")
def consultation_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Another last day or text."""
    region_map, consultation = consulted_map(request, pk, "mapping.move_map")
    form = ConsultForm(request.POST)
    if not form.is_valid():
        return desk(request, region_map, status=422, call_form=form, form=form)
    closes_at = services.end_of_day(form.cleaned_data["closes_on"], exercise=region_map.exercise)
    return _change(request, region_map, consultation, form, closes_at=closes_at)


def _change(
    request: HttpRequest, region_map: RegionMap, consultation: Consultation, form: Any, *, closes_at: Any
) -> HttpResponse:
    text = form.cleaned_data["text"] if form is not None else consultation.text
    try:
        version = parse_version(request.POST.get("version"))
        services.change_consultation(
            consultation=consultation, text=text, closes_at=closes_at, expected=version, by=request.user
        )
    except (StaleVersion, VersionMissing) as error:
        status, problems = too_late(error)
        kept = {"call_form": form} if form is not None else {}
        return desk(request, region_map, status=status, problems=problems, **kept)
    messages.success(request, _("Saved."))
    return redirect("governance:consultation_detail", pk=region_map.pk)


@login_required
@writes("mapping.move_map")
def consultation_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Take no more comments from now on; a later last day opens it again."""
    region_map, consultation = consulted_map(request, pk, "mapping.move_map")
    return _change(request, region_map, consultation, None, closes_at=timezone.now())


@login_required
@writes("governance.answer_comments")
def consultation_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    region_map, consultation = consulted_map(request, pk, "governance.answer_comments")
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return desk(request, region_map, status=422, outcome_form=form, form=form)
    try:
        services.save_outcome(
            consultation=consultation,
            text=form.cleaned_data["outcome"],
            expected=parse_version(request.POST.get("version")),
            by=request.user,
        )
    except (StaleVersion, VersionMissing) as error:
        status, problems = too_late(error)
        return desk(request, region_map, status=status, problems=problems, outcome_form=form)
    messages.success(request, _("Saved. Everybody who commented can read it."))
    return redirect("governance:consultation_detail", pk=pk)


@login_required
@writes("governance.answer_comments")
def comment_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What the team did with one comment, and why."""
    comment = find_comment_to_answer(pk=pk, user=request.user)
    if comment is None:
        raise Http404
    region_map = comment.consultation.region_map
    allow(request, "governance.answer_comments", region_map)
    form = ReplyForm(request.POST)
    refused = {"refused": pk, "typed": request.POST}
    if not form.is_valid():
        problems = [
            {"text": text, "href": f"#{name}-{pk}"} for name, texts in form.errors.items() for text in texts
        ]
        return desk(request, region_map, status=422, problems=problems, **refused)
    try:
        version = parse_version(request.POST.get("version"))
        services.answer_comment(comment=comment, expected=version, by=request.user, **form.cleaned_data)
    except (services.CommentChanged, VersionMissing) as error:
        status, problems = too_late(error)
        return desk(request, region_map, status=status, problems=problems, **refused)
    messages.success(request, _("Your answer is saved. Its author can read it."))
    return redirect(reverse("governance:consultation_detail", args=[region_map.pk]) + f"#comment-{pk}")
