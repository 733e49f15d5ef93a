"""The history of an answer, an old version standing again, and what changed since a day or with a version."""

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.differences import newest_two
from cohes3ion.lib.versions import VersionMissing, parse_version
from governance.forms.history import RestoreForm, SinceForm
from governance.models import Response
from governance.selectors.carried import carried_pages
from governance.selectors.changes import answer_changes, comparison, response_changes
from governance.selectors.questions import QuestionPage
from governance.selectors.reviews import last_round
from governance.selectors.workshops import settled_about
from governance.services.answer_rows import NotAsked, ResponseClosed
from governance.services.restoring import restore_answer
from governance.views.answers import visible_question
from governance.views.removed import says_why_hidden
from governance.views.responses import visible_response

A_MONTH = dt.timedelta(days=30)


REASONS = {
    409: _("Somebody changed this meanwhile. Look at the newest version below, then choose again."),
    422: _("Choose a version of the list."),
    423: _("The answers were sent, so nothing can change."),
    428: _("This page is out of date. Load it again."),
}


def history_page(
    request: HttpRequest, page: QuestionPage, *, status: int = 200, reason: int = 0
) -> HttpResponse:
    changes = answer_changes(page.step, response=page.response)
    asked = request.GET.get("first", ""), request.GET.get("second", "")
    first, second = asked if any(asked) else newest_two(changes)
    context = {
        "page": page,
        "changes": changes,
        "settled": settled_about(page.step, response=page.response, user=request.user),
        "first": first,
        "second": second,
        "versions": [item for item in changes if item.field],
        "compared": comparison(changes, first=asked[0], second=asked[1]),
        "asked": any(asked),
        "problem": REASONS.get(reason or status, ""),
    }
    return render(request, "governance/answer_history.html", context, status=status)


@login_required
@says_why_hidden
def answer_history(request: HttpRequest, pk: int, code: str, unit_pk: int | None = None) -> HttpResponse:
    return history_page(request, visible_question(request, pk, (code, unit_pk)))


@login_required
@writes("governance.answer")
def answer_restore(request: HttpRequest, pk: int, code: str, unit_pk: int | None = None) -> HttpResponse:
    key = (code, unit_pk)
    page = visible_question(request, pk, key)
    allow(request, "governance.answer", page.response)
    form = RestoreForm(request.POST)
    if not form.is_valid():
        return history_page(request, page, status=422)
    try:
        wanted = form.wanted(parse_version(request.POST.get("version")))
        fillable = Response.objects.fillable_by(request.user)
        _row, stale = restore_answer(scope=fillable, response_id=pk, key=key, wanted=wanted, by=request.user)
    except VersionMissing:
        return history_page(request, page, status=428)
    except NotAsked as problem:
        raise Http404 from problem
    except ResponseClosed:
        return history_page(request, page, status=409, reason=423)
    if stale:
        return history_page(request, visible_question(request, pk, key), status=409)
    messages.success(request, _("The old version stands again. What stood there before is kept below."))
    return redirect(f"{page.step.address}history/")


@login_required
def changes_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed in a response since the last round of its review, or since a chosen day."""
    response = visible_response(request, pk)
    form = SinceForm(request.GET or None)
    last = last_round(response=response)
    since = form.moment(last or timezone.now() - A_MONTH)
    changed = response_changes(response=response, since=since)
    context = {"response": response, "form": form, "since": since, "last": last, "changed": changed}
    return render(request, "governance/changes_list.html", context)


@login_required
def carried_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of each answer when the questionnaire changed, with the answers that were dropped."""
    response = visible_response(request, pk)
    context = {"response": response, "pages": carried_pages(response=response, user=request.user)}
    return render(request, "governance/carried_list.html", context)
