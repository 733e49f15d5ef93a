"""Parameters of the API's lists: a misspelt filter must not answer with everything."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

from cohes3ion.lib.refusals import Refusal

COMMON = ("page", "page_size", "format")


class KnownParameters(BaseFilterBackend):
    """Refuses a parameter that the list does not have, and says which ones it has."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        if view.detail:
            return queryset
        known = sorted([*getattr(view, "filterset_fields", []), *COMMON])
        unknown = next((name for name in request.query_params if name not in known), None)
        if unknown is not None:
            sentence = _("There is no parameter “%(name)s” here. Parameters: %(known)s.")
            named = {"name": unknown[:60], "known": ", ".join(known)}
            raise Refusal(400, "unknown_parameter", sentence % named, path=unknown[:60])
        return queryset
