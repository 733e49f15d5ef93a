"""Forms with files as the API takes them; the limits are those of every form of the site."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from cohes3ion.lib.refusals import Refusal


class FileFormParser(MultiPartParser):
    """multipart/form-data, as a browser or `curl -F` sends a file."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().parse(*args, **kwargs)
        except RequestDataTooBig as error:
            raise Refusal(413, "too_large", _("The form is too large. Send less at once.")) from error
        except SuspiciousOperation as error:
            raise Refusal(400, "form", _("The form has too many fields or files.")) from error
        except ParseError as error:
            sentence = _(
                "The body could not be read as a form with a file. Let your program set Content-Type:"
                " multipart/form-data with its boundary, as curl -F does."
            )
            raise Refusal(400, "form", sentence) from error


def larger_file(request: Request) -> int | None:
    """The size of a file that was passed over because it is over the limit (lib/uploads.py)."""
    assert request.data is not None  # read the form first
    plain: HttpRequest = request._request
    return getattr(plain, "larger_upload", None)
