"""What every answer of the site has in common: known methods, addresses without NUL, compression."""

import gzip

import pytest
from django.http import FileResponse, HttpResponse
from django.test import Client, RequestFactory

from cohes3ion.lib.middleware import Compression, known_methods

LARGE = b"a text that compresses well " * 200


def compressed(reply: HttpResponse, address: str = "/") -> HttpResponse:
    request = RequestFactory().get(address, headers={"Accept-Encoding": "gzip"})
    return Compression(lambda _request: reply)(request)


def test_large_replies_are_compressed():
    reply = compressed(HttpResponse(LARGE, headers={"ETag": '"a"'}))
    assert (gzip.decompress(reply.content), reply["ETag"]) == (LARGE, 'W/"a"')


def test_a_tag_of_the_api_stays_strong():
    reply = compressed(HttpResponse(LARGE, headers={"ETag": '"value.1"'}), "/api/v1/responses/1/answers/1.1/")
    assert (reply.content, reply["ETag"]) == (LARGE, '"value.1"')


def test_a_file_keeps_its_length(tmp_path):
    path = tmp_path / "large.txt"
    path.write_bytes(LARGE)
    reply = compressed(FileResponse(path.open("rb"), as_attachment=True))
    assert (reply["Content-Length"], reply.has_header("Content-Encoding")) == (str(len(LARGE)), False)


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("PUT", "/", 405),
        ("DELETE", "/workspace/", 405),
        ("PATCH", "/api/v1/units/", 200),
        ("TRACE", "/api/v1/units/", 405),
        ("TRACE", "/", 405),
        ("OPTIONS", "/", 200),
    ],
)
def test_only_the_api_takes_methods_that_no_form_sends(method, address, status):
    handler = known_methods(lambda _request: HttpResponse())
    assert handler(RequestFactory().generic(method, address)).status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("limit", "words", "status"),
    [
        ({"DATA_UPLOAD_MAX_NUMBER_FIELDS": 1}, "At most 1 fields can be sent at once.", 400),
        ({"DATA_UPLOAD_MAX_MEMORY_SIZE": 10}, "The limit is 10", 413),
    ],
)
def test_a_form_that_is_too_large_says_so(settings, limit, words, status):
    for name, value in limit.items():
        setattr(settings, name, value)
    form = {"theme": "dark", "next": "/a/long/address/"}
    reply = Client().post("/accounts/theme/", "&".join(f"{name}={value}" for name, value in form.items()),
                          content_type="application/x-www-form-urlencoded")  # fmt: skip
    assert (reply.status_code, words in reply.content.decode()) == (status, True)
