"""Parameters of the API's lists: a misspelt filter must not answer with everything."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

from cohes3ion.lib.refusals import Refusal

FORMAT = "format"


def refuse_unknown(request: Request, *known: str) -> None:
    """Refuse a parameter that is not among `known`, and say which are."""
    names = sorted([*known, FORMAT])
    unknown = next((name for name in request.query_params if name not in names), None)
    if unknown is not None:
        sentence = _("There is no parameter “%(name)s” here. Parameters: %(known)s.")
        named = {"name": unknown[:60], "known": ", ".join(names)}
        raise Refusal(400, "unknown_parameter", sentence % named, path=unknown[:60])


class KnownParameters(BaseFilterBackend):
    """Refuses a parameter that the list does not have, and says which ones it has."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        if view.detail:
            return queryset
        refuse_unknown(request, *getattr(view, "filterset_fields", []), "page", "page_size")
        return queryset
