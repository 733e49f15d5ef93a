"""Workbooks of published content, written by a worker."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods

from cohes3ion.accounts.limits import ORDERS, limited
from governance.models import MapEdition
from journeys.enums import ExportFormat
from journeys.jobs import start_export
from journeys.models import Export
from journeys.services.exports import NothingPublished
from mapping.models import Exercise, Region


def published_scope(request: HttpRequest, slug: str) -> tuple[Exercise, Region | None]:
    """An exercise, or one region of it, with something published; 404 otherwise."""
    editions = MapEdition.objects.filter(withdrawn_at=None, region_map__exercise__slug=slug)
    wanted = request.POST.get("region") or request.GET.get("region")
    if wanted:
        editions = editions.filter(region_map__region__slug=wanted)
    edition = editions.select_related("region_map__exercise__project", "region_map__region").first()
    if edition is None:
        raise Http404
    return edition.region_map.exercise, edition.region_map.region if wanted else None


@require_http_methods(["GET", "HEAD", "POST"])
@limited(ORDERS)
def export_start(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a format; ordering the same content again leads to the same file."""
    exercise, region = published_scope(request, slug)
    context = {"exercise": exercise, "region": region, "formats": ExportFormat.choices}
    if request.method != "POST":
        return render(request, "journeys/export_start.html", context)
    form = request.POST.get("format", "")
    if form not in ExportFormat.values:
        return render(request, "journeys/export_start.html", {**context, "wrong_format": True}, status=422)
    try:
        row, _is_new = start_export(exercise=exercise, region=region, form=form, by=request.user)
    except NothingPublished:
        raise Http404 from None
    return redirect("journeys:export_detail", pk=row.pk)


def visible_export(request: HttpRequest, pk: int) -> Export:
    rows = Export.objects.visible_to(request.user).select_related("exercise", "region").defer("content")
    export = rows.filter(pk=pk).first()
    if export is None:
        raise Http404
    return export


def export_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "journeys/export_detail.html", {"page": visible_export(request, pk)})


def export_download(request: HttpRequest, pk: int) -> FileResponse:
    export = visible_export(request, pk)
    if not export.file:
        raise Http404
    ending = "xlsx" if export.format == ExportFormat.XLSX else "zip"
    name = slugify(str(export.region or export.exercise.slug))
    return FileResponse(export.file.open("rb"), as_attachment=True, filename=f"{name}.{ending}")
