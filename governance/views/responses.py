"""The assessment: task list, check page, and sending."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from governance.forms.reviews import ReturnForm
from governance.models import Response
from governance.selectors.questions import task_page
from governance.selectors.responses import find_response
from governance.selectors.reviews import changes_for_review, review_steps
from governance.services.answer_rows import ResponseClosed
from governance.services.responses import Incomplete, submit_response


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
    return check_page(request, visible_response(request, pk))


def check_page(
    request: HttpRequest, response: Response, *, sent: Any = None, status: int = 200, **more: Any
) -> HttpResponse:
    """All answers together; for who reviews them also what changed, and a place for remarks."""
    page = task_page(response=response, user=request.user)
    more["steps"] = review_steps(response=response)
    if page.page.may_review and not response.is_writable:
        form = ReturnForm(sent, page=page.page)
        if sent is not None:
            form.is_valid()
        more |= {"form": form, "at_sections": form.by_section(), "at_answers": form.by_place()}
        more["changes"] = changes_for_review(response=response, history=more["steps"], steps=page.page.steps)
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
    if response.is_writable and exercise.has_passed:
        return _("Closed on %(when)s. Your answers are kept, but were not sent.") % {
            "when": exercise.closing_time
        }
    if response.is_writable:
        return _("This round is closed, so answers can no longer be sent. Ask the coordinator.")
    when = timezone.localtime(response.submitted_at)
    return _("The answers were sent already, by %(who)s on %(day)s at %(time)s.") % {
        "who": response.submitted_by or _("somebody else"),
        "day": date_format(when, "MONTH_DAY_FORMAT"),
        "time": date_format(when, "H:i"),
    }
