"""The diagnosis of a region: public once published, a draft for the partnership before."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from cohes3ion.lib.tables import csv_text
from governance.selectors.workspaces import find_map
from journeys.selectors.diagnoses import draft_diagnosis, public_diagnosis
from journeys.selectors.figures import drawn, figures_of
from journeys.selectors.sources import published_source
from mapping.charts.download import standalone_svg
from mapping.charts.figure import Figure, figure_csv
from mapping.charts.plotly import plotly_figure


def region_detail(request: HttpRequest, slug: str) -> HttpResponse:
    page = public_diagnosis(slug=slug)
    if page is None:
        raise Http404
    return render(
        request, "journeys/region_detail.html", {"page": page, "project": page.source.exercise.project}
    )


@login_required
def diagnosis_draft(request: HttpRequest, pk: int) -> HttpResponse:
    region_map = find_map(pk=pk, user=request.user)
    if region_map is None:
        raise Http404
    page = draft_diagnosis(region_map=region_map, user=request.user)
    return render(
        request, "journeys/diagnosis_draft.html", {"page": page, "project": page.source.exercise.project}
    )


def published_figure(slug: str, key: str) -> Figure:
    source = published_source(slug=slug)
    figure = figures_of(source).get(key) if source else None
    if figure is None:
        raise Http404
    return figure


def attachment(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Language"] = get_language() or "en"
    return response


def figure_svg(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    figure = published_figure(slug, key)
    body = standalone_svg(figure, drawn(figure).svg)
    return attachment(HttpResponse(body, content_type="image/svg+xml"), f"{slug}-{key}.svg")


def figure_csv_file(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    body = csv_text(figure_csv(published_figure(slug, key)))
    return attachment(HttpResponse(body, content_type="text/csv; charset=utf-8"), f"{slug}-{key}.csv")


def figure_plotly(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    figure = published_figure(slug, key)
    if not drawn(figure).can_be_explored:
        raise Http404
    return JsonResponse(plotly_figure(figure))
