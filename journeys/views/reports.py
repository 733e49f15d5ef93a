"""The numbers a project reports, with the rows behind each of them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cohes3ion.accounts.limits import ORDERS, always, limited
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.tables import xlsx_bytes
from journeys.enums import ProjectIndicator
from journeys.forms.reports import TargetForm
from journeys.models import ProjectTarget
from journeys.selectors.reports import find_project, project_report, report_sheets
from journeys.services.reports import kept_target
from journeys.views.rows import Place, save_row
from mapping.models import Project

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def reported_project(request: HttpRequest, slug: str) -> Project:
    """404 for strangers, 403 for those of the public who know its name."""
    project = find_project(slug=slug, user=request.user)
    if project is None:
        raise Http404
    allow(request, "journeys.see_board", project)
    return project


def target_place(project: Project, row: ProjectTarget, user: Any) -> Place:
    def page(item: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        return "journeys/report_detail.html", report_context(project, user, refused=item)

    back = reverse("journeys:report_detail", args=[project.slug])
    return Place(
        row=row,
        form_class=TargetForm,
        key=f"target-{row.indicator}",
        action=reverse("journeys:report_target", args=[project.slug, row.indicator]),
        back=f"{back}#{row.indicator}",
        page=page,
    )


def report_context(project: Project, user: Any, *, refused: Any = None) -> dict[str, Any]:
    page = project_report(project=project, user=user)
    lines = []
    for line in page.lines:
        item = None
        if page.may_set:
            place = target_place(project, line.target, user)
            item = refused if refused and refused["place"].key == place.key else place.shown()
        lines.append((line, item))
    return {"page": page, "lines": lines, "project": project, "refused": refused}


@login_required
def report_detail(request: HttpRequest, slug: str) -> HttpResponse:
    project = reported_project(request, slug)
    return render(request, "journeys/report_detail.html", report_context(project, request.user))


@login_required
@writes("journeys.set_targets")
def report_target(request: HttpRequest, slug: str, indicator: str) -> HttpResponse:
    project = reported_project(request, slug)
    allow(request, "journeys.set_targets", project)
    if indicator not in ProjectIndicator.values:
        raise Http404
    row = kept_target(project=project, indicator=indicator)
    return save_row(request, target_place(project, row, request.user))


@login_required
@limited(ORDERS, counts=always)
def report_download(request: HttpRequest, slug: str) -> HttpResponse:
    """The report as a workbook, one sheet per indicator."""
    project = reported_project(request, slug)
    report = project_report(project=project, user=request.user)
    reply = HttpResponse(xlsx_bytes(report_sheets(report)), content_type=XLSX)
    name = f"{project.slug}-{timezone.localdate():%Y-%m-%d}.xlsx"
    reply["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply
