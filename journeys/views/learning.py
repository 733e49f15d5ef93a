"""The way in to what regions learn from each other."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from journeys.selectors.learning import learning_page


def learning(request: HttpRequest) -> HttpResponse:
    return render(request, "journeys/learning.html", {"page": learning_page(user=request.user)})
