"""Policy Learning Documents: the public list, and where the coordinator writes and renders them."""

from pathlib import PurePath

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cohes3ion.accounts.limits import ORDERS, limited
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.public_pages import public_page
from cohes3ion.lib.scripts import is_script
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from cohes3ion.lib.withdrawals import WithdrawForm
from journeys.enums import Chapter
from journeys.forms.documents import NarrativeForm
from journeys.jobs import start_document
from journeys.models import Document
from journeys.selectors.documents import document_workspace as workspace_page
from journeys.selectors.documents import published_documents
from journeys.services.documents import (
    NothingReleased,
    save_narrative,
)
from mapping.models import Exercise, Region
from mapping.selectors.exercises import partners_exercise


@public_page
def document_list(request: HttpRequest) -> HttpResponse:
    return render(request, "journeys/document_list.html", {"page": published_documents()})


def visible_document(request: HttpRequest, pk: int) -> Document:
    rows = Document.objects.visible_to(request.user).select_related("exercise__project", "region")
    document = rows.defer("content").filter(pk=pk).first()
    if document is None:
        raise Http404
    return document


def document_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file, or 304: each rendering has a name of its own, which is its ETag."""
    document = visible_document(request, pk)
    if not document.file:
        raise Http404
    etag = f'"{PurePath(document.file.name).name}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    name = slugify(f"policy-learning-document {document.region or document.exercise} {document.edition}")
    response = FileResponse(document.file.open("rb"), as_attachment=True, filename=f"{name}.pdf")
    for header, value in {
        "Content-Type": "application/pdf",
        "ETag": etag,
        "Cache-Control": "no-cache",
    }.items():
        response[header] = value
    return response


def visible_scope(request: HttpRequest, slug: str) -> tuple[Exercise, Region | None]:
    """The exercise of one of the person's partnerships and the region asked for, or 404."""
    exercise = partners_exercise(slug=slug, user=request.user)
    if exercise is None:
        raise Http404
    allow(request, "mapping.see_progress", exercise)
    wanted = request.POST.get("region") or request.GET.get("region")
    if not wanted:
        return exercise, None
    region = Region.objects.filter(maps__exercise=exercise, slug=wanted).first()
    if region is None:
        raise Http404
    return exercise, region


def workspace_address(exercise: Exercise, region: Region | None) -> str:
    address = reverse("journeys:document_workspace", args=[exercise.slug])
    return f"{address}?region={region.slug}" if region else address


@login_required
def document_workspace(request: HttpRequest, slug: str) -> HttpResponse:
    exercise, region = visible_scope(request, slug)
    return shown_workspace(request, exercise, region)


def shown_workspace(
    request: HttpRequest, exercise: Exercise, region: Region | None, form: WithdrawForm | None = None
) -> HttpResponse:
    page = workspace_page(exercise=exercise, region=region, user=request.user)
    context = {"page": page, "withdraw_form": form or withdraw_form(request, exercise)}
    return render(request, "journeys/document_workspace.html", context, status=422 if form else 200)


def withdraw_form(request: HttpRequest, row: Exercise | Document) -> WithdrawForm | None:
    """For the one document of these that is public, and who may take it off the public pages."""
    may = request.user.has_perm("journeys.publish_document", row)
    return WithdrawForm(auto_id="withdraw-%s") if may else None


@login_required
@writes("journeys.edit_narrative")
def narrative_save(request: HttpRequest, slug: str, chapter: str) -> HttpResponse:
    exercise, region = visible_scope(request, slug)
    allow(request, "journeys.edit_narrative", exercise)
    if chapter not in Chapter.values:
        raise Http404
    form = NarrativeForm(request.POST)
    context = {"form": form, "chapter": chapter, "typed": request.POST.get("text", "")}
    status = 422
    if form.is_valid():
        try:
            expected = parse_version(request.POST.get("version"))
            text, scope = form.cleaned_data["text"], {"exercise": exercise, "region": region}
            row = save_narrative(**scope, chapter=chapter, text=text, expected=expected, by=request.user)
            return narrative_saved(request, exercise, region, row.version_of("text"))
        except VersionMissing:
            status, context["no_version"] = 428, True
        except StaleVersion as stale:
            status, context["conflict"] = 409, stale.row
    context["page"] = workspace_page(exercise=exercise, region=region, user=request.user)
    context["withdraw_form"] = withdraw_form(request, exercise)
    return render(request, _narrative_template(request), context, status=status)


def _narrative_template(request: HttpRequest) -> str:
    """The fragment for a script, the whole page without one."""
    return "journeys/_narrative_problem.html" if is_script(request) else "journeys/document_workspace.html"


def narrative_saved(
    request: HttpRequest, exercise: Exercise, region: Region | None, version: int
) -> HttpResponse:
    if is_script(request):
        return HttpResponse(headers={"X-Version": str(version)})
    messages.success(request, _("The text is saved. It appears in the next document you make."))
    return redirect(workspace_address(exercise, region))


@login_required
@writes("journeys.render_document")
@limited(ORDERS)
def document_start(request: HttpRequest, slug: str) -> HttpResponse:
    exercise, region = visible_scope(request, slug)
    allow(request, "journeys.render_document", exercise)
    try:
        _row, is_new = start_document(
            exercise=exercise, region=region, is_draft="draft" in request.POST, by=request.user
        )
        if not is_new:
            messages.info(request, _("Nothing changed since this document was made, so it is shown again."))
    except NothingReleased:
        messages.warning(request, _nothing_released(region))
    return redirect(workspace_address(exercise, region))


def _nothing_released(region: Region | None) -> str:
    if region is None:
        return _("No region has released its map yet, so there is nothing to put in.")
    return _("%(region)s has not released its map yet, so there is nothing to put in.") % {"region": region}


@login_required
def document_status(request: HttpRequest, pk: int) -> HttpResponse:
    document = visible_document(request, pk)
    context = {"document": document, "withdraw_form": withdraw_form(request, document)}
    return render(request, "journeys/_document_job.html", context)
