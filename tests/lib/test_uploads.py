"""Uploads over the limit are passed over while they arrive."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from cohes3ion.lib.uploads import larger_upload


def sent(size: int):
    upload = SimpleUploadedFile("a.bin", b"x" * size)
    return RequestFactory().post("/", {"file": upload, "title": "A title"})


def test_a_file_within_the_limit_arrives(settings):
    settings.EVIDENCE_MAX_BYTES = 3_000_000
    request = sent(2_900_000)  # over what is held in memory
    assert request.FILES["file"].size == 2_900_000
    assert larger_upload(request) is None


def test_a_larger_file_is_dropped_and_the_rest_of_the_form_is_kept(settings):
    settings.EVIDENCE_MAX_BYTES = 2_000_000
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000
    request = sent(2_500_000)
    assert dict(request.FILES) == {}
    assert request.POST["title"] == "A title"
    assert larger_upload(request) > 2_500_000
