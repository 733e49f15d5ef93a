"""A plan as its team writes it: its fields, releasing it, removing it."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from journeys.forms.plans import NewActionForm, PlanForm
from journeys.models import ActionPlan
from journeys.selectors.actions import area_choices
from journeys.selectors.plans import plan_page
from journeys.services import plans as services
from journeys.services.plan_files import remove_with_files
from journeys.views.plans import visible_plan
from journeys.views.rows import Place, released, removed, save_row


def own_plan(request: HttpRequest, pk: int, permission: str = "journeys.write_plan") -> ActionPlan:
    """404 for those who do not see it, 403 for those who only read."""
    plan = visible_plan(request, pk)
    allow(request, permission, plan.region_map)
    return plan


def plan_place(plan: ActionPlan, user: Any) -> Place:
    address = reverse("journeys:plan_edit", args=[plan.pk])

    def page(item: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        return "journeys/plan_edit.html", edit_context(plan, user) | {"item": item}

    return Place(
        row=plan,
        form_class=PlanForm,
        key=f"plan-{plan.pk}",
        action=reverse("journeys:plan_save", args=[plan.pk]),
        back=address,
        page=page,
    )


def edit_context(plan: ActionPlan, user: Any) -> dict[str, Any]:
    choices = area_choices(region_map=plan.region_map)
    return {"page": plan_page(plan=plan, user=user), "new": NewActionForm(areas=choices)}


@login_required
def plan_edit(request: HttpRequest, pk: int) -> HttpResponse:
    plan = own_plan(request, pk)
    context = edit_context(plan, request.user) | {"item": plan_place(plan, request.user).shown()}
    return render(request, "journeys/plan_edit.html", context)


@login_required
@writes("journeys.write_plan")
def plan_save(request: HttpRequest, pk: int) -> HttpResponse:
    return save_row(request, plan_place(own_plan(request, pk), request.user))


@login_required
@writes("journeys.publish_plan")
def plan_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Release it, or take it back; the version is that of the whole act."""
    plan = own_plan(request, pk, "journeys.publish_plan")
    back = reverse("journeys:plan_edit", args=[pk])
    return released(
        request,
        back,
        partial(services.publish_plan, plan=plan),
        shown=_("Released. Everybody sees it as soon as the map is published."),
        hidden=_("The plan is for the partnership alone again."),
    )


@login_required
@writes("journeys.write_plan")
def plan_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan without a tick on "I am sure", or changed meanwhile, stays."""
    plan = own_plan(request, pk)
    back = reverse("journeys:plan_edit", args=[pk])
    after = reverse("journeys:plan_workspace", args=[plan.region_map_id])
    said = _("“%(title)s” was removed.") % {"title": plan}
    return removed(
        request, partial(remove_with_files, row=plan), back=back, after=after, said=said, is_sure=True
    )
