"""The actions of a plan, their milestones, indicators and values: written where the team works."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from journeys.forms.plans import ActionForm, NewActionForm, ReadingFileForm, StateForm, part_form
from journeys.models import Action
from journeys.selectors.actions import (
    ActionPage,
    action_choices,
    action_page,
    area_choices,
    find_action,
)
from journeys.services import plans as services
from journeys.services.plan_files import remove_with_files
from journeys.services.rows import move_row
from journeys.views.plan_editing import edit_context, own_plan, plan_place
from journeys.views.rows import Place, moved, removed, save_row, settled


def own_action(request: HttpRequest, pk: int) -> Action:
    """404 for those who do not see it, 403 for those who only read."""
    action = find_action(pk=pk, user=request.user)
    if action is None:
        raise Http404
    allow(request, "journeys.write_plan", action.plan.region_map)
    return action


def action_place(action: Action, user: Any) -> Place:
    def page(item: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        return "journeys/action_edit.html", action_context(action, user) | {"item": item}

    return Place(
        row=action,
        form_class=ActionForm,
        key=f"action-{action.pk}",
        action=reverse("journeys:action_save", args=[action.pk]),
        back=reverse("journeys:action_edit", args=[action.pk]),
        page=page,
        choices=action_choices(action=action, user=user),
    )


def part_place(kind: str, row: Any, action: Action, user: Any) -> Place:
    """A milestone, an indicator or a value on the page of its action."""
    key = f"{kind}-{row.pk}"

    def page(item: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        context = action_context(action, user, refused=item)
        return "journeys/action_edit.html", context | {"item": action_place(action, user).shown()}

    return Place(
        row=row,
        form_class=part_form(kind),
        key=key,
        action=reverse("journeys:part_save", args=[kind, row.pk]),
        back=f"{reverse('journeys:action_edit', args=[action.pk])}#{key}",
        page=page,
    )


def file_parts(row: Any) -> dict[str, Any]:
    """For the file of a value. It is sent apart: fields that save by themselves send no files."""
    return {
        "file_form": ReadingFileForm(auto_id=f"file-{row.pk}-%s"),
        "file_version": row.version_of("file"),
    }


def action_context(action: Action, user: Any, *, refused: Any = None) -> dict[str, Any]:
    page: ActionPage = action_page(action=action, user=user)

    def shown(kind: str, row: Any) -> dict[str, Any]:
        place = part_place(kind, row, action, user)
        return refused if refused and refused["place"].key == place.key else place.shown()

    indicators = [
        {
            "line": line,
            "item": shown("indicator", line.row),
            "readings": [shown("reading", row) | file_parts(row) for row in line.readings],
            "new": part_form("reading")(key=f"new-reading-{line.row.pk}"),
        }
        for line in page.line.indicators
    ]
    return {
        "page": page,
        "milestones": [shown("milestone", row) for row in page.line.milestones],
        "indicators": indicators,
        "new_milestone": part_form("milestone")(key="new-milestone"),
        "new_indicator": part_form("indicator")(key="new-indicator"),
        "refused": refused,
    }


@login_required
@writes("journeys.write_plan")
@once
def action_add(request: HttpRequest, pk: int) -> HttpResponse:
    plan = own_plan(request, pk)
    form = NewActionForm(request.POST, areas=area_choices(region_map=plan.region_map))
    if not form.is_valid():
        context = edit_context(plan, request.user) | {"item": plan_place(plan, request.user).shown()}
        return render(request, "journeys/plan_edit.html", context | {"new": form}, status=422)
    values = form.cleaned_data
    action = services.add_action(plan=plan, title=values["title"], areas=values["areas"], by=request.user)
    messages.success(request, _("Added. Write what will be done, by whom and until when."))
    return redirect("journeys:action_edit", pk=action.pk)


@login_required
def action_edit(request: HttpRequest, pk: int) -> HttpResponse:
    action = own_action(request, pk)
    context = action_context(action, request.user)
    context["item"] = action_place(action, request.user).shown()
    return render(request, "journeys/action_edit.html", context)


@login_required
@writes("journeys.write_plan")
def action_save(request: HttpRequest, pk: int) -> HttpResponse:
    return save_row(request, action_place(own_action(request, pk), request.user))


@login_required
@writes("journeys.write_plan")
def action_move(request: HttpRequest, pk: int) -> HttpResponse:
    """To another column of the board, on the version the person saw."""
    action = own_action(request, pk)
    back = f"{reverse('journeys:plan_board', args=[action.plan_id])}#action-{pk}"
    form = StateForm(request.POST)
    if not form.is_valid():
        return settled(request, back, _("Not moved: choose one of the columns."))
    try:
        row = services.move_action(
            action=action,
            state=form.cleaned_data["state"],
            expected=parse_version(request.POST.get("version")),
            by=request.user,
        )
    except (StaleVersion, VersionMissing):
        return settled(request, back, _("Not moved: a colleague moved it meanwhile."))
    said = _("“%(title)s” is now: %(state)s.") % {"title": row, "state": row.get_state_display()}
    return settled(request, back, said)


@login_required
@writes("journeys.write_plan")
def action_order(request: HttpRequest, pk: int) -> HttpResponse:
    action = own_action(request, pk)
    back = f"{reverse('journeys:plan_edit', args=[action.plan_id])}#action-{pk}"
    return moved(request, back, partial(move_row, row=action, within="plan"))


@login_required
@writes("journeys.write_plan")
def action_remove(request: HttpRequest, pk: int) -> HttpResponse:
    action = own_action(request, pk)
    back = reverse("journeys:action_edit", args=[pk])
    after = reverse("journeys:plan_edit", args=[action.plan_id])
    said = _("“%(title)s” was removed.") % {"title": action}
    return removed(
        request, partial(remove_with_files, row=action), back=back, after=after, said=said, is_sure=True
    )
