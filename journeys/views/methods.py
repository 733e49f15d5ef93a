"""The methods of the site, each with an example the code works out as it is read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from journeys.selectors.method_pages import method_page


def method_detail(request: HttpRequest, key: str) -> HttpResponse:
    page = method_page(key=key)
    if page is None:
        raise Http404
    return render(request, "journeys/method_detail.html", {"page": page})
