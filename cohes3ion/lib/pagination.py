"""Lists of the API in pages. A size that is none is refused, not replaced by the usual one."""

from django.utils.translation import gettext as _
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

from cohes3ion.lib.refusals import Refusal


class Pages(PageNumberPagination):
    page_size = 50
    max_page_size = 100
    page_size_query_param = "page_size"

    def get_page_size(self, request: Request) -> int | None:
        """More than the most is cut to it, as before; what is no number from 1 is 400."""
        typed = request.query_params.get(self.page_size_query_param)
        if typed is not None and not (typed.isascii() and typed.isdigit() and int(typed[:9]) > 0):
            sentence = _("“page_size” must be a whole number from 1 to %(most)s.")
            raise Refusal(400, "page_size", sentence % {"most": self.max_page_size}, path="page_size")
        return super().get_page_size(request)
