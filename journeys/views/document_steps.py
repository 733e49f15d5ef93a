"""A document is put on the public pages, and taken off them again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.publication import NotPublic
from cohes3ion.lib.withdrawals import WithdrawForm
from journeys.models import Document
from journeys.services.documents import NotPublishable, publish_document, withdraw_document
from journeys.views.documents import shown_workspace, visible_document, workspace_address


@login_required
@writes("journeys.publish_document")
def document_publish(request: HttpRequest, pk: int) -> HttpResponse:
    document = visible_document(request, pk)
    allow(request, "journeys.publish_document", document)
    try:
        publish_document(document=document, by=request.user)
        messages.success(request, _("The document is public now."))
    except NotPublishable:
        messages.warning(request, _("A draft is not published. Make the document without the draft mark."))
    return redirect(workspace_address(document.exercise, document.region))


@login_required
@writes("journeys.publish_document")
def document_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    document = visible_document(request, pk)
    allow(request, "journeys.publish_document", document)
    form = WithdrawForm(request.POST, auto_id="withdraw-%s")
    if not form.is_valid():
        return shown_workspace(request, document.exercise, document.region, form)
    try:
        before = withdraw_document(document=document, by=request.user, **form.cleaned_data)
    except NotPublic:
        messages.warning(request, _("This document is not public, so nothing was done."))
    else:
        messages.success(request, withdrawn_sentence(before))
    return redirect(workspace_address(document.exercise, document.region))


def withdrawn_sentence(before: Document | None) -> str:
    if before is None:
        return _("Withdrawn. No document of this kind is public now.")
    return _("Withdrawn. Edition %(edition)d is public again.") % {"edition": before.edition}
