"""Evidence and discussions through the API: the services, limits and sentences of the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cohes3ion.lib.scanning import ScannerAway
from governance.enums import Group, ResponseState
from governance.models import AnswerRevision, Comment, Evidence, Mention, Response, Thread
from mapping.enums import Role
from tests.factories.mapping import member
from tests.factories.rooms import Room, open_room

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n<script>alert(1)</script>\n%%EOF\n"
LINK = {"url": "https://www.region.example/plan", "title": "Plan 2020", "page": "12"}


@pytest.fixture
def room() -> Room:
    return open_room()


@pytest.fixture
def lead(client, room) -> Client:
    client.force_login(room.lead)
    return client


def as_role(role, room) -> Client:
    client = Client()
    client.force_login(member(role, room.region_map))
    return client


def post(client, room, path, body, **headers):
    return client.post(f"{room.api}{path}", body, content_type="application/json", headers=headers)


def send(client, room, content=PDF, name="plan.pdf", *, key="", **fields):
    body = {"file": SimpleUploadedFile(name, content), **fields}
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(f"{room.api}answers/1.4/evidence/", body, headers=headers)


def refusal(reply):
    return reply.status_code, reply.json()["code"], reply.json()["path"]


def test_a_link_is_attached_listed_used_again_and_taken_away(lead, room):
    reply = post(lead, room, "answers/1.4/evidence/", LINK)
    row = reply.json()
    assert (reply.status_code, row["title"], row["page"], row["file"]) == (201, "Plan 2020", "12", None)
    assert row["added_by"] == str(room.lead)
    listed = lead.get(f"{room.api}answers/1.4/evidence/").json()
    assert (listed["count"], listed["results"]) == (1, [row])
    again = post(lead, room, "answers/1.2/evidence/", {"evidence": row["id"]})
    assert (again.status_code, again.json()["id"]) == (201, row["id"])
    for place in ("1.4", "1.2"):
        address = f"{room.api}answers/{place}/evidence/{row['id']}/"
        assert lead.delete(address).status_code == 204
        assert lead.delete(address).status_code == 404
    assert not Evidence.objects.exists()
    changes = AnswerRevision.objects.filter(field="evidence").values_list("values__change", flat=True)
    assert list(changes.order_by("pk")) == ["added", "added", "removed", "removed"]


def test_a_file_comes_as_a_form_once_for_a_key_and_its_bytes_are_read_back(lead, room):
    first, second = (send(lead, room, key="a-file", title="The plan") for _twice in range(2))
    assert (first.status_code, first.json()["content_type"]) == (201, "application/pdf")
    assert (second.json(), second["Idempotent-Replayed"]) == (first.json(), "true")
    assert Evidence.objects.count() == 1
    other = send(lead, room, content=PDF + b"%%EOF", key="a-file", title="The plan")
    assert refusal(other) == (422, "idempotency_key", "")
    reply = lead.get(first.json()["file"])
    assert (b"".join(reply.streaming_content), reply["Content-Disposition"].partition(";")[0]) == (
        PDF,
        "attachment",
    )
    assert reply["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert as_role(Role.OBSERVER, room).get(first.json()["file"]).status_code == 404
    elsewhere = first.json()["file"].replace("/1.4/", "/1.2/")
    assert lead.get(elsewhere).status_code == 404


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"url": "javascript:alert(1)", "title": "A"}, (422, "invalid", "url")),
        ({"title": "A"}, (422, "missing_field", "url")),
        ({"url": "https://a.example/"}, (422, "missing_field", "title")),
        ({**LINK, "checked_on": "2999-01-01"}, (422, "invalid", "checked_on")),
        ({**LINK, "is_public": True}, (400, "unknown_field", "is_public")),
        ({**LINK, "title": ["A"]}, (400, "type", "title")),
        ({"evidence": 999}, (422, "evidence", "evidence")),
        ({"evidence": 10**30}, (422, "evidence", "evidence")),
        ({"evidence": 1, "url": "https://a.example/"}, (400, "unknown_field", "url")),
        ({}, (422, "missing_field", "url")),
    ],
)
def test_a_document_that_cannot_be_kept_says_why(lead, room, body, told):
    assert refusal(post(lead, room, "answers/1.4/evidence/", body)) == told
    assert not Evidence.objects.exists()


def test_a_file_is_judged_like_on_the_page(lead, room, settings, monkeypatch):
    assert refusal(send(lead, room, name="plan.png")) == (422, "invalid", "file")
    assert refusal(send(lead, room, content=b"")) == (422, "invalid", "file")
    assert refusal(send(lead, room, owner="1")) == (400, "unknown_field", "owner")
    monkeypatch.setattr("cohes3ion.lib.file_forms.scan", lambda _upload: (_ for _ in ()).throw(ScannerAway()))
    assert refusal(send(lead, room)) == (503, "scanner_away", "file")
    settings.EVIDENCE_MAX_BYTES = 1000
    assert refusal(send(lead, room, content=PDF * 100)) == (413, "too_large", "file")
    assert not Evidence.objects.exists()


def test_documents_and_discussions_belong_to_whole_answers_of_this_form(lead, room):
    for kind, body in (("evidence", LINK), ("threads", {"text": "Is it?"})):
        assert refusal(post(lead, room, f"answers/2.5:a.a/{kind}/", body)) == (400, "part", "place")
        for place in ("9.9", "1.9", "nothing@"):
            assert post(lead, room, f"answers/{place}/{kind}/", body).status_code == 404, (kind, place)
        assert lead.get(f"{room.api}answers/9.9/{kind}/").status_code == 404
        assert lead.get(f"{room.api}answers/1.2/{kind}/").json() == {"count": 0, "results": []}


def test_who_may_do_what(lead, room):
    row = post(lead, room, "answers/1.4/evidence/", LINK).json()
    coordinator, stranger = as_role(Role.COORDINATOR, room), as_role(Role.OBSERVER, room)
    address = f"{room.api}answers/1.4/evidence/"
    assert [client.get(address).status_code for client in (coordinator, stranger)] == [200, 404]
    assert post(coordinator, room, "answers/1.4/evidence/", LINK).status_code == 403
    assert coordinator.delete(f"{address}{row['id']}/").status_code == 403
    assert post(stranger, room, "answers/1.4/evidence/", LINK).status_code == 404
    Response.objects.filter(pk=room.response.pk).update(state=ResponseState.SUBMITTED)
    told = post(lead, room, "answers/1.4/evidence/", LINK)
    assert refusal(told) == (409, "closed", "")
    assert told.json()["detail"].endswith("Nothing was changed.")
    assert lead.delete(f"{address}{row['id']}/").status_code == 409
    assert Evidence.objects.count() == 1


def test_a_discussion_is_begun_answered_settled_and_reopened(lead, room):
    text = f"Is it 12, @{room.contributor.name}?"
    reply = post(lead, room, "answers/1.4/threads/", {"text": text}, **{"Idempotency-Key": "talk-1"})
    again = post(lead, room, "answers/1.4/threads/", {"text": text}, **{"Idempotency-Key": "talk-1"})
    thread = Thread.objects.get()
    assert (reply.status_code, again["Idempotent-Replayed"]) == (201, "true")
    assert Mention.objects.get().user == room.contributor
    client = Client()
    client.force_login(room.contributor)
    address = f"{room.api}threads/{thread.pk}/"
    said = post(client, room, f"threads/{thread.pk}/comments/", {"text": "It is."})
    assert (said.status_code, [row["text"] for row in said.json()["comments"]]) == (201, [text, "It is."])
    for settled in (True, True, False):
        body = {"is_settled": settled}
        reply = client.patch(address, body, content_type="application/json")
        assert (reply.status_code, reply.json()["is_settled"]) == (200, settled)
    listed = lead.get(f"{room.api}answers/1.4/threads/").json()
    assert [row["event"] for row in listed["results"][0]["comments"]] == ["", "", "settled", "reopened"]
    assert listed["results"][0] == lead.get(address).json()
    page = lead.get(f"/workspace/responses/{room.response.pk}/1.4/").content.decode()
    assert "It is." in page


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, (422, "text", "text")),
        ({"text": "\u200b"}, (422, "text", "text")),
        ({"text": "a" * 3001}, (422, "text", "text")),
        ({"text": 3}, (400, "type", "text")),
        ({"text": "A", "by": 1}, (400, "unknown_field", "by")),
    ],
)
def test_a_comment_that_cannot_be_kept_says_why(lead, room, body, told):
    assert refusal(post(lead, room, "answers/1.4/threads/", body)) == told
    post(lead, room, "answers/1.4/threads/", {"text": "Is it?"})
    thread = Thread.objects.get()
    assert refusal(post(lead, room, f"threads/{thread.pk}/comments/", body)) == told
    assert Comment.objects.count() == 1


def test_discussions_are_for_those_who_read_the_answers(lead, room):
    post(lead, room, "answers/1.4/threads/", {"text": "Is it?"})
    thread, other = Thread.objects.get(), open_room()
    stranger = Client()
    stranger.force_login(other.lead)
    observer, coordinator = as_role(Role.OBSERVER, room), as_role(Role.COORDINATOR, room)
    address = f"{room.api}threads/{thread.pk}/"
    assert [c.get(address).status_code for c in (stranger, observer, coordinator)] == [404, 404, 200]
    assert stranger.get(f"{other.api}threads/{thread.pk}/").status_code == 404
    assert lead.get(f"{other.api}threads/{thread.pk}/").status_code == 404
    assert post(coordinator, room, f"threads/{thread.pk}/comments/", {"text": "Yes."}).status_code == 201
    for body in ({"is_settled": "yes"}, {"is_settled": None}, {}):
        reply = lead.patch(address, body, content_type="application/json")
        assert refusal(reply) == (400, "type", "is_settled")
    Response.objects.filter(pk=room.response.pk).update(state=ResponseState.SUBMITTED)
    assert post(lead, room, f"threads/{thread.pk}/comments/", {"text": "Still."}).status_code == 201
    assert Response.objects.filter(group=Group.TEAM, pk=room.response.pk).exists()


def test_the_number_of_queries_does_not_grow(lead, room):
    def queries(kind: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert lead.get(f"{room.api}answers/1.4/{kind}/").status_code == 200
        return len(seen)

    for kind, body in (("evidence", LINK), ("threads", {"text": "Is it?"})):
        post(lead, room, f"answers/1.4/{kind}/", body)
        queries(kind)
        few = queries(kind)
        for _more in range(5):
            post(lead, room, f"answers/1.4/{kind}/", body)
        assert queries(kind) == few
