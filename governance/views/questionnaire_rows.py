"""Sections and questions of a draft: adding, ordering, removing and bringing back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import writes
from cohes3ion.lib.ordered import OrderChanged
from cohes3ion.lib.versions import VersionMissing, parse_version
from governance.asking.registry import TYPES
from governance.forms.questionnaires import NewQuestionForm, NewSectionForm
from governance.models import Question, QuestionnaireVersion, Section
from governance.services.draft_removals import BackAlready, NotRestorable, remove_row, restore_row
from governance.services.draft_rows import (
    TooMany,
    add_question,
    add_section,
    change_type,
    move_row,
    move_to_section,
)
from governance.services.questionnaires import AlreadyPublished
from governance.views.questionnaires import shown_version, visible_version
from mapping.models import Project


def row_of(version: QuestionnaireVersion, kind: str, pk: Any) -> Any:
    """A section or question of this version, or 404."""
    if kind not in ("sections", "questions"):
        raise Http404
    if not str(pk).isascii() or not str(pk).isdigit() or len(str(pk)) > 9:
        raise Http404
    rows: Any = Section.objects.select_related("version__questionnaire")
    if kind == "questions":
        rows = Question.objects.select_related("section__version__questionnaire", "parent", "edited_by")
    row = rows.filter(pk=pk).first()
    if row is None or (row.version_id if kind == "sections" else row.section.version_id) != version.pk:
        raise Http404
    return row


def back_to(slug: str, pk: int, anchor: str = "") -> HttpResponse:
    return redirect(reverse("governance:questionnaire_detail", args=[slug, pk]) + anchor)


def frozen(request: HttpRequest, project: Project, version: QuestionnaireVersion) -> HttpResponse:
    return shown_version(request, project, version, status=409, closed=True)


@login_required
@writes("governance.edit_questionnaire")
@once
def section_add(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    project, version = visible_version(request, slug, pk)
    form = NewSectionForm(request.POST, auto_id="section-%s")
    if not form.is_valid():
        return shown_version(request, project, version, status=422, new_section=form, form=form)
    try:
        section = add_section(version=version, title=form.cleaned_data["title"], by=request.user)
    except AlreadyPublished:
        return frozen(request, project, version)
    messages.success(request, _("The section is there. Add its first question."))
    return back_to(slug, pk, f"#section-{section.pk}")


@login_required
@writes("governance.edit_questionnaire")
@once
def question_add(request: HttpRequest, slug: str, pk: int, section_pk: int) -> HttpResponse:
    """A new question, then its page."""
    project, version = visible_version(request, slug, pk)
    section = row_of(version, "sections", section_pk)
    open_at = request.POST.get("parent") or str(section.pk)
    form = NewQuestionForm(request.POST, auto_id=f"%s-{open_at}")
    if not form.is_valid():
        return shown_version(
            request, project, version, status=422, new_question=form, form=form, open_at=open_at
        )
    data = form.cleaned_data
    parent = row_of(version, "questions", data["parent"]) if data["parent"] else None
    try:
        question = add_question(
            section=section, kind=TYPES[data["type"]], short=data["short"], by=request.user, parent=parent
        )
    except AlreadyPublished:
        return frozen(request, project, version)
    except TooMany:
        form.add_error("type", _("A question of this type cannot stand there. Choose another type."))
        return shown_version(request, project, version, status=422, new_question=form, form=form)
    return redirect("governance:question_edit", slug=slug, pk=pk, question_pk=question.pk)


@login_required
@writes("governance.edit_questionnaire")
def row_move(request: HttpRequest, slug: str, pk: int, kind: str, row_pk: int) -> HttpResponse:
    """One place up or down; a question also to another section."""
    project, version = visible_version(request, slug, pk)
    row = row_of(version, kind, row_pk)
    try:
        seen = parse_version(request.POST.get("version"))
        if request.POST.get("section"):
            section = row_of(version, "sections", request.POST["section"])
            if kind != "questions" or row.parent_id is not None:
                raise Http404
            move_to_section(question=row, section=section, seen=seen, by=request.user)
        else:
            move_row(row=row, up=request.POST.get("direction") == "up", seen=seen, by=request.user)
    except AlreadyPublished:
        return frozen(request, project, version)
    except VersionMissing:
        return shown_version(request, project, version, status=428, no_version=True)
    except OrderChanged:
        return shown_version(request, project, version, status=409, order_changed=True)
    return back_to(slug, pk, f"#{kind[:-1]}-{row.pk}")


@login_required
@writes("governance.edit_questionnaire")
def question_type(request: HttpRequest, slug: str, pk: int, question_pk: int) -> HttpResponse:
    """Another type for a question."""
    project, version = visible_version(request, slug, pk)
    question = row_of(version, "questions", question_pk)
    kind = TYPES.get(request.POST.get("type", ""))
    try:
        if kind is None:
            messages.warning(request, _("Choose one of the types in the list."))
        elif kind.key != question.type:
            seen = parse_version(request.POST.get("version"))
            change_type(question=question, kind=kind, seen=seen, by=request.user)
            messages.success(request, _("The type is changed. Look through its settings."))
    except AlreadyPublished:
        return frozen(request, project, version)
    except TooMany:
        messages.warning(request, _("This type does not fit here: a group holds questions, others do not."))
    except (OrderChanged, VersionMissing):
        messages.warning(request, _("The question was changed meanwhile. Look at it, then choose again."))
    return redirect("governance:question_edit", slug=slug, pk=pk, question_pk=question.pk)


@login_required
@writes("governance.edit_questionnaire")
def row_remove(request: HttpRequest, slug: str, pk: int, kind: str, row_pk: int) -> HttpResponse:
    """Take a section or question away; one button brings it back."""
    project, version = visible_version(request, slug, pk)
    row = row_of(version, kind, row_pk)
    name = row.title if kind == "sections" else row.short
    try:
        seen = parse_version(request.POST.get("version"))
        word = remove_row(row=row, seen=seen, by=request.user)
    except AlreadyPublished:
        return frozen(request, project, version)
    except VersionMissing:
        return shown_version(request, project, version, status=428, no_version=True)
    except OrderChanged:
        return shown_version(request, project, version, status=409, order_changed=True)
    undo = reverse("governance:row_restore", args=[slug, pk, word])
    messages.success(request, _("“%(name)s” was removed.") % {"name": name}, extra_tags=undo)
    return back_to(slug, pk)


@login_required
@writes("governance.edit_questionnaire")
def row_restore(request: HttpRequest, slug: str, pk: int, word: str) -> HttpResponse:
    project, version = visible_version(request, slug, pk)
    try:
        name = restore_row(version=version, word=word, by=request.user)
        messages.success(request, _("“%(name)s” is back as it was.") % {"name": name})
    except AlreadyPublished:
        return frozen(request, project, version)
    except BackAlready as back:
        messages.info(request, _("“%(name)s” is back already. Nothing was changed.") % {"name": back.name})
    except NotRestorable:
        text = _("It cannot come back: its section is gone, or another question has its code now.")
        messages.warning(request, text)
    return back_to(slug, pk)
