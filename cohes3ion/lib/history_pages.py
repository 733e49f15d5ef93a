"""The page with every version of the fields of a row, whatever keeps them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cohes3ion.lib.differences import compared, newest_two

PAGE = "rows/history.html"


def history_page(request: HttpRequest, history: Any, *, title: str, back: dict[str, str]) -> HttpResponse:
    """`history`: versions, newest first, and is_cut. Two are asked for by their keys."""
    first, second = request.GET.get("first", ""), request.GET.get("second", "")
    asked = bool(first or second)
    shown = (first, second) if asked else newest_two(history.versions)
    context = {
        "history": history,
        "title": title,
        "back": back,
        "first": shown[0],
        "second": shown[1],
        "compared": compared(history.versions, first=first, second=second),
        "asked": asked,
    }
    return render(request, PAGE, context)
