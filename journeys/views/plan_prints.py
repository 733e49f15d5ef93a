"""A plan as PDF: asked for by partners, read by whoever reads the plan."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cohes3ion.accounts.limits import ORDERS, limited
from cohes3ion.lib.decorators import allow, writes
from journeys.jobs import start_plan_print
from journeys.models import PlanPrint
from journeys.selectors.plan_prints import find_print
from journeys.views.plans import visible_plan


@login_required
@writes("journeys.see_board")
@limited(ORDERS)
def print_start(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    allow(request, "journeys.see_board", plan.region_map)
    _row, is_new = start_plan_print(plan=plan, by=request.user)
    if not is_new:
        messages.info(request, _("Nothing changed since this PDF was made, so it is shown again."))
    return redirect("journeys:plan_detail", pk=pk)


def visible_print(request: HttpRequest, pk: int) -> PlanPrint:
    row = find_print(pk=pk, user=request.user)
    if row is None:
        raise Http404
    return row


def print_status(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "journeys/_plan_print.html", {"print": visible_print(request, pk)})


def print_download(request: HttpRequest, pk: int) -> FileResponse:
    row = visible_print(request, pk)
    if not row.file:
        raise Http404
    name = slugify(f"{row.plan} {row.created_at:%Y-%m-%d}")
    reply = FileResponse(row.file.open("rb"), as_attachment=True, filename=f"{name}.pdf")
    reply["Content-Type"] = "application/pdf"
    return reply
