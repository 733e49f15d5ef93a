"""Action plans: what everybody reads, and where a region's team writes them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.list_pages import Paginator
from governance.selectors.synthesis import reached_map
from journeys.enums import ActionState
from journeys.forms.plans import NewPlanForm
from journeys.models import ActionPlan
from journeys.selectors.plans import as_cards, find_plan, map_plans, plan_cards, plan_page
from journeys.services import plans as services
from mapping.models import RegionMap

ON_A_PAGE = 30


def plan_list(request: HttpRequest) -> HttpResponse:
    """Plans the reader sees, narrowed by a word and by what their actions are doing."""
    wanted = request.GET.get("q", "").strip()[:100]
    state = request.GET.get("state", "")
    state = state if state in ActionState.values else ""
    pages = Paginator(plan_cards(user=request.user, wanted=wanted, state=state), ON_A_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    context = {
        "shown": shown,
        "cards": as_cards(shown),
        "wanted": wanted,
        "state": state,
        "states": ActionState.choices,
    }
    return render(request, "journeys/plan_list.html", context)


def visible_plan(request: HttpRequest, pk: int) -> ActionPlan:
    plan = find_plan(pk=pk, user=request.user)
    if plan is None:
        raise Http404
    return plan


def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = plan_page(plan=visible_plan(request, pk), user=request.user)
    return render(request, "journeys/plan_detail.html", {"page": page, "project": page.project})


@login_required
def plan_board(request: HttpRequest, pk: int) -> HttpResponse:
    """The actions by state; moving is a form, so a mouse is not needed."""
    plan = visible_plan(request, pk)
    allow(request, "journeys.see_board", plan.region_map)
    return render(request, "journeys/plan_board.html", {"page": plan_page(plan=plan, user=request.user)})


def partner_map(request: HttpRequest, pk: int) -> RegionMap:
    region_map = reached_map(pk=pk, user=request.user)
    if region_map is None:
        raise Http404
    return region_map


@login_required
def plan_workspace(request: HttpRequest, pk: int) -> HttpResponse:
    region_map = partner_map(request, pk)
    allow(request, "journeys.see_board", region_map)
    page = map_plans(region_map=region_map, user=request.user)
    return render(request, "journeys/plan_workspace.html", {"page": page, "form": NewPlanForm()})


@login_required
@writes("journeys.write_plan")
@once
def plan_add(request: HttpRequest, pk: int) -> HttpResponse:
    region_map = partner_map(request, pk)
    allow(request, "journeys.write_plan", region_map)
    form = NewPlanForm(request.POST)
    if not form.is_valid():
        page = map_plans(region_map=region_map, user=request.user)
        return render(request, "journeys/plan_workspace.html", {"page": page, "form": form}, status=422)
    plan = services.create_plan(region_map=region_map, title=form.cleaned_data["title"], by=request.user)
    messages.success(request, _("Made. Write what it wants to improve, then add its actions."))
    return redirect("journeys:plan_edit", pk=plan.pk)
