"""An answer to a question that a new version no longer asks: said, with what was typed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from governance.models import Response

SILENT = ("csrfmiddlewaretoken", "choice", "continue", "field")


def question_removed(request: HttpRequest, *, response: Response, code: str, at: Any) -> HttpResponse:
    """409, with everything that was typed for copying; the fragment for a script."""
    typed = [
        text
        for name in request.POST
        if name not in SILENT and not name.startswith(("was_", "version"))
        for text in request.POST.getlist(name)
        if text
    ]
    script = request.headers.get("HX-Request") == "true"
    name = "governance/_question_removed.html" if script else "governance/question_removed.html"
    context = {"response": response, "code": code, "at": at, "typed": typed}
    return render(request, name, context, status=409)
