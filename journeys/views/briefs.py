"""Steering briefs of a region: asked for, made by a worker, opened by who steers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cohes3ion.accounts.limits import ORDERS, limited
from cohes3ion.lib.decorators import allow, writes
from journeys.forms.briefs import BriefForm
from journeys.jobs import start_brief
from journeys.models import Brief
from journeys.selectors.briefs import brief_page, find_brief_map
from mapping.models import RegionMap


def steered_map(request: HttpRequest, pk: int) -> RegionMap:
    """The map, for those who read its briefs: 404 first, then 403."""
    region_map = find_brief_map(pk=pk, user=request.user)
    if region_map is None:
        raise Http404
    allow(request, "journeys.make_brief", region_map)
    return region_map


@login_required
def brief_list(request: HttpRequest, pk: int) -> HttpResponse:
    page = brief_page(region_map=steered_map(request, pk), user=request.user)
    form = BriefForm(initial={"since": page.since})
    return render(request, "journeys/brief_list.html", {"page": page, "form": form})


@login_required
@writes("journeys.make_brief")
@limited(ORDERS)
def brief_start(request: HttpRequest, pk: int) -> HttpResponse:
    region_map = steered_map(request, pk)
    form = BriefForm(request.POST)
    if not form.is_valid():
        page = brief_page(region_map=region_map, user=request.user)
        return render(request, "journeys/brief_list.html", {"page": page, "form": form}, status=422)
    _row, is_new = start_brief(region_map=region_map, since=form.cleaned_data["since"], by=request.user)
    if not is_new:
        messages.info(request, _("Nothing changed since this brief was made, so it is shown again."))
    return redirect("journeys:brief_list", pk=pk)


def visible_brief(request: HttpRequest, pk: int) -> Brief:
    rows = Brief.objects.visible_to(request.user).select_related("exercise", "region").defer("content")
    brief = rows.filter(pk=pk).first()
    if brief is None:
        raise Http404
    return brief


@login_required
def brief_status(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "journeys/_brief_job.html", {"brief": visible_brief(request, pk)})


@login_required
def brief_download(request: HttpRequest, pk: int) -> FileResponse:
    brief = visible_brief(request, pk)
    if not brief.file:
        raise Http404
    name = slugify(f"steering-brief {brief.region} {brief.created_at:%Y-%m-%d}")
    response = FileResponse(brief.file.open("rb"), as_attachment=True, filename=f"{name}.pdf")
    response["Content-Type"] = "application/pdf"
    return response
