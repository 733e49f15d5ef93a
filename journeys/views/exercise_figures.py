"""Downloads of the start page's figures."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from cohes3ion.lib.tables import csv_text
from journeys.selectors.starts import exercise_drawing, exercise_figures, exercise_shapes
from journeys.views.diagnoses import attachment
from mapping.charts.download import standalone_svg
from mapping.charts.figure import Figure
from mapping.charts.figure import figure_csv as figure_rows
from mapping.charts.plotly import plotly_figure


def _published(slug: str, key: str) -> Figure:
    """A figure of the start page: the regions by theme, or the map."""
    figure = exercise_figures(slug=slug).get(key)
    if figure is None:
        raise Http404
    return figure


def exercise_figure_svg(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    figure = _published(slug, key)
    body = standalone_svg(figure, exercise_drawing(figure, slug=slug))
    return attachment(HttpResponse(body, content_type="image/svg+xml"), f"{slug}-{key}.svg")


def exercise_figure_csv(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    body = csv_text(figure_rows(_published(slug, key)))
    return attachment(HttpResponse(body, content_type="text/csv; charset=utf-8"), f"{slug}-{key}.csv")


def exercise_figure_plotly(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    figure = _published(slug, key)
    if figure.key != "map":
        raise Http404
    return JsonResponse(plotly_figure(figure, shapes=exercise_shapes(slug=slug)))
