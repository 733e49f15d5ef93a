"""Uploads that are too large are not kept: their bytes are passed over as they arrive."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Keeps a file on disk while it arrives, up to the limit; says on the request that one was larger."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > settings.EVIDENCE_MAX_BYTES:
            self.file.close()
            self.request.larger_upload = self.request_size()
            raise SkipFile
        super().receive_data_chunk(raw_data, start)

    def request_size(self) -> int:
        """How large the upload says it is; at least what was read of it."""
        assert self.request is not None
        declared = self.request.META.get("CONTENT_LENGTH") or "0"
        return max(self.received, int(declared) if declared.isdigit() else 0)


def larger_upload(request: HttpRequest) -> int | None:
    """The size of an upload that was passed over because it is over the limit."""
    request.FILES.keys()  # read the form first, if nobody did so far
    return getattr(request, "larger_upload", None)
