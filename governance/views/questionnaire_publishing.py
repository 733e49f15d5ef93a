"""Looking at a questionnaire as people will see it, publishing it, and asking it in rounds."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import writes
from cohes3ion.lib.versions import VersionMissing, parse_version
from governance.forms.previews import preview_of, previews_of, sample_response
from governance.models import CarryOver, QuestionnaireVersion
from governance.selectors.carry_preview import round_fates
from governance.selectors.editor import version_page
from governance.selectors.languages import language_choices
from governance.selectors.presence import draft_here
from governance.selectors.questionnaires import sections_of
from governance.services.publishing import DraftChanged, ask_version, draft_version, publish_draft
from governance.services.questionnaires import AlreadyPublished, NotPublishable
from governance.services.rounds import QuestionnaireInUse
from governance.views.questionnaire_parts import editable
from governance.views.questionnaire_rows import row_of
from governance.views.questionnaires import EDIT, READ, tabs_of, visible_version
from mapping.models import Exercise, Project


def language_of(request: HttpRequest) -> str:
    wanted = request.GET.get("language", "")
    return wanted if wanted in dict(language_choices()) else get_language() or "en"


@login_required
def questionnaire_preview(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Every question with its real controls; nothing can be sent."""
    project, version = visible_version(request, slug, pk, READ)
    language = language_of(request)
    sections = sections_of(version=version, language=language)
    context = {
        "project": project,
        "version": version,
        "may_write": request.user.has_perm(EDIT, project),
        "here": draft_here(version=version, project=project, place="preview", user=request.user),
        "tabs": tabs_of(project, version, here="questionnaire_preview"),
        "sections": previews_of(sections, response=sample_response(project=project)),
        "language": language,
        "choices": language_choices(),
    }
    return render(request, "governance/questionnaire_preview.html", context)


@login_required
def question_preview(request: HttpRequest, slug: str, pk: int, question_pk: int) -> HttpResponse:
    """One question of a draft, for the side of its page."""
    project, version = editable(request, slug, pk)
    row = row_of(version, "questions", question_pk)
    top = row.parent or row
    items = [item for section in sections_of(version=version, language="") for item in section.questions]
    item = next(item for item in items if item.pk == top.pk)
    preview = preview_of(item, response=sample_response(project=project))
    return render(request, "governance/_preview.html", {"preview": preview})


@login_required
def questionnaire_check(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return shown_check(request, *visible_version(request, slug, pk, READ))


def shown_check(
    request: HttpRequest, project: Project, version: QuestionnaireVersion, *, status: int = 200, **more: Any
) -> HttpResponse:
    """What is still wrong, and what publishing or asking it would do in each round."""
    may_write = request.user.has_perm(EDIT, project)
    context = {
        "page": version_page(version=version, project=project, may_write=may_write),
        "here": draft_here(version=version, project=project, place="check", user=request.user),
        "tabs": tabs_of(project, version, here="questionnaire_check"),
        "rounds": round_fates(version=version, project=project),
        "draft_version": draft_version(version) if version.is_draft else 0,
        **more,
    }
    return render(request, "governance/questionnaire_check.html", context, status=status)


def chosen_rounds(request: HttpRequest, project: Project) -> list[Exercise]:
    wanted = request.POST.getlist("exercise")
    return [row for row in Exercise.objects.filter(project=project) if row.slug in wanted]


@login_required
@writes("governance.edit_questionnaire")
def questionnaire_publish(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Freeze the draft as it was seen, and ask it in the rounds that were ticked."""
    project, version = visible_version(request, slug, pk)
    chosen = chosen_rounds(request, project)
    kept = {"chosen": [exercise.slug for exercise in chosen]}
    try:
        seen = parse_version(request.POST.get("version"))
        carried = publish_draft(version=version, seen=seen, exercises=chosen, by=request.user)
    except VersionMissing:
        return shown_check(request, project, version, status=428, no_version=True, **kept)
    except AlreadyPublished:
        messages.success(request, _("It is published already."))
        return redirect("governance:questionnaire_check", slug=slug, pk=pk)
    except DraftChanged:
        return shown_check(request, project, version, status=409, changed=True, **kept)
    except NotPublishable:
        return shown_check(request, project, version, status=422, not_ready=True, **kept)
    except QuestionnaireInUse:
        return shown_check(request, project, version, status=409, in_use=True, **kept)
    said = _("Published. It never changes now; new wishes become the next version.")
    messages.success(request, f"{said} {moved_words(carried)}".strip())
    return redirect("governance:questionnaire_check", slug=slug, pk=pk)


def moved_words(carried: list[CarryOver]) -> str:
    """How many forms moved, of how many with answers; nothing where none did."""
    if not carried:
        return ""
    told = ngettext("%(n)s form was carried over,", "%(n)s forms were carried over,", len(carried))
    begun = sum(any(row.counts.values()) for row in carried)
    answers = ngettext("%(n)s with answers.", "%(n)s with answers.", begun)
    return f"{told % {'n': len(carried)}} {answers % {'n': begun}}"


@login_required
@writes("governance.edit_questionnaire")
def questionnaire_ask(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask a published version in a round."""
    project, version = visible_version(request, slug, pk)
    exercise = next(iter(chosen_rounds(request, project)), None)
    if exercise is None or version.is_draft:
        return shown_check(request, project, version, status=422, no_round=True)
    is_asked = version.exercises.filter(pk=exercise.pk).exists()
    try:
        carried = ask_version(version=version, exercise=exercise, by=request.user)
    except QuestionnaireInUse:
        return shown_check(request, project, version, status=409, in_use=True)
    said = "" if is_asked else _("It is asked in %(round)s from now on.") % {"round": exercise.name}
    said = f"{said} {moved_words(carried)}".strip()
    messages.success(request, said or _("It is asked in %(round)s already.") % {"round": exercise.name})
    return redirect("governance:questionnaire_check", slug=slug, pk=pk)
