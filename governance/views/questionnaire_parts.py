"""One section or question of a draft on a page of its own, and the saving of its parts one by one."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import writes
from cohes3ion.lib.scripts import is_script
from cohes3ion.lib.versions import VersionMissing
from governance.asking.parts import SECTION_PARTS, question_parts
from governance.asking.registry import TYPES
from governance.asking.translating import translation_parts
from governance.forms.part_conflicts import part_conflict, with_choice
from governance.forms.parts import PartForm, lifted, translated_in
from governance.models import Question, QuestionnaireVersion, Section
from governance.selectors.parts import questions_asked
from governance.selectors.presence import draft_here
from governance.selectors.question_editor import question_editor, removal_of, section_editor
from governance.selectors.translations import row_kind, section_code, translatable
from governance.services.drafts import save_parts
from governance.services.questionnaires import AlreadyPublished
from governance.views.questionnaire_rows import row_of
from governance.views.questionnaire_texts import shown_texts
from governance.views.questionnaires import EDIT, READ, visible_version
from mapping.models import Project

MORE = 6


def part_form(row: Any, version: QuestionnaireVersion, data: Any = None) -> PartForm:
    """The parts of a row; its translations are parts like all others. A version has no other parts."""
    language = translated_in(data or {})
    if row == version and not language:
        return PartForm(row=row, parts=[], data=data)
    if language:
        return PartForm(row=row, parts=translation_parts(translatable(row), language=language), data=data)
    if isinstance(row, Section):
        return PartForm(row=row, parts=list(SECTION_PARTS), data=data)
    parts = question_parts(TYPES[row.type], inside=row.parent_id is not None)
    return PartForm(row=row, parts=parts, questions=questions_asked(version=version, but=row), data=data)


def shown_row(
    request: HttpRequest, project: Project, form: PartForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page of a section or question."""
    if request.GET.get("more"):
        form.blank = MORE
    may_write = request.user.has_perm(EDIT, project)
    if isinstance(form.row, Section):
        page = section_editor(section=form.row, project=project, may_write=may_write)
        name, place = "governance/section_edit.html", f"section-{form.row.pk}"
    else:
        page = question_editor(question=form.row, project=project, may_write=may_write)
        name, place = "governance/question_edit.html", f"question-{form.row.pk}"
    here = draft_here(version=form.version, project=project, place=place, user=request.user)
    context = {"page": page, "form": form, "parts": form.shown(), "here": here, **more}
    return render(request, name, context, status=status)


def editable(request: HttpRequest, slug: str, pk: int) -> tuple[Project, QuestionnaireVersion]:
    """A draft of this partnership; a published version has no pages for editing."""
    project, version = visible_version(request, slug, pk, READ)
    if not version.is_draft:
        raise Http404
    return project, version


@login_required
def section_edit(request: HttpRequest, slug: str, pk: int, section_pk: int) -> HttpResponse:
    project, version = editable(request, slug, pk)
    return shown_row(request, project, part_form(row_of(version, "sections", section_pk), version))


@login_required
def question_edit(request: HttpRequest, slug: str, pk: int, question_pk: int) -> HttpResponse:
    project, version = editable(request, slug, pk)
    return shown_row(request, project, part_form(row_of(version, "questions", question_pk), version))


@login_required
@writes("governance.edit_questionnaire")
def row_save(request: HttpRequest, slug: str, pk: int, kind: str, row_pk: int) -> HttpResponse:
    """Save the parts that were sent; one that is stale or not accepted never keeps the others back."""
    project, version = visible_version(request, slug, pk)
    try:
        row = version if (kind, row_pk) == ("whole", version.pk) else row_of(version, kind, row_pk)
    except Http404:
        removed = removal_of(version=version, kind=kind, pk=row_pk)
        if removed is None:
            raise
        return gone(request, project, version, removed=removed)
    if request.POST.get("choice") == "theirs":
        messages.success(request, _("The other text stands. Yours was not saved."))
        language = translated_in(request.POST)
        if language:
            return redirect(texts_address(project, version, language, row))
        return redirect(address_of(project, version, row))
    data = with_choice(lifted(request.POST), row=row)
    return save_reply(request, project, part_form(row, version, data))


def save_reply(request: HttpRequest, project: Project, form: PartForm) -> HttpResponse:
    try:
        changes = form.changes()
        row, stale, problems = save_parts(row=form.row, changes=changes, by=request.user)
    except VersionMissing:
        form.unsaved = True
        return not_saved(request, project, form, status=428, no_version=True)
    except AlreadyPublished:
        return not_saved(request, project, form, status=409, closed=True)
    except (Section.DoesNotExist, Question.DoesNotExist):
        return gone(request, project, form.version)
    for name, refused in problems.items():
        form.refuse(name, refused)
    form.row = row
    if stale:
        conflicts = [part_conflict(item, form=form) for item in stale]
        return not_saved(request, project, form, status=409, conflicts=conflicts)
    if form.errors:
        return not_saved(request, project, form, status=400 if form.tampered else 422)
    return saved(request, project, form)


def not_saved(
    request: HttpRequest, project: Project, form: PartForm, *, status: int, **reason: Any
) -> HttpResponse:
    """Say why, with what was typed: a fragment for the script, else the whole page."""
    if is_script(request):
        context = {"problems": list(form.errors.values()), "typed": form.typed(), **reason}
        return render(request, "governance/_part_state.html", context, status=status)
    if reason.get("closed"):
        return gone(request, project, form.version, closed=True, typed=form.typed())
    language = translated_in(request.POST)
    if language:
        place = (language, section_code(form.row))
        return shown_texts(request, project, form.version, place=place, form=form, status=status, **reason)
    return shown_row(request, project, form, status=status, **reason)


def saved(request: HttpRequest, project: Project, form: PartForm) -> HttpResponse:
    if is_script(request):
        reply = render(request, "governance/_part_state.html", {})
        sent = next((part for part in form.parts if form.sent(part)), None)
        if sent is not None:
            reply["X-Version"] = str(form.version_now(sent))
        return reply
    place = request.POST.get("more") or request.POST.get("up", "").rpartition(".")[0]
    address = address_of(project, form.version, form.row)
    language = translated_in(request.POST)
    if language:
        return redirect(texts_address(project, form.version, language, form.row))
    if request.POST.get("more"):
        address += "?more=1"
    messages.success(request, _("Saved."))
    return redirect(address + (f"#{place.replace('.', '-')}" if place else ""))


def address_of(project: Project, version: QuestionnaireVersion, row: Any) -> str:
    if row == version:
        return reverse("governance:questionnaire_texts", args=[project.slug, version.pk])
    name = "section_edit" if isinstance(row, Section) else "question_edit"
    return reverse(f"governance:{name}", args=[project.slug, version.pk, row.pk])


def texts_address(project: Project, version: QuestionnaireVersion, language: str, row: Any) -> str:
    address = reverse("governance:questionnaire_texts", args=[project.slug, version.pk])
    place = urlencode({"language": language, "section": section_code(row)})
    return f"{address}?{place}#{row_kind(row).rstrip('s')}-{row.pk}"


def gone(request: HttpRequest, project: Project, version: QuestionnaireVersion, **more: Any) -> HttpResponse:
    """Removed or published meanwhile: what was typed, for copying."""
    hidden = ("version", "csrf", "was_", "choice", "up", "more")
    sent = [text for key, text in request.POST.items() if text and not key.startswith(hidden)]
    context = {"project": project, "version": version, "typed": sent, **more}
    name = "governance/_part_gone.html" if is_script(request) else "governance/questionnaire_gone.html"
    return render(request, name, context, status=409)
