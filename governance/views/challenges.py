"""The coordinator's synthesis desk."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.row_pages import Place
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from governance.forms.synthesis import ChallengeForm
from governance.models import Challenge
from governance.selectors import challenges as selectors
from governance.services import challenge_talks
from governance.services import challenges as services
from governance.views.boards import visible_exercise
from governance.views.two_values import Talked, save_talked
from mapping.models import Exercise

NONE, DESK = "none", "governance/challenge_desk.html"


def desk_exercise(request: HttpRequest, slug: str) -> Exercise:
    """404 for people of other partnerships, 403 for those of this one who do not group."""
    exercise = visible_exercise(request, slug)
    allow(request, "governance.group_challenges", exercise)
    return exercise


def desk_challenge(request: HttpRequest, slug: str, pk: Any) -> Challenge:
    challenge = selectors.find_challenge(exercise=desk_exercise(request, slug), pk=pk)
    if challenge is None:
        raise Http404
    return challenge


def _place_of(challenge: Challenge, request: HttpRequest) -> Place:
    """A challenge on the desk, which is shown again with it when something was not saved."""
    key, exercise = f"challenge-{challenge.pk}", challenge.exercise
    return Place(
        row=challenge,
        form_class=ChallengeForm,
        key=key,
        action=reverse("governance:challenge_save", args=[exercise.slug, challenge.pk]),
        back=f"{reverse('governance:challenge_desk', args=[exercise.slug])}#{key}",
        page=lambda item: (DESK, _desk_context(request, exercise, refused=item)),
        is_discussed=True,
    )


def _desk_context(request: HttpRequest, exercise: Exercise, **more: Any) -> dict[str, Any]:
    """The desk; `refused` in `more` stands in the place of the challenge it is about."""
    page = selectors.challenge_desk(exercise=exercise, user=request.user)
    refused = more.get("refused")
    groups = []
    for group in page.groups:
        place = _place_of(group.challenge, request)
        is_refused = refused is not None and refused["place"].key == place.key
        groups.append((group, refused if is_refused else place.shown()))
    new = more.pop("new", None) or ChallengeForm(key="new-challenge")
    return {"page": page, "groups": groups, "new": new, "ticked": [], "wanted": "", **more}


def desk_page(request: HttpRequest, exercise: Exercise, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, DESK, _desk_context(request, exercise, **more), status=status)


def back_to(exercise: Exercise, anchor: str) -> HttpResponse:
    return redirect(f"{reverse('governance:challenge_desk', args=[exercise.slug])}#{anchor}")


@login_required
def challenge_desk(request: HttpRequest, slug: str) -> HttpResponse:
    return desk_page(request, desk_exercise(request, slug))


@login_required
@writes("governance.group_challenges")
@once
def challenge_add(request: HttpRequest, slug: str) -> HttpResponse:
    exercise = desk_exercise(request, slug)
    form = ChallengeForm(request.POST, key="new-challenge")
    if not form.is_valid():
        return desk_page(request, exercise, status=422, new=form, form=form)
    title = form.cleaned_data["title"]
    challenge = services.create_challenge(exercise=exercise, title=title, by=request.user)
    messages.success(request, _("Added. Put areas under it, and tell what they have in common."))
    return back_to(exercise, f"challenge-{challenge.pk}")


def ticked_areas(request: HttpRequest) -> list[int]:
    keys = request.POST.getlist("area")
    return [int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 10]


@login_required
@writes("governance.group_challenges")
def challenge_group(request: HttpRequest, slug: str) -> HttpResponse:
    """Put the ticked areas under a challenge; those that somebody else moved meanwhile stay ticked."""
    exercise = desk_exercise(request, slug)
    wanted = request.POST.get("challenge", "")
    chosen = ticked_areas(request)
    target = selectors.find_challenge(exercise=exercise, pk=wanted)
    if not chosen or (target is None and wanted != NONE):
        text = _("Tick at least one area.") if not chosen else _("Choose where the areas should go.")
        kept = {"errors": [{"text": text, "href": ""}], "ticked": chosen, "wanted": wanted}
        return desk_page(request, exercise, status=422, **kept)
    rows = selectors.exercise_areas(exercise=exercise).filter(pk__in=chosen)
    try:
        groupings = [
            services.Grouping(area=area, version=parse_version(request.POST.get(f"version_{area.pk}")))
            for area in rows
        ]
    except VersionMissing:
        return desk_page(request, exercise, status=428, no_version=True, ticked=chosen, wanted=wanted)
    moved, stale = services.group_areas(groupings=groupings, challenge=target, by=request.user)
    if stale:
        kept = {"stale": stale, "target": target, "wanted": wanted}
        return desk_page(request, exercise, status=409, ticked=[item.row.pk for item in stale], **kept)
    said = ngettext("%(n)d area moved.", "%(n)d areas moved.", len(moved)) % {"n": len(moved)}
    messages.success(request, said)
    return back_to(exercise, f"challenge-{target.pk}" if target else "ungrouped")


@login_required
@writes("governance.group_challenges")
def challenge_save(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Save title and narrative, each on its own version; of two both can be kept and discussed."""
    challenge = desk_challenge(request, slug, pk)
    talked = Talked(
        subject=challenge.exercise,
        save=services.save_challenge,
        keep_both=challenge_talks.keep_both,
        end_talk=challenge_talks.end_talk,
    )
    return save_talked(request, _place_of(challenge, request), talked)


@login_required
@writes("governance.group_challenges")
def challenge_merge(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Merge this challenge into another one, which stays."""
    source = desk_challenge(request, slug, pk)
    target = selectors.find_challenge(exercise=source.exercise, pk=request.POST.get("into"))
    if target is None or target == source:
        errors = [{"text": _("Choose the challenge that stays."), "href": f"#challenge-{pk}-into"}]
        return desk_page(request, source.exercise, status=422, errors=errors)
    try:
        expected = tuple(
            parse_version(request.POST.get(name)) for name in ("version", f"version_{target.pk}")
        )
        services.merge_challenges(source=source, target=target, expected=expected, by=request.user)  # type: ignore[arg-type]
    except VersionMissing:
        return desk_page(request, source.exercise, status=428, no_version=True)
    except (StaleVersion, services.OtherExercise):
        return desk_page(request, source.exercise, status=409, changed=True)
    messages.success(request, _("Merged. Every area and both narratives were kept."))
    return back_to(target.exercise, f"challenge-{target.pk}")


@login_required
@writes("governance.group_challenges")
def challenge_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One place up or down."""
    challenge = desk_challenge(request, slug, pk)
    up = request.POST.get("direction") == "up"
    try:
        version = parse_version(request.POST.get("version"))
        services.move_challenge(challenge=challenge, up=up, expected=version, by=request.user)
    except VersionMissing:
        return desk_page(request, challenge.exercise, status=428, no_version=True)
    except StaleVersion:
        return desk_page(request, challenge.exercise, status=409, changed=True)
    return back_to(challenge.exercise, f"challenge-{pk}")
