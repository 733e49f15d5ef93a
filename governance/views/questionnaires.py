"""The questionnaires of a partnership: list, one version, drafts and copies, the file."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.ordered import OrderChanged
from cohes3ion.lib.versions import VersionMissing, parse_version
from governance.forms.questionnaires import CopyForm, HeadForm, NewQuestionForm, NewSectionForm
from governance.models import QuestionnaireVersion
from governance.selectors.definitions import head_of, version_to_dict
from governance.selectors.draft_removed import removed_lines
from governance.selectors.editor import version_page
from governance.selectors.parts import part_version
from governance.selectors.presence import draft_here
from governance.selectors.questionnaire_list import find_version, list_page
from governance.selectors.rounds import arranged_project
from governance.services.draft_removals import discard_draft
from governance.services.drafts import StalePart, save_head
from governance.services.questionnaires import AlreadyPublished, create_draft
from mapping.models import Project

EDIT = "governance.edit_questionnaire"
READ = "governance.read_questionnaires"  # facilitators read along


def editor_project(request: HttpRequest, slug: str, permission: str = EDIT) -> Project:
    """The partnership: 404 for people of others, 403 for those of this one who do not coordinate."""
    project = arranged_project(slug=slug, user=request.user)
    if project is None:
        raise Http404
    allow(request, permission, project)
    return project


def visible_version(
    request: HttpRequest, slug: str, pk: int, permission: str = EDIT
) -> tuple[Project, QuestionnaireVersion]:
    project = editor_project(request, slug, permission)
    version = find_version(pk=pk, project=project, user=request.user)
    if version is None:
        raise Http404
    return project, version


def tabs_of(project: Project, version: QuestionnaireVersion, *, here: str) -> list[dict[str, Any]]:
    """The pages of one version."""
    last = _("Check and publish") if version.is_draft else _("Use in a round")
    names = {
        "questionnaire_detail": _("Questions"),
        "questionnaire_texts": _("Translations"),
        "questionnaire_preview": _("Preview"),
        "questionnaire_check": last,
    }
    place = [project.slug, version.pk]
    return [
        {"url": reverse(f"governance:{name}", args=place), "label": label, "current": name == here}
        for name, label in names.items()
    ]


@login_required
def questionnaire_list(request: HttpRequest, slug: str) -> HttpResponse:
    return shown_list(request, editor_project(request, slug, READ))


def shown_list(
    request: HttpRequest, project: Project, *, status: int = 200, form: Any = None
) -> HttpResponse:
    page = list_page(project=project, user=request.user)
    context = {"page": page, "form": form or HeadForm(), "may_write": request.user.has_perm(EDIT, project)}
    return render(request, "governance/questionnaire_list.html", context, status=status)


@login_required
@writes("governance.edit_questionnaire")
@once
def questionnaire_create(request: HttpRequest, slug: str) -> HttpResponse:
    """An empty draft under a new title."""
    project = editor_project(request, slug)
    form = HeadForm(request.POST)
    if not form.is_valid():
        return shown_list(request, project, status=422, form=form)
    data = form.cleaned_data
    version = create_draft(project=project, by=request.user, title=data["title"], language=data["language"])
    messages.success(request, _("The draft is made. Add its first section."))
    return redirect("governance:questionnaire_detail", slug=slug, pk=version.pk)


@login_required
def questionnaire_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return shown_version(request, *visible_version(request, slug, pk, READ))


def shown_version(
    request: HttpRequest, project: Project, version: QuestionnaireVersion, *, status: int = 200, **more: Any
) -> HttpResponse:
    """A draft with its forms, or a published version to read."""
    page = version_page(version=version, project=project, may_write=request.user.has_perm(EDIT, project))
    context = {
        "page": page,
        "here": draft_here(version=version, project=project, place="questions", user=request.user),
        "tabs": tabs_of(project, version, here="questionnaire_detail"),
        "head": HeadForm(version=version),
        "head_version": part_version(head_of(version), name="head"),
        "new_section": NewSectionForm(auto_id="section-%s"),
        "new_question": NewQuestionForm(),
        "removed": removed_lines(version=version) if page.may_edit else [],
        "copy_form": CopyForm(auto_id="copy-%s"),
        **more,
    }
    return render(request, "governance/questionnaire_detail.html", context, status=status)


@login_required
@writes("governance.edit_questionnaire")
def questionnaire_save(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Title, language and note of a draft."""
    project, version = visible_version(request, slug, pk)
    form = HeadForm(request.POST, version=version)
    try:
        seen = parse_version(request.POST.get("version"))
        if not form.is_valid():
            return shown_version(request, project, version, status=422, head=form, form=form)
        save_head(version=version, values=form.values(), seen=seen, by=request.user)
    except VersionMissing:
        return shown_version(request, project, version, status=428, head=form, no_version=True)
    except AlreadyPublished:
        return shown_version(request, project, version, status=409, closed=True)
    except StalePart as stale:
        stands = head_of(stale.row)
        pairs = [(form.fields[name].label, stands[name], form.values()[name]) for name in stands]
        differences = [pair for pair in pairs if pair[1] != pair[2]]
        return shown_version(request, project, stale.row, status=409, head=form, differences=differences)
    messages.success(request, _("Saved."))
    return redirect("governance:questionnaire_detail", slug=slug, pk=pk)


@login_required
@writes("governance.edit_questionnaire")
def questionnaire_copy(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The next version as a draft, or a questionnaire of its own with the same questions."""
    project, version = visible_version(request, slug, pk)
    own = "title" in request.POST
    form = CopyForm(request.POST, auto_id="copy-%s")
    if own and not form.is_valid():
        return shown_version(request, project, version, status=422, copy_form=form, form=form)
    title = form.cleaned_data["title"] if own else ""
    drafts = QuestionnaireVersion.objects.filter(questionnaire=version.questionnaire_id, project=project)
    there = None if own else drafts.filter(state="draft").first()
    if there is not None:
        messages.success(request, _("A draft of the next version is there already. Here it is."))
        return redirect("governance:questionnaire_detail", slug=slug, pk=there.pk)
    made = create_draft(
        project=project, by=request.user, title=title, made_from=version, new_questionnaire=own
    )
    messages.success(request, _("The draft is made. Nothing changes for anybody until you publish it."))
    return redirect("governance:questionnaire_detail", slug=slug, pk=made.pk)


@login_required
def questionnaire_export(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The version as a file that every installation takes in."""
    _project, version = visible_version(request, slug, pk, READ)
    text = json.dumps(version_to_dict(version), ensure_ascii=False, indent=1)
    reply = HttpResponse(text + "\n", content_type="application/json")
    name = f"{version.questionnaire.key}-{version.number}.json"
    reply["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply


@login_required
@writes("governance.edit_questionnaire")
def questionnaire_discard(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    project, version = visible_version(request, slug, pk)
    if request.POST.get("sure") != "yes":
        return shown_version(request, project, version, status=422, unsure=True)
    try:
        discard_draft(version=version, seen=parse_version(request.POST.get("version")))
    except VersionMissing:
        return shown_version(request, project, version, status=428, no_version=True)
    except OrderChanged:
        return shown_version(request, project, version, status=409, order_changed=True)
    except AlreadyPublished:
        return shown_version(request, project, version, status=409, closed=True)
    messages.success(request, _("The draft is deleted."))
    return redirect("governance:questionnaire_list", slug=slug)
