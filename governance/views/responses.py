"""The assessment: task list, check page, sending and review."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from governance.forms.answers import ReturnForm
from governance.models import Response
from governance.selectors.questions import task_page
from governance.selectors.responses import find_response
from governance.selectors.reviews import review_steps
from governance.services.answer_rows import ResponseClosed
from governance.services.responses import (
    Incomplete,
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
    page = task_page(response=visible_response(request, pk), user=request.user)
    return render(request, "governance/response_detail.html", {"page": page})


@login_required
def response_check(request: HttpRequest, pk: int) -> HttpResponse:
    return check_page(request, visible_response(request, pk), form=ReturnForm())


def check_page(request: HttpRequest, response: Response, *, status: int = 200, **more: Any) -> HttpResponse:
    page = task_page(response=response, user=request.user)
    more["steps"] = review_steps(response=response)
    return render(request, "governance/response_check.html", {"page": page, **more}, status=status)


@login_required
@writes("governance.submit")
def response_submit(request: HttpRequest, pk: int) -> HttpResponse:
    response = visible_response(request, pk)
    allow(request, "governance.submit", response)
    try:
        submit_response(response=response, by=request.user)
    except Incomplete:
        return check_page(request, response, status=422, incomplete=True)
    except ResponseClosed:
        messages.warning(request, why_closed(visible_response(request, pk)))
        return redirect("governance:response_detail", pk=pk)
    messages.success(request, _("The answers were sent. You can still read them here."))
    return redirect("governance:response_detail", pk=pk)


def why_closed(response: Response) -> str:
    exercise = response.region_map.exercise
    if response.is_writable and exercise.closes_at is not None and not exercise.accepts_answers:
        return _("Closed on %(when)s. Your answers are kept, but were not sent.") % {
            "when": exercise.closing_time
        }
    if response.is_writable:
        return _("This round is closed, so answers can no longer be sent. Ask the coordinator.")
    when = timezone.localtime(response.submitted_at)
    return _("The answers were sent already, by %(who)s on %(day)s at %(time)s.") % {
        "who": response.submitted_by or _("somebody else"),
        "day": date_format(when, "j F"),
        "time": date_format(when, "H:i"),
    }


@login_required
@writes("governance.review")
def response_return(request: HttpRequest, pk: int) -> HttpResponse:
    response = visible_response(request, pk)
    allow(request, "governance.review", response)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return check_page(request, response, status=422, form=form)
    try:
        return_response(response=response, reason=form.cleaned_data["reason"], by=request.user)
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
        approve_response(response=response, by=request.user)
        messages.success(request, _("The answers were approved."))
    except ResponseClosed:
        messages.warning(request, _("Only answers that were sent can be approved."))
    return redirect("governance:response_check", pk=pk)
