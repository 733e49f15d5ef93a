"""The diagnosis of a region: public once published, a draft for the partnership before."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.public_pages import public_page
from cohes3ion.lib.tables import csv_text
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from governance.selectors.workspaces import find_map
from journeys.forms.documents import SentenceForm
from journeys.selectors.diagnoses import draft_diagnosis, public_diagnosis
from journeys.selectors.figures import EXPLORABLE, drawn, figures_of
from journeys.selectors.map_pages import public_map
from journeys.selectors.sources import published_source
from journeys.services.summaries import save_sentence
from mapping.charts.download import standalone_svg
from mapping.charts.figure import Figure
from mapping.charts.figure import figure_csv as figure_rows
from mapping.charts.plotly import plotly_figure


@public_page
def region_detail(request: HttpRequest, slug: str) -> HttpResponse:
    page = public_diagnosis(slug=slug, abroad=request.GET.get("peers") == "abroad")
    if page is None:
        raise Http404
    return render(
        request, "journeys/region_detail.html", {"page": page, "project": page.source.exercise.project}
    )


@public_page
def region_map(request: HttpRequest, slug: str) -> HttpResponse:
    """What the published map holds, row by row."""
    page = public_map(slug=slug)
    if page is None:
        raise Http404
    return render(request, "journeys/region_map.html", {"page": page, "project": page.project})


@login_required
def diagnosis_draft(request: HttpRequest, pk: int) -> HttpResponse:
    region_map = find_map(pk=pk, user=request.user)
    if region_map is None:
        raise Http404
    abroad = request.GET.get("peers") == "abroad"
    page = draft_diagnosis(region_map=region_map, user=request.user, abroad=abroad)
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


@public_page
def figure_svg(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    figure = published_figure(slug, key)
    body = standalone_svg(figure, drawn(figure).svg)
    return attachment(HttpResponse(body, content_type="image/svg+xml"), f"{slug}-{key}.svg")


@public_page
def figure_csv(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    body = csv_text(figure_rows(published_figure(slug, key)))
    return attachment(HttpResponse(body, content_type="text/csv; charset=utf-8"), f"{slug}-{key}.csv")


@public_page
def figure_plotly(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    return JsonResponse(explorable(published_figure(slug, key)))


def explorable(figure: Figure) -> dict[str, Any]:
    if figure.key not in EXPLORABLE:
        raise Http404
    return plotly_figure(figure)


@login_required
@writes("journeys.edit_summary")
def summary_save(request: HttpRequest, pk: int, slot: int) -> HttpResponse:
    """Save the coordinator's own sentence; an empty one brings the made sentence back."""
    region_map = find_map(pk=pk, user=request.user)
    if region_map is None or slot not in (1, 2, 3):
        raise Http404
    allow(request, "journeys.edit_summary", region_map)
    form = SentenceForm(request.POST)
    if not form.is_valid():
        page = draft_diagnosis(region_map=region_map, user=request.user)
        context = {"page": page, "form": form, "project": page.source.exercise.project}
        return render(request, "journeys/diagnosis_draft.html", context, status=422)
    try:
        save_sentence(
            region_map=region_map,
            slot=slot,
            expected=parse_version(request.POST.get("version")),
            by=request.user,
            **form.cleaned_data,
        )
        messages.success(request, _("Your sentence is saved."))
    except (StaleVersion, VersionMissing):
        messages.warning(
            request, _("Somebody wrote this sentence meanwhile. Yours: %(text)s") % form.cleaned_data
        )
    return redirect("journeys:diagnosis_draft", pk=pk)
