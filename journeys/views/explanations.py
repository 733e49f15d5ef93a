"""How a number was computed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from journeys.selectors.explanations import explanation_page


def number_detail(request: HttpRequest, run: int, slug: str, measure: str, key: str) -> HttpResponse:
    page = explanation_page(run_id=run, slug=slug, measure=measure, key=key, user=request.user)
    if page is None:
        raise Http404
    context = {"page": page, "project": page.source.exercise.project}
    return render(request, "journeys/number_detail.html", context)
