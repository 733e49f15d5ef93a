"""Downloads of the start page's figures."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from cohes3ion.lib.public_pages import public_page
from cohes3ion.lib.tables import csv_text
from journeys.selectors.starts import PublicExercise, public_exercise
from journeys.views.diagnoses import attachment
from mapping.charts.download import standalone_svg
from mapping.charts.figure import figure_csv as figure_rows
from mapping.charts.plotly import plotly_figure


def _published(slug: str, key: str) -> PublicExercise:
    """The exercise whose figure it is: the regions by theme, or the map."""
    exercise = public_exercise(slug=slug)
    if exercise is None or key not in exercise.figures:
        raise Http404
    return exercise


@public_page
def exercise_figure_svg(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    exercise = _published(slug, key)
    body = standalone_svg(exercise.figures[key], exercise.drawing(key))
    return attachment(HttpResponse(body, content_type="image/svg+xml"), f"{slug}-{key}.svg")


@public_page
def exercise_figure_csv(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    body = csv_text(figure_rows(_published(slug, key).figures[key]))
    return attachment(HttpResponse(body, content_type="text/csv; charset=utf-8"), f"{slug}-{key}.csv")


@public_page
def exercise_figure_plotly(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    exercise = _published(slug, key)
    if key != "map":
        raise Http404
    return JsonResponse(plotly_figure(exercise.figures[key], shapes=exercise.shapes))
