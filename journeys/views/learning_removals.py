"""Ask before something of a journey is removed, then remove it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from journeys.selectors.visits import (
    partner_journeys,
    partner_questions,
    partner_takeaways,
    partner_visits,
)
from journeys.services.rows import remove_row


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What can be removed: where it is found, what allows it, where one is before and after."""

    rows: Any
    permission: str
    question: Any
    after: Any
    before: Any


def _exchange(row: Any) -> str:
    return reverse("journeys:visit_exchange", args=[row.visit_id])


KINDS = {
    "journey": Kind(
        rows=partner_journeys,
        permission="journeys.write_journey",
        question=gettext_lazy("Remove this journey with all its visits and takeaways?"),
        before=lambda row: reverse("journeys:journey_edit", args=[row.slug]),
        after=lambda row: reverse("journeys:journey_list"),
    ),
    "visit": Kind(
        rows=partner_visits,
        permission="journeys.write_journey",
        question=gettext_lazy("Remove this visit with its questions and takeaways?"),
        before=lambda row: reverse("journeys:visit_edit", args=[row.pk]),
        after=lambda row: reverse("journeys:journey_edit", args=[row.journey.slug]),
    ),
    "question": Kind(
        rows=partner_questions,
        permission="journeys.write_question",
        question=gettext_lazy("Remove this question and its answer?"),
        before=_exchange,
        after=_exchange,
    ),
    "takeaway": Kind(
        rows=partner_takeaways,
        permission="journeys.write_takeaway",
        question=gettext_lazy("Remove this takeaway?"),
        before=_exchange,
        after=_exchange,
    ),
}


def removable(request: HttpRequest, kind: str, pk: int) -> tuple[Kind, Any]:
    found = KINDS.get(kind)
    if found is None:
        raise Http404
    row = get_object_or_404(found.rows(request.user), pk=pk)
    allow(request, found.permission, row)
    return found, row


def _page(request: HttpRequest, name: str, kind: Kind, row: Any, **more: Any) -> dict[str, Any]:
    return {"kind": name, "question": kind.question, "row": row, "back": kind.before(row), **more}


@login_required
def learning_confirm(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    found, row = removable(request, kind, pk)
    return render(request, "journeys/learning_confirm.html", _page(request, kind, found, row))


@login_required
@writes("journeys.write_journey")
def learning_remove(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    found, row = removable(request, kind, pk)
    address = found.after(row)
    try:
        remove_row(row=row, expected=parse_version(request.POST.get("version")), by=request.user)
    except (StaleVersion, VersionMissing):
        context = _page(request, kind, found, row, changed=True)
        return render(request, "journeys/learning_confirm.html", context, status=409)
    messages.success(request, _("Removed."))
    return redirect(address)
