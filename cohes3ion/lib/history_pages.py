"""The page with every version of the fields of a row, whatever keeps them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PAGE = "rows/history.html"


def history_page(request: HttpRequest, history: Any, *, title: str, back: dict[str, str]) -> HttpResponse:
    """`history`: versions, is_cut, newest_two(), compared(first, second). Two are asked for by their keys."""
    first, second = request.GET.get("first", ""), request.GET.get("second", "")
    asked = bool(first or second)
    context = {
        "history": history,
        "title": title,
        "back": back,
        "first": first if asked else history.newest_two()[0],
        "second": second if asked else history.newest_two()[1],
        "compared": history.compared(first, second),
        "asked": asked,
    }
    return render(request, PAGE, context)
