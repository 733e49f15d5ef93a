"""Questions no longer asked: by a new version (said with what was typed), or after another answer."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from cohes3ion.lib.scripts import is_script
from governance.models import Response
from governance.selectors.questions import hidden_step
from governance.views.responses import visible_response

SILENT = ("csrfmiddlewaretoken", "choice", "continue", "field")


def typed_in(data: QueryDict) -> list[str]:
    """Everything a form about a question held that a person wrote or chose."""
    return [
        text
        for name in data
        if name not in SILENT and not name.startswith(("was_", "version"))
        for text in data.getlist(name)
        if text
    ]


def question_removed(request: HttpRequest, *, response: Response, code: str, at: Any) -> HttpResponse:
    """409, with everything that was typed for copying; the fragment for a script."""
    name = "governance/_question_removed.html" if is_script(request) else "governance/question_removed.html"
    context = {"response": response, "code": code, "at": at, "typed": typed_in(request.POST)}
    return render(request, name, context, status=409)


def says_why_hidden(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Of a view of one question: where its condition is not met, say so instead of a bare 404."""

    @wraps(view)
    def wrapped(request: HttpRequest, pk: int, code: str, unit_pk: int | None = None) -> HttpResponse:
        try:
            return view(request, pk, code, unit_pk)
        except Http404:
            response = visible_response(request, pk)
            hidden = question_hidden(request, response=response, code=code, unit_pk=unit_pk)
            if hidden is None:
                raise
            return hidden

    return wrapped


def question_hidden(
    request: HttpRequest, *, response: Response, code: str, unit_pk: int | None
) -> HttpResponse | None:
    """404 with the reason, for who sees the response; None when it is no question with a condition."""
    found = hidden_step(response=response, code=code, unit_pk=unit_pk)
    if found is None:
        return None
    step, needed = found
    context = {"response": response, "step": step, "needed": needed}
    return render(request, "governance/question_hidden.html", context, status=404)
