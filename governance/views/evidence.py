"""Evidence: added to an answer, taken away, and handed out to those who may see the answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cohes3ion.accounts.limits import ORDERS, limited
from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.downloads import file_reply
from cohes3ion.lib.file_kinds import size_over_limit
from cohes3ion.lib.uploads import larger_upload
from governance.forms.evidence import FORMS, LinkForm, ReuseForm
from governance.models import Response
from governance.selectors.evidence import find_file
from governance.services.answer_rows import NotAsked, ResponseClosed
from governance.services.evidence import (
    NotInThisResponse,
    TooMany,
    add_evidence,
    remove_evidence,
    reuse_evidence,
    show_evidence,
)
from governance.views.answers import Key, question_context, visible_question


@login_required
@writes("governance.answer")
@limited(ORDERS)
@once
def evidence_add(request: HttpRequest, pk: int, code: str, unit_pk: int | None = None) -> HttpResponse:
    """Add a link, a file, or a document that supports another answer."""
    key = (code, unit_pk)
    too_large = larger_upload(request)
    form = evidence_form(request, too_large)
    if not form.is_valid():
        return not_added(request, pk, key, form, status=413 if too_large else refusal_of(form))
    try:
        store(request, pk, key, form)
    except (ResponseClosed, NotAsked, Response.DoesNotExist):
        return not_added(request, pk, key, form, status=409)
    except TooMany:
        form.add_error(None, _("An answer has room for 20 documents. Remove one that is no longer needed."))
        return not_added(request, pk, key, form, status=422)
    except NotInThisResponse:
        form.add_error(None, _("This document is not there any more. Choose another one."))
        return not_added(request, pk, key, form, status=422)
    messages.success(request, _("The document was added."))
    return redirect(f"{visible_question(request, pk, key).step.address}#evidence")


def evidence_form(request: HttpRequest, too_large: int | None) -> Form:
    kind = request.POST.get("kind", "")
    form = FORMS.get(kind, LinkForm)(request.POST, request.FILES, auto_id=f"{kind}-%s")
    if too_large and "file" in form.fields:
        form.fields["file"].required = False  # it came, but nothing of it was kept
        form.add_error("file", size_over_limit(too_large))
    return form


def refusal_of(form: Form) -> int:
    """503 when the scanner does not answer: the file is not wrong, it comes too early."""
    return 503 if "file" in form.fields and form.has_error("file", "scanner_away") else 422


def store(request: HttpRequest, pk: int, key: Key, form: Form) -> None:
    target = {
        "scope": Response.objects.fillable_by(request.user),
        "response_id": pk,
        "key": key,
        "by": request.user,
    }
    if isinstance(form, ReuseForm):
        reuse_evidence(evidence_id=form.cleaned_data["evidence"], **target)
    else:
        add_evidence(values=form.values(), **target)


def not_added(request: HttpRequest, pk: int, key: Key, form: Form, *, status: int) -> HttpResponse:
    """The question again, with the document's form as it was filled in; 404 and 403 come first."""
    page = visible_question(request, pk, key)
    allow(request, "governance.answer", page.response)
    context = question_context(page, closed=status == 409)
    context["evidence_forms"][form.kind] = context["evidence_form"] = form
    return render(request, "governance/question_detail.html", context, status=status)


@login_required
@writes("governance.answer")
def evidence_remove(
    request: HttpRequest, pk: int, code: str, evidence_pk: int, unit_pk: int | None = None
) -> HttpResponse:
    key = (code, unit_pk)
    page = visible_question(request, pk, key)
    allow(request, "governance.answer", page.response)
    try:
        remove_evidence(
            scope=Response.objects.fillable_by(request.user),
            response_id=pk,
            key=key,
            evidence_id=evidence_pk,
            by=request.user,
        )
        messages.success(request, _("The document was removed from this answer."))
    except ResponseClosed:
        messages.warning(request, _("The answers were sent meanwhile, so the document stays."))
    return redirect(f"{page.step.address}#evidence")


@login_required
@writes("governance.answer")
def evidence_public(
    request: HttpRequest, pk: int, code: str, evidence_pk: int, unit_pk: int | None = None
) -> HttpResponse:
    """Let everybody read a document once the map is published, or no longer."""
    key = (code, unit_pk)
    page = visible_question(request, pk, key)
    allow(request, "governance.answer", page.response)
    fillable = Response.objects.fillable_by(request.user)
    wanted = request.POST.get("public") == "yes"
    try:
        target = {"scope": fillable, "response_id": pk, "key": key, "evidence_id": evidence_pk}
        if not show_evidence(**target, public=wanted, by=request.user):
            raise Http404
        said = (
            _("Everybody can read it once the map is published."),
            _("Only people at work can read it now."),
        )
        messages.success(request, said[not wanted])
    except ResponseClosed:
        messages.warning(request, _("The answers were sent meanwhile, so nothing was changed."))
    return redirect(f"{page.step.address}#evidence")


@require_safe
def evidence_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file as a download, never as a page: whatever is in it does not run here."""
    evidence = find_file(pk=pk, user=request.user)
    if evidence is None or not evidence.file.storage.exists(evidence.file.name):
        raise Http404
    return file_reply(evidence)
