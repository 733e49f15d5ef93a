"""The assessment: task list, check page, sending and review."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from governance.forms.answers import ReturnForm
from governance.models import Response
from governance.selectors.responses import find_response, response_page
from governance.services.responses import (
    Incomplete,
    ResponseClosed,
    approve_response,
    return_response,
    submit_response,
)


def visible_response(request: HttpRequest, pk: int) -> Response:
    """The response, or 404: nobody learns that a response exists which they may not see."""
    response = find_response(pk=pk, user=request.user)
    if response is None:
        raise Http404
    return response


@login_required
def response_detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = response_page(response=visible_response(request, pk), user=request.user)
    return render(request, "governance/response_detail.html", {"page": page})


@login_required
def response_check(request: HttpRequest, pk: int) -> HttpResponse:
    page = response_page(response=visible_response(request, pk), user=request.user)
    return render(request, "governance/response_check.html", {"page": page})


@login_required
@writes("governance.submit")
def response_submit(request: HttpRequest, pk: int) -> HttpResponse:
    response = visible_response(request, pk)
    allow(request, "governance.submit", response)
    page = response_page(response=response, user=request.user)
    try:
        submit_response(response=response, missing=page.missing, by=request.user)
    except Incomplete:
        context = {"page": page, "incomplete": True}
        return render(request, "governance/response_check.html", context, status=422)
    except ResponseClosed:
        messages.warning(request, already_sent(response))
        return redirect("governance:response_detail", pk=pk)
    messages.success(request, _("The answers were sent. The coordinator can read them now."))
    return redirect("governance:response_detail", pk=pk)


def already_sent(response: Response) -> str:
    who = response.submitted_by or _("somebody")
    return _("The answers were sent already, by %(who)s.") % {"who": who}


@login_required
@writes("governance.review")
def response_return(request: HttpRequest, pk: int) -> HttpResponse:
    response = visible_response(request, pk)
    allow(request, "governance.review", response)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        page = response_page(response=response, user=request.user)
        return render(request, "governance/response_check.html", {"page": page, "form": form}, status=422)
    try:
        return_response(response=response, reason=form.cleaned_data["reason"])
        messages.success(request, _("The answers were returned with your reason."))
    except ResponseClosed:
        messages.warning(request, _("The answers are not sent, so there is nothing to return."))
    return redirect("governance:response_check", pk=pk)


@login_required
@writes("governance.review")
def response_approve(request: HttpRequest, pk: int) -> HttpResponse:
    response = visible_response(request, pk)
    allow(request, "governance.review", response)
    try:
        approve_response(response=response)
        messages.success(request, _("The answers were approved."))
    except ResponseClosed:
        messages.warning(request, _("Only answers that were sent can be approved."))
    return redirect("governance:response_check", pk=pk)
