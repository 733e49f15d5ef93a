"""A part that is missing is 503 or 507 with what was typed, never a 500, in views and around them."""

import errno

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError
from django.test import RequestFactory

from cohes3ion.lib.errors import server_error, unavailable
from cohes3ion.lib.problems import exception_handler
from tests.factories.matrix import matrix


@pytest.mark.parametrize(
    "error, status",
    [
        (OperationalError("gone"), 503),
        (InterfaceError("closed"), 503),
        (DatabaseError("cut in the middle"), 503),
        (OSError(errno.ENOSPC, "full"), 507),
        (ProgrammingError("our mistake"), None),
        (OSError(errno.EACCES, "not ours"), None),
    ],
)
def test_missing_parts_have_their_own_status(error, status):
    answer = unavailable(RequestFactory().get("/"), error)
    assert (answer.status_code if answer else None) == status
    if status == 503:
        assert answer["Retry-After"] == "5"


def test_typed_text_is_in_the_page_and_secrets_are_not():
    sent = {"explanation": "Weeks of work", "password": "not for a page", "version_explanation": "3"}
    page = unavailable(RequestFactory().post("/", sent), OperationalError("gone")).content.decode()
    assert "Weeks of work" in page
    assert "not for a page" not in page


def test_errors_around_views_are_503_as_well():
    try:
        raise OperationalError("gone while reading the session")
    except OperationalError:
        assert server_error(RequestFactory().get("/")).status_code == 503


def test_api_says_it_as_a_problem():
    answer = exception_handler(OperationalError("gone"), {})
    assert (answer.status_code, answer.data["code"], answer["Retry-After"]) == (503, "unavailable", "5")


@pytest.mark.django_db
@pytest.mark.parametrize("who, status", [("stranger", 404), ("observer", 403)])
def test_who_may_not_write_any_more_has_the_text_for_copying(client, who, status):
    place = matrix()
    client.force_login(getattr(place, who))
    address = f"/workspace/capability/{place.capability.pk}/description/"
    sent = {"description": "Weeks of <b>work</b>", "version": "1", "csrfmiddlewaretoken": "not for a page"}
    reply = client.post(address, sent)
    page = reply.content.decode()
    assert (reply.status_code, "Weeks of &lt;b&gt;work&lt;/b&gt;" in page) == (status, True)
    assert ("not for a page" in page, "<b>work" in page) == (False, False)
    assert "What you typed" not in client.get("/nothing/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body, kind",
    [
        (b"a=" + b"x" * 30_000_000, "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % n for n in range(20_000)), "application/x-www-form-urlencoded"),
        (b"no parts", "multipart/form-data"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"\xff=%ff&a=\x00 b", "application/x-www-form-urlencoded"),
    ],
    ids=["large", "many", "no boundary", "broken", "no text"],
)
def test_a_body_that_cannot_be_read_is_no_500_where_there_is_nothing(client, body, kind):
    assert client.post("/nothing/at/all/", data=body, content_type=kind).status_code == 404
