"""The coordinator sets up a round."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.versions import VersionMissing, parse_version
from governance.forms.rounds import RegionForm, RoundForm, round_differences, round_values
from governance.selectors.annexes import ANNEXES
from governance.selectors.rounds import (
    NUTS_VERSION,
    arranged_project,
    round_page,
    version_of,
    versions_for,
)
from governance.services import rounds
from governance.services.carrying import put_annex
from governance.views.boards import visible_exercise
from mapping.models import Exercise, NutsRegion, Project, Region


def run_project(request: HttpRequest, slug: str) -> Project:
    project = arranged_project(slug=slug, user=request.user)
    if project is None:
        raise Http404
    allow(request, "mapping.run_exercise", project)
    return project


def run_exercise(request: HttpRequest, slug: str) -> Exercise:
    exercise = visible_exercise(request, slug)
    allow(request, "mapping.run_exercise", exercise)
    return exercise


@login_required
def round_add(request: HttpRequest, slug: str) -> HttpResponse:
    project = run_project(request, slug)
    form = RoundForm(versions=versions_for(user=request.user))
    return render(request, "governance/round_add.html", {"project": project, "form": form})


@login_required
@writes("mapping.run_exercise")
@once
def round_create(request: HttpRequest, slug: str) -> HttpResponse:
    project = run_project(request, slug)
    form = RoundForm(request.POST, versions=versions_for(user=request.user))
    if not form.is_valid():
        return render(request, "governance/round_add.html", {"project": project, "form": form}, status=422)
    data = form.cleaned_data
    exercise = rounds.create_round(
        project=project, slug=data["slug"], values=form.values(), version=data["questionnaire"]
    )
    messages.success(request, _("The round is made. Add its regions, then open it."))
    return redirect("governance:round_detail", slug=exercise.slug)


def _settings_form(request: HttpRequest, exercise: Exercise, *sent: Any, **more: Any) -> RoundForm:
    versions = versions_for(user=request.user, exercise=exercise)
    return RoundForm(*sent, versions=versions, exercise=exercise, **more)


def detail_page(
    request: HttpRequest, exercise: Exercise, *, form: Any = None, status: int = 200, **more: Any
) -> HttpResponse:
    page = round_page(exercise=exercise, text=request.GET.get("q", "")[:80])
    if form is None:
        initial = round_values(exercise, version_id=page.version.pk if page.version else None)
        form = _settings_form(request, exercise, initial=initial)
    return render(
        request, "governance/round_detail.html", {"page": page, "form": form, **more}, status=status
    )


@login_required
@writes("mapping.run_exercise")
def round_annex(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Put an optional annex to the teams; those that have it keep it."""
    exercise = run_exercise(request, slug)
    if key not in ANNEXES:
        raise Http404
    put_annex(key=ANNEXES[key], exercise=exercise, by=request.user)
    messages.success(request, _("Each regional team has the form now."))
    return redirect("governance:round_detail", slug=slug)


@login_required
def round_detail(request: HttpRequest, slug: str) -> HttpResponse:
    return detail_page(request, run_exercise(request, slug))


@login_required
@writes("mapping.run_exercise")
def round_save(request: HttpRequest, slug: str) -> HttpResponse:
    exercise = run_exercise(request, slug)
    form = _settings_form(request, exercise, request.POST)
    try:
        expected = parse_version(request.POST.get("version"))
        if form.is_valid():
            rounds.save_round(
                exercise=exercise,
                values=form.values(),
                version=form.cleaned_data["questionnaire"],
                expected=expected,
            )
    except VersionMissing:
        return detail_page(request, exercise, form=form, status=428, no_version=True)
    except rounds.SettingsChanged as change:
        return _settings_changed(request, form, change)
    except rounds.QuestionnaireInUse:
        _questionnaire_in_use(form, exercise)
    if form.errors:
        return detail_page(request, exercise, form=form, status=422)
    messages.success(request, _("The round is saved."))
    return redirect("governance:round_detail", slug=slug)


def _settings_changed(request: HttpRequest, form: RoundForm, change: rounds.SettingsChanged) -> HttpResponse:
    """Both sides of every field; the form keeps what was typed, on the version that stands now."""
    stored = {**round_values(change.exercise, version_id=None), "questionnaire": change.version}
    differences = round_differences(form, stored)
    return detail_page(request, change.exercise, form=form, status=409, differences=differences)


def _questionnaire_in_use(form: RoundForm, exercise: Exercise) -> None:
    text = _("Forms use %(version)s already. Carry them over with a new version of the questionnaire.")
    form.add_error("questionnaire", text % {"version": version_of(exercise=exercise) or _("another")})


@login_required
@writes("mapping.run_exercise")
@once
def region_add(request: HttpRequest, slug: str) -> HttpResponse:
    """A region of the partnership by its key, or a new one by its NUTS code."""
    exercise = run_exercise(request, slug)
    form = RegionForm(request.POST)
    sent = form.cleaned_data if form.is_valid() else {}
    if sent.get("region"):
        region = get_object_or_404(Region, pk=sent["region"], project=exercise.project_id)
        added = rounds.add_region(exercise=exercise, region=region)
    else:
        code = NutsRegion.objects.filter(version=NUTS_VERSION, code=sent.get("code", "").upper()).first()
        if code is None:
            messages.warning(request, _("There is no region with this code. Search by code or name."))
            return redirect("governance:round_detail", slug=slug)
        added = rounds.add_nuts_region(exercise=exercise, code=code, name=sent.get("name", ""))
    messages.success(request, _("%(region)s takes part. Give it a lead next.") % {"region": added.region})
    return redirect("governance:round_detail", slug=slug)


@login_required
@writes("mapping.run_exercise")
def round_open(request: HttpRequest, slug: str) -> HttpResponse:
    exercise = run_exercise(request, slug)
    try:
        rounds.open_round(exercise=exercise)
        _say_open(request, exercise)
    except rounds.NoRegion:
        messages.warning(request, _("No region takes part yet. Add one first."))
    except rounds.NoQuestionnaire:
        messages.warning(request, _("Choose a questionnaire first."))
    return redirect("governance:round_detail", slug=slug)


def _say_open(request: HttpRequest, exercise: Exercise) -> None:
    if exercise.closes_at is None or exercise.closes_at > timezone.now():
        messages.success(request, _("The round is open. Teams and units have their forms."))
        return
    text = _(
        "Nobody can write yet: the last moment for answers was %(when)s. Set a later one in the settings."
    )
    messages.warning(request, text % {"when": exercise.closing_time})


@login_required
@writes("mapping.run_exercise")
def round_forms(request: HttpRequest, slug: str) -> HttpResponse:
    exercise = run_exercise(request, slug)
    try:
        made = rounds.make_forms(exercise=exercise)
        messages.success(request, ngettext("%d form was made.", "%d forms were made.", made) % made)
    except rounds.NoQuestionnaire:
        messages.warning(request, _("Choose a questionnaire first."))
    return redirect("governance:round_detail", slug=slug)


@login_required
@writes("mapping.run_exercise")
def round_close(request: HttpRequest, slug: str) -> HttpResponse:
    rounds.close_round(exercise=run_exercise(request, slug))
    messages.success(request, _("The round is closed. Nobody can change answers until you open it again."))
    return redirect("governance:round_detail", slug=slug)
