"""The page with every version of the fields of a row, whatever keeps them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PAGE = "rows/history.html"


def history_page(request: HttpRequest, history: Any, *, title: str, back: dict[str, str]) -> HttpResponse:
    """`history`: versions, is_cut, and compared(first, second); the page asks for two by their keys."""
    first, second = request.GET.get("first", ""), request.GET.get("second", "")
    context = {
        "history": history,
        "title": title,
        "back": back,
        "first": first,
        "second": second,
        "compared": history.compared(first, second),
        "asked": bool(first or second),
    }
    return render(request, PAGE, context)
