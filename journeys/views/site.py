"""Pages that belong to nobody in particular: start, list of regions, method, statements."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cohes3ion.lib.public_pages import public_page
from governance.scoring.settings import Thresholds
from journeys.selectors.method_pages import method_index
from journeys.selectors.starts import matches, start_page
from mapping.analysis.synergy_inputs import SynergyThresholds


@public_page
def start(request: HttpRequest) -> HttpResponse:
    page = start_page()
    project = page.exercise.project if page.exercise else None
    return render(request, "journeys/start.html", {"page": page, "project": project})


@public_page
def region_list(request: HttpRequest) -> HttpResponse:
    """The list of regions, narrowed by a word; one hit leads straight to its diagnosis."""
    page = start_page()
    wanted = request.GET.get("q", "").strip()[:100]
    lines = [line for line in page.lines if matches(line, wanted=wanted)]
    if wanted and len(lines) == 1 and lines[0].address:
        return redirect(lines[0].address)
    context = {"page": page, "lines": lines, "wanted": wanted}
    return render(request, "journeys/region_list.html", context)


@public_page
def method(request: HttpRequest) -> HttpResponse:
    context = {"thresholds": Thresholds(), "synergy": SynergyThresholds(), "index": method_index()}
    return render(request, "journeys/method.html", context)


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "journeys/accessibility.html")


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "journeys/privacy.html")
