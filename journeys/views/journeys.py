"""Learning journeys as everybody reads them: the list, the line of visits, a visit, what a region learned."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from journeys.selectors import journey_lists as lists
from journeys.selectors import journeys as selectors
from journeys.selectors import region_learning as learning
from journeys.selectors import visits
from journeys.selectors.chains import chain_of


def journey_list(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("q", "").strip()[:100]
    page = lists.journey_list(user=request.user, wanted=wanted, number=request.GET.get("page"))
    return render(request, "journeys/journey_list.html", {"page": page})


def journey_detail(request: HttpRequest, slug: str) -> HttpResponse:
    journey = selectors.find_journey(slug=slug, user=request.user)
    if journey is None:
        raise Http404
    page = selectors.journey_page(journey=journey, user=request.user, number=request.GET.get("page"))
    context = {"page": page, "project": journey.exercise.project}
    return render(request, "journeys/journey_detail.html", context)


def visit_detail(request: HttpRequest, slug: str, visit: str) -> HttpResponse:
    page = visits.visit_page(journey_slug=slug, slug=visit, user=request.user)
    if page is None:
        raise Http404
    context = {"page": page, "project": page.visit.journey.exercise.project}
    return render(request, "journeys/visit_detail.html", context)


def region_learning(request: HttpRequest, slug: str) -> HttpResponse:
    wanted = request.GET.get("round", "")
    page = learning.region_learning(slug=slug, user=request.user, exercise=wanted)
    if page is None:
        raise Http404
    chain = chain_of(page=page, user=request.user)
    context = {"page": page, "chain": chain, "project": page.region_map.exercise.project}
    return render(request, "journeys/region_learning.html", context)
