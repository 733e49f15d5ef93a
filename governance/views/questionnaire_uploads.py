"""A questionnaire from a file: read by a process of its own, looked at, then taken in as a draft."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohes3ion.accounts.limits import ORDERS, limited
from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import writes
from cohes3ion.lib.file_kinds import size_over_limit
from cohes3ion.lib.uploads import larger_upload
from governance.models import QuestionnaireUpload
from governance.selectors.problems import placed, spoken
from governance.selectors.uploads import find_upload, own_questionnaires, upload_page
from governance.services.questionnaire_files import FileRefused, what_is_taken
from governance.services.questionnaire_uploads import read_upload, take_upload
from governance.services.questionnaires import NotPublishable
from governance.views.questionnaires import editor_project
from mapping.models import Project


@login_required
def upload_add(request: HttpRequest, slug: str) -> HttpResponse:
    return shown_add(request, editor_project(request, slug))


def shown_add(request: HttpRequest, project: Project, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"project": project, **more}
    return render(request, "governance/questionnaire_upload.html", context, status=status)


@login_required
@writes("governance.edit_questionnaire")
@limited(ORDERS)
def upload_read(request: HttpRequest, slug: str) -> HttpResponse:
    """Look at a file: nothing becomes a draft yet."""
    project = editor_project(request, slug)
    too_large = larger_upload(request)
    if too_large:
        return shown_add(request, project, status=413, reasons=size_over_limit(too_large).messages)
    file = request.FILES.get("file")
    if file is None:
        return shown_add(request, project, status=422, reasons=[_("Choose a file."), what_is_taken()])
    try:
        upload = read_upload(project=project, upload=file, by=request.user)
    except FileRefused as refused:
        return shown_add(request, project, status=422, reasons=[str(refused)], name=file.name)
    except NotPublishable as refused:
        reasons = [placed(problem) for problem in refused.problems]
        return shown_add(request, project, status=422, reasons=reasons, name=file.name)
    return redirect("governance:upload_detail", slug=slug, pk=upload.pk)


def project_upload(request: HttpRequest, slug: str, pk: int) -> tuple[Project, QuestionnaireUpload]:
    project = editor_project(request, slug)
    upload = find_upload(project=project, pk=pk)
    if upload is None:
        raise Http404
    return project, upload


@login_required
def upload_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the file would become, and what cannot be kept."""
    project, upload = project_upload(request, slug, pk)
    page = upload_page(upload=upload, project=project)
    return render(request, "governance/questionnaire_upload_detail.html", {"page": page})


@login_required
@writes("governance.edit_questionnaire")
@once
def upload_take(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Make the draft."""
    project, upload = project_upload(request, slug, pk)
    wanted = request.POST.get("questionnaire", "")
    following = next((row for row in own_questionnaires(project=project) if row.key == wanted), None)
    try:
        version = take_upload(upload=upload, questionnaire=following, by=request.user)
    except NotPublishable as refused:
        return shown_add(request, project, status=422, reasons=[spoken(row) for row in refused.problems])
    messages.success(request, _("The draft is made. Look through it, then check and publish."))
    return redirect("governance:questionnaire_detail", slug=slug, pk=version.pk)
