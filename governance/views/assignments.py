"""Who does what: in a response, and in the map."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from governance.enums import Group
from governance.forms.assignments import AssignForm, DueForm
from governance.models import Assignment
from governance.selectors.assignments import find_assignment
from governance.selectors.work_pages import WorkPage, map_work_page, response_work_page
from governance.services import assignments as services
from governance.views.maps import visible_map
from governance.views.responses import visible_response

OUT_OF_DATE = gettext_noop("This page is out of date, so nothing was saved. Load it again.")


def response_work(request: HttpRequest, pk: int) -> WorkPage:
    """404 for a stakeholder's response: it is one person's."""
    response = visible_response(request, pk)
    if response.group == Group.STAKEHOLDER:
        raise Http404
    return response_work_page(response=response, user=request.user)


def map_work(request: HttpRequest, pk: int) -> WorkPage:
    region_map = visible_map(request, pk)
    allow(request, "governance.discuss", region_map)
    return map_work_page(region_map=region_map, user=request.user)


def work_list(
    request: HttpRequest, page: WorkPage, *, form: AssignForm | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    due = page.region_map.exercise.due_on
    initial = {"due_on": due if due and due >= timezone.localdate() else None}
    form = form or AssignForm(page=page, initial=initial)
    return render(
        request, "governance/assignment_list.html", {"page": page, "form": form, **more}, status=status
    )


@login_required
def assignment_list(request: HttpRequest, pk: int) -> HttpResponse:
    return work_list(request, response_work(request, pk))


@login_required
def map_assignment_list(request: HttpRequest, pk: int) -> HttpResponse:
    return work_list(request, map_work(request, pk))


@login_required
@writes("governance.assign")
@once
def assignment_add(request: HttpRequest, pk: int) -> HttpResponse:
    return _give(request, response_work(request, pk))


@login_required
@writes("governance.assign")
@once
def map_assignment_add(request: HttpRequest, pk: int) -> HttpResponse:
    return _give(request, map_work(request, pk))


def _give(request: HttpRequest, page: WorkPage) -> HttpResponse:
    allow(request, "governance.assign", page.subject)
    form = AssignForm(request.POST, page=page)
    if not form.is_valid():
        return work_list(request, page, form=form, status=422)
    values = {name: form.cleaned_data[name] for name in ("person", "organisation", "email", "due_on")}
    new = services.assign(
        region_map=page.region_map,
        response=page.response,
        parts=form.cleaned_data["parts"],
        values=values,
        by=request.user,
    )
    text = ngettext("%(n)s part was assigned to %(who)s.", "%(n)s parts were assigned to %(who)s.", new)
    names = {"n": new, "who": values["organisation"] or values["person"]}
    messages.success(request, text % names if new else _("%(who)s has this already.") % names)
    return redirect(_address(page.region_map.pk, page.response))


def _address(map_id: int, response: Any) -> str:
    if response is not None:
        return reverse("governance:assignment_list", args=[response.pk])
    return reverse("governance:map_assignment_list", args=[map_id])


def visible_assignment(request: HttpRequest, pk: int, permission: str) -> Assignment:
    """The assignment, or 404; 403 for those who may not do this with it."""
    row = find_assignment(pk=pk, user=request.user)
    if row is None:
        raise Http404
    own = permission == "governance.finish_work"
    allow(request, permission, row if own else row.response or row.region_map)
    return row


def _again(request: HttpRequest, row: Assignment, *, status: int, **problem: Any) -> HttpResponse:
    """The page with the sentence about what was not saved."""
    page = response_work(request, row.response_id) if row.response else map_work(request, row.region_map_id)
    typed = request.POST.get("due_on", "")
    return work_list(request, page, status=status, refused=row.pk, typed=typed, **problem)


@login_required
@writes("governance.assign")
def assignment_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Another date, or none."""
    row = visible_assignment(request, pk, "governance.assign")
    form = DueForm(request.POST)
    if not form.is_valid():
        return _again(request, row, status=422, problems=_lines(row, form.errors["due_on"]))
    try:
        version = parse_version(request.POST.get("version"))
        services.change_due(row=row, due_on=form.cleaned_data["due_on"], expected=version, by=request.user)
    except VersionMissing:
        return _again(request, row, status=428, problems=_lines(row, [_(OUT_OF_DATE)]))
    except StaleVersion as stale:
        text = _("Somebody changed this date meanwhile to %(day)s. Yours was not saved.")
        problems = _lines(row, [text % {"day": stale.row.due_on or "–"}])  # type: ignore[attr-defined]
        return _again(request, row, status=409, problems=problems)
    messages.success(request, _("The date was changed."))
    return redirect(_address(row.region_map_id, row.response))


def _lines(row: Assignment, texts: Any) -> list[dict[str, str]]:
    return [{"text": str(text), "href": f"#due-{row.pk}"} for text in texts]


@login_required
@writes("governance.finish_work")
def assignment_finish(request: HttpRequest, pk: int) -> HttpResponse:
    row = visible_assignment(request, pk, "governance.finish_work")
    done = request.POST.get("done") == "yes"
    services.finish(row=row, done=done, by=request.user)
    messages.success(request, _("Marked as done.") if done else _("This is open again."))
    if request.POST.get("next") == "home":
        return redirect("governance:workspace")
    return redirect(_address(row.region_map_id, row.response))


@login_required
@writes("governance.assign")
def assignment_take(request: HttpRequest, pk: int) -> HttpResponse:
    row = visible_assignment(request, pk, "governance.assign")
    try:
        services.take_back(row=row, expected=parse_version(request.POST.get("version")), by=request.user)
        messages.success(request, _("%(who)s no longer has this part.") % {"who": row.who})
    except (StaleVersion, VersionMissing):
        messages.warning(request, _("This was changed meanwhile. Look at it again, then repeat the step."))
    return redirect(_address(row.region_map_id, row.response))
