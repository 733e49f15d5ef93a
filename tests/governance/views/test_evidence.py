"""Documents over the web: adding, removing, downloading."""

import datetime as dt
import socketserver
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cohes3ion.lib.scanning import Infected, ScannerAway
from governance.enums import ResponseState
from governance.models import Evidence, Response
from tests.factories.assessment import Assessment, assessment
from tests.lib.test_scanning import EICAR, Clamd

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n<script>alert(1)</script>\n%%EOF\n"


@pytest.fixture
def room() -> Assessment:
    return assessment()


def address(room: Assessment, code: str = "1.1") -> str:
    return f"/workspace/responses/{room.team.pk}/{code}/evidence/"


def link(**data: str) -> dict[str, str]:
    return {"kind": "link", "title": "Plan 2020", "url": "https://www.region.example/plan", **data}


def file(name: str = "plan.pdf", content: bytes = PDF, **data: str) -> dict[str, object]:
    return {"kind": "file", "file": SimpleUploadedFile(name, content), **data}


def add(client, room: Assessment, data: dict[str, object]) -> Evidence:
    reply = client.post(address(room), data)
    assert (reply.status_code, reply.url) == (302, f"/workspace/responses/{room.team.pk}/1.1/#evidence")
    return Evidence.objects.latest("pk")


def test_a_link_with_page_and_day_is_shown(client, room):
    client.force_login(room.lead)
    row = add(client, room, link(page="12", checked_on="2026-03-02"))
    assert (row.page, row.checked_on, row.added_by) == ("12", dt.date(2026, 3, 2), room.lead)
    page = client.get(f"/workspace/responses/{room.team.pk}/1.1/").content.decode()
    assert "region.example, page 12, checked on 2 March 2026." in " ".join(page.split())
    assert 'rel="nofollow noopener noreferrer"' in page


def test_p60_a_file_is_handed_out_as_a_download_only(client, room):
    client.force_login(room.lead)
    row = add(client, room, file("../Plan für Łódź\u202e.pdf"))
    reply = client.get(f"/workspace/evidence/{row.pk}/file/")
    assert b"".join(reply.streaming_content) == PDF
    assert {name: reply[name] for name in ("Content-Type", "X-Content-Type-Options")} == {
        "Content-Type": "application/pdf",
        "X-Content-Type-Options": "nosniff",
    }
    assert (
        reply["Content-Disposition"]
        == "attachment; filename*=utf-8''Plan%20f%C3%BCr%20%C5%81%C3%B3d%C5%BA.pdf"
    )
    assert reply["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_file_is_404_for_those_who_do_not_see_the_answer(client, room):
    client.force_login(room.lead)
    row = add(client, room, file())
    other = assessment()
    for person in (other.lead, other.coordinator, room.observer, room.contact, room.stakeholder):
        client.force_login(person)
        assert client.get(f"/workspace/evidence/{row.pk}/file/").status_code == 404
    client.logout()
    assert client.get(f"/workspace/evidence/{row.pk}/file/").status_code == 404


def test_a_lost_file_is_404(client, room):
    client.force_login(room.lead)
    row = add(client, room, file())
    row.file.storage.delete(row.file.name)
    assert client.get(f"/workspace/evidence/{row.pk}/file/").status_code == 404


@pytest.mark.parametrize("data, words", [
    (lambda: link(url="javascript:alert(1)"), "Enter an address like"),
    (lambda: link(title=""), "Write a title"),
    (lambda: file("plan.pdf", b""), "The file is empty."),
    (lambda: file("page.html", b"<html>"), "Files of this kind are not taken."),
    (lambda: file("plan.pdf", b"<html>"), "it is not a PDF file"),
    (lambda: {"kind": "file"}, "Choose a file."),
    (lambda: {"kind": "reuse", "evidence": "999"}, "not there any more"),
    (lambda: {"kind": "nonsense"}, "Enter the address of the document."),
])  # fmt: skip
def test_what_is_not_taken_is_422_and_says_why(client, room, data, words):
    client.force_login(room.lead)
    reply = client.post(address(room), data())
    page = reply.content.decode()
    assert (reply.status_code, words in page, "<title>Error:" in page) == (422, True, True)
    assert Evidence.objects.count() == 0


def test_what_was_typed_beside_a_refused_link_is_kept(client, room):
    client.force_login(room.lead)
    page = client.post(address(room), link(url="nonsense", title="The plan", page="7")).content.decode()
    assert ('value="The plan"' in page, 'value="7"' in page, 'value="nonsense"' in page) == (True,) * 3


def test_a_file_over_the_limit_is_413(client, room, settings):
    settings.EVIDENCE_MAX_BYTES = 1024**2
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    client.force_login(room.lead)
    reply = client.post(address(room), file(content=PDF + b"x" * (1024**2 * 3 // 2)))
    page = reply.content.decode()
    assert (reply.status_code, "The file is larger than 1 MB (1.5 MB)." in page) == (413, True)
    assert "Choose a file." not in page
    assert Evidence.objects.count() == 0


def test_a_document_is_used_again_and_removed(client, room):
    client.force_login(room.lead)
    row = add(client, room, link())
    client.post(address(room, "1.2"), {"kind": "reuse", "evidence": row.pk})
    page = client.get(f"/workspace/responses/{room.team.pk}/1.1/").content.decode()
    assert "Also supports 1.2." in page
    client.post(f"{address(room)}{row.pk}/remove/")
    client.post(f"{address(room, '1.2')}{row.pk}/remove/")
    assert Evidence.objects.count() == 0


def test_a_document_about_a_unit(client, room):
    client.force_login(room.lead)
    about = f"/workspace/responses/{room.team.pk}/2.1/{room.units[0].pk}/evidence/"
    assert client.post(about, link()).status_code == 302
    row = Evidence.objects.get()
    assert row.answers.get().about_unit == room.units[0]
    assert client.post(f"{about}{row.pk}/remove/").status_code == 302
    assert Evidence.objects.count() == 0


def test_after_sending_documents_stay_as_they_are(client, room):
    client.force_login(room.lead)
    row = add(client, room, link())
    Response.objects.filter(pk=room.team.pk).update(state=ResponseState.SUBMITTED)
    assert client.post(address(room), link(title="Late")).status_code == 409
    reply = client.post(f"{address(room)}{row.pk}/remove/", follow=True)
    assert "so the document stays" in reply.content.decode()
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("who, status", [
    ("coordinator", 403), ("facilitator", 403), ("observer", 404), ("contact", 404), ("stakeholder", 404),
])  # fmt: skip
def test_only_those_who_answer_add_and_remove(client, room, who, status):
    client.force_login(room.lead)
    row = add(client, room, link())
    client.force_login(getattr(room, who))
    assert client.post(address(room), link()).status_code == status
    assert client.post(f"{address(room)}{row.pk}/remove/").status_code == status
    assert Evidence.objects.count() == 1


def test_a_broken_upload_is_400_and_no_500(client, room):
    client.force_login(room.lead)
    for content_type, body in (
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="file"; filename'),
    ):
        reply = client.generic("POST", address(room), body, content_type=content_type)
        assert reply.status_code in (400, 422)


@pytest.mark.parametrize(("problem", "status"), [(Infected, 422), (ScannerAway, 503)])
def test_p60_what_the_scanner_says_is_told_and_answers_still_save(
    client, room, settings, tmp_path, problem, status
):
    client.force_login(room.lead)
    question = f"/workspace/responses/{room.team.pk}/1.1/"
    settings.CLAMD_ADDRESS = str(tmp_path / "clamd")
    if problem is Infected:
        server = socketserver.UnixStreamServer(settings.CLAMD_ADDRESS, Clamd)
        threading.Thread(target=server.handle_request, daemon=True).start()
    sent = {"kind": "file", "title": "A text", "file": SimpleUploadedFile("a.txt", EICAR)}
    reply = client.post(f"{question}evidence/", sent)
    words = {
        422: "The virus scanner refused this file",
        503: "Files cannot be checked now; answers still save",
    }
    assert (reply.status_code, words[status] in reply.content.decode()) == (status, True)
    assert Evidence.objects.count() == 0
    assert client.post(f"{question}save/", {"level": "3", "version_level": "1"}).status_code == 302


def test_a_document_is_made_public_and_taken_back(client, room):
    room.fill()
    evidence = Evidence.objects.filter(answers__question=room.core).get()
    question = f"/workspace/responses/{room.team.pk}/1.1/"
    client.force_login(room.contributor)
    for wanted, mark in (("yes", True), ("no", False)):
        client.post(f"{question}evidence/{evidence.pk}/public/", {"public": wanted})
        evidence.refresh_from_db()
        assert evidence.is_public is mark
    assert "made “A document” public" in client.get(question).content.decode()
