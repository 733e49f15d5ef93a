"""Milestones, indicators and values of an action: added, saved field by field, removed."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import writes
from journeys.forms.plans import part_form
from journeys.models import Action
from journeys.selectors.actions import find_part
from journeys.services import plans as services
from journeys.services.plan_files import remove_with_files
from journeys.views.actions import action_context, action_place, own_action, part_place
from journeys.views.rows import removed, save_row, settled


@login_required
@writes("journeys.write_plan")
@once
def part_add(request: HttpRequest, pk: int, kind: str, owner: int) -> HttpResponse:
    """A milestone or an indicator of the action, or a value of one of its indicators."""
    action = own_action(request, pk)
    if kind not in services.PARTS:
        raise Http404
    whose = action if kind != "reading" else find_part(kind="indicator", pk=owner, action=action)
    if whose is None or (kind != "reading" and owner != pk):
        raise Http404
    key = f"new-{kind}-{owner}" if kind == "reading" else f"new-{kind}"
    form = part_form(kind)(request.POST, key=key)
    if not form.is_valid():
        return part_refused(request, action, kind, owner, form)
    try:
        row = services.add_part(kind=kind, owner=whose, values=form.cleaned_data, by=request.user)
    except services.ReadingExists:
        form.add_error("on", _("This day has a value already. Change that one, or choose another day."))
        return part_refused(request, action, kind, owner, form)
    here = f"{reverse('journeys:action_edit', args=[pk])}#{kind}-{row.pk}"
    return settled(request, here, _("Added."))


def part_refused(request: HttpRequest, action: Action, kind: str, owner: int, form: Any) -> HttpResponse:
    context = action_context(action, request.user)
    if kind == "reading":
        for entry in context["indicators"]:
            if entry["line"].row.pk == owner:
                entry["new"] = form
    else:
        context[f"new_{kind}"] = form
    context |= {"item": action_place(action, request.user).shown(), "form": form}
    return render(request, "journeys/action_edit.html", context, status=422)


def own_part(request: HttpRequest, kind: str, pk: int) -> tuple[Any, Action]:
    row = find_part(kind=kind, pk=pk, user=request.user) if kind in services.PARTS else None
    if row is None:
        raise Http404
    owner = row.indicator if kind == "reading" else row
    return row, own_action(request, owner.action_id)


@login_required
@writes("journeys.write_plan")
def part_save(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    row, action = own_part(request, kind, pk)
    return save_row(request, part_place(kind, row, action, request.user))


@login_required
@writes("journeys.write_plan")
def part_remove(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    row, action = own_part(request, kind, pk)
    back = reverse("journeys:action_edit", args=[action.pk])
    said = _("“%(title)s” was removed.") % {"title": row}
    return removed(request, partial(remove_with_files, row=row), back=back, after=back, said=said)
