"""A save after the role was taken away: 403, with everything that was typed for copying."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from cohes3ion.lib.scripts import is_script
from governance.selectors.responses import lost_response

View = Callable[..., HttpResponse]


def withdrawn(request: HttpRequest, typed: list[dict[str, str]]) -> HttpResponse:
    """The role was taken while the person was writing; the fragment for a script."""
    name = "governance/_answer_withdrawn.html" if is_script(request) else "governance/answer_withdrawn.html"
    return render(request, name, {"typed": typed}, status=403)


def keeps_text_of_former(typed: Callable[[QueryDict], list[str]]) -> Callable[[View], View]:
    """Of a view that saves into a response: a bare 404 would take away what the person was writing."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, pk, *args, **kwargs)
            except (Http404, PermissionDenied):
                if not lost_response(user=request.user, pk=pk):
                    raise
                return withdrawn(request, [{"label": "", "text": text} for text in typed(request.POST)])

        return wrapped

    return decorate
