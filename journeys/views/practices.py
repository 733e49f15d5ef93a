"""Good practices as everybody reads them: the list, one of them, and those of a region."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from journeys.forms.practices import PracticeFilter
from journeys.selectors import practices as selectors
from journeys.selectors.practice_pages import find_practice, practice_page
from journeys.selectors.region_practices import region_practice_page


def practice_list(request: HttpRequest) -> HttpResponse:
    """An option that nobody offers narrows nothing, and the form says so."""
    domains, countries = selectors.offered_domains(), selectors.offered_countries()
    form = PracticeFilter(request.GET, domains=domains, countries=countries)
    form.is_valid()
    choice = selectors.PracticeChoice(**form.cleaned_data)
    page = selectors.practice_list(choice=choice, number=request.GET.get("page", ""))
    return render(request, "journeys/practice_list.html", {"page": page, "filter": form, "choice": choice})


def practice_detail(request: HttpRequest, slug: str) -> HttpResponse:
    practice = find_practice(slug=slug, user=request.user)
    if practice is None:
        raise Http404
    page = practice_page(practice=practice, user=request.user)
    return render(request, "journeys/practice_detail.html", {"page": page, "project": practice.project})


def region_practices(request: HttpRequest, slug: str) -> HttpResponse:
    """For each area of improvement of a published map: what the region uses, and what might fit."""
    page = region_practice_page(slug=slug)
    if page is None:
        raise Http404
    return render(request, "journeys/region_practices.html", {"page": page, "project": page.project})
