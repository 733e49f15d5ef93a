"""Answers as files in the browser: ordered, made by a worker, brought back, read, and then written."""

import datetime as dt
import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from cohes3ion.lib.jobs import JobState
from governance.models import Answer, AnswerImport, OrderedFile
from governance.services import answer_uploads, ordered_files
from mapping.enums import Role
from mapping.models import Membership
from tests.factories.answers import Filled, answered_response, ask, read_in_this_process
from tests.factories.mapping import member
from tests.factories.questionnaires import OPTIONS, question

pytestmark = pytest.mark.django_db
FIRST = "S1 First"


@pytest.fixture
def response():
    return answered_response()


@pytest.fixture
def lead(client, response, monkeypatch):
    read_in_this_process(monkeypatch)
    user = member(Role.REGIONAL_LEAD, response.region_map)
    client.force_login(user)
    return user


def address(response, name):
    return reverse(f"governance:{name}", args=[response.region_map.exercise.slug])


def ordered(client, response, form="xlsx"):
    reply = client.post(address(response, "file_order"), {"form": form})
    row = OrderedFile.objects.latest("pk")
    assert reply.url == reverse("governance:file_detail", args=[row.pk])
    return row


def made(client, response):
    row = ordered(client, response)
    ordered_files.make_file(file_id=row.pk)
    reply = client.get(reverse("governance:file_download", args=[row.pk]))
    return b"".join(reply.streaming_content), reply


def sent(client, response, data, name="answers.xlsx"):
    upload = SimpleUploadedFile(name, data)
    reply = client.post(address(response, "import_upload"), {"file": upload})
    assert reply.status_code == 302, reply.content.decode()
    row = AnswerImport.objects.latest("pk")
    answer_uploads.work_import(import_id=row.pk)
    row.refresh_from_db()
    return row


def page_of(client, row):
    reply = client.get(reverse("governance:import_detail", args=[row.pk]))
    return " ".join(reply.content.decode().split())


def test_a_workbook_is_taken_filled_in_and_brought_back(client, response, lead):
    data, reply = made(client, response)
    assert "answers-exercise" in reply["Content-Disposition"]
    assert load_workbook(io.BytesIO(data)).sheetnames[0] == FIRST
    row = sent(client, response, Filled(data).put(FIRST, 2, {"1.4": 7, "1.7": "<b>"}).xlsx())
    page = page_of(client, row)
    assert "Write 2 changes" in page
    assert "&lt;b&gt;" in page
    assert Answer.objects.get(question__code="1.4").value == -5  # nothing is written yet
    client.post(reverse("governance:import_confirm", args=[row.pk]))
    writing = AnswerImport.objects.get(checked=row)
    answer_uploads.work_import(import_id=writing.pk)
    assert (
        Answer.objects.get(question__code="1.4").value,
        Answer.objects.get(question__code="1.4").edited_by,
    ) == (*(7, lead),)
    writing.refresh_from_db()
    assert "2 answers were changed" in page_of(client, writing)
    assert "This file is written already" in page_of(client, row)
    client.post(reverse("governance:import_confirm", args=[row.pk]))
    assert AnswerImport.objects.count() == 2


@pytest.mark.parametrize(("form", "name"), [("xlsx", "a.xlsx"), ("csv", "a.zip"), ("json", "a.json")])
def test_the_same_bytes_change_nothing_where_two_questionnaires_share_codes(
    client, response, lead, form, name
):
    """As the editor numbers them: 1.1 and so on in each."""
    questions = [question("1.2", "single_choice", settings={"choices": OPTIONS}), question("1.1", "number")]
    section = {"code": "S1", "title": "Section A", "questions": questions}
    ask({"key": "a", "title": "A", "sections": [section]}, response.region_map.exercise)
    row = ordered(client, response, form)
    ordered_files.make_file(file_id=row.pk)
    row.refresh_from_db()
    page = page_of(client, sent(client, response, row.file.read(), name=name))
    assert "Nothing would change" in page
    assert "missing beside the others" not in page


def test_what_is_wrong_is_listed_and_cannot_be_written(client, response, lead):
    data, _reply = made(client, response)
    row = sent(client, response, Filled(data).put(FIRST, 2, {"1.4": 101, "1.7": None}).xlsx())
    page = page_of(client, row)
    assert "2 problems keep this file out" in page
    assert "The number must be between 0 and 100 (you wrote 101)." in page
    report = client.get(reverse("governance:import_report", args=[row.pk])).content.decode("utf-8-sig")
    assert report.splitlines()[:2] == [
        "sheet,row,column,value,stands there now,problem",
        "S1 First,2,W (1.4),101,,The number must be between 0 and 100 (you wrote 101).",
    ]
    client.post(reverse("governance:import_confirm", args=[row.pk]))
    assert AnswerImport.objects.count() == 1


def test_what_changed_between_reading_and_writing_is_not_overwritten(client, response, lead):
    data, _reply = made(client, response)
    row = sent(client, response, Filled(data).put(FIRST, 2, {"1.4": 7}).xlsx())
    client.post(reverse("governance:import_confirm", args=[row.pk]))
    kept = Answer.objects.get(question__code="1.4")
    kept.value, kept.version, kept.field_versions = 9, 2, {"value": 2}
    kept.save()
    kept.revisions.create(version=2, field="value", values={"kind": "value", "value": 9})
    writing = AnswerImport.objects.get(checked=row)
    answer_uploads.work_import(import_id=writing.pk)
    writing.refresh_from_db()
    assert "Changed meanwhile" in page_of(client, writing)
    kept.refresh_from_db()
    assert kept.value == 9


@pytest.mark.parametrize(
    ("sent", "status", "reason"),
    [
        ({}, 422, "Choose a file."),
        ({"file": SimpleUploadedFile("a.xlsx", b"")}, 422, "The file is empty."),
    ],
)
def test_no_file_or_an_empty_one_is_said_at_the_field(client, response, lead, sent, status, reason):
    reply = client.post(address(response, "import_upload"), sent)
    assert (reply.status_code, reason in reply.content.decode()) == (status, True)
    assert client.post(address(response, "file_order"), {"form": "exe"}).status_code == 422


def test_a_file_that_is_too_large_is_not_kept(client, response, lead, settings):
    settings.EVIDENCE_MAX_BYTES = 10
    settings.FILE_UPLOAD_HANDLERS = ["cohes3ion.lib.uploads.LimitedUploadHandler"]
    reply = client.post(address(response, "import_upload"), {"file": SimpleUploadedFile("a.xlsx", b"x" * 11)})
    assert (reply.status_code, AnswerImport.objects.count()) == (413, 0)


def test_the_same_file_is_made_once_at_a_time(client, response, lead):
    assert ordered(client, response).pk == ordered(client, response).pk
    assert ordered(client, response).pk != ordered(client, response, "csv").pk


def test_a_file_goes_with_the_right_to_read_it_and_after_a_week(client, response, lead):
    row = ordered(client, response)
    ordered_files.make_file(file_id=row.pk)
    download = reverse("governance:file_download", args=[row.pk])
    assert client.get(download).status_code == 200
    role = Membership.objects.get(user=lead)
    Membership.objects.filter(pk=role.pk).update(role=Role.OBSERVER, region=None)
    assert client.get(download).status_code == 404
    Membership.objects.filter(pk=role.pk).update(role=Role.REGIONAL_LEAD, region=response.region_map.region)
    OrderedFile.objects.update(created_at=timezone.now() - dt.timedelta(days=8))
    assert client.get(download).status_code == 404
    place = Path(OrderedFile.objects.get().file.path)
    assert (place.exists(), ordered_files.forget_files(), place.exists()) == (True, 1, False)


@pytest.mark.parametrize("kind", ["blank", "filled"])
def test_the_form_of_a_response_is_made_as_a_pdf(client, response, lead, kind):
    reply = client.post(reverse("governance:form_order", args=[response.pk]), {"kind": kind})
    row = OrderedFile.objects.get(kind=kind)
    assert reply.url == reverse("governance:file_detail", args=[row.pk])
    ordered_files.make_file(file_id=row.pk)
    download = client.get(reverse("governance:file_download", args=[row.pk]))
    assert b"".join(download.streaming_content).startswith(b"%PDF")
    assert f"{kind}-response-{response.pk}.pdf" in download["Content-Disposition"]


def test_a_coordinator_prints_a_questionnaire_nobody_was_asked(client, response):
    user = member(Role.COORDINATOR, response.region_map)
    client.force_login(user)
    place = [response.region_map.exercise.project.slug, response.questionnaire_version_id]
    assert (
        "Blank form (PDF)"
        in client.get(reverse("governance:questionnaire_preview", args=place)).content.decode()
    )
    client.post(reverse("governance:blank_order", args=place), {"language": "pl"})
    row = OrderedFile.objects.get()
    ordered_files.make_file(file_id=row.pk)
    assert (row.language, row.exercise) == ("pl", None)
    assert client.get(reverse("governance:file_detail", args=[row.pk])).status_code == 200
    download = client.get(reverse("governance:file_download", args=[row.pk]))
    assert "blank-every-type.pdf" in download["Content-Disposition"]


def test_nobody_is_left_whose_rights_would_count(client, response, lead):
    row = ordered(client, response)
    OrderedFile.objects.update(created_by=None)
    with pytest.raises(PermissionError):
        ordered_files.make_file(file_id=row.pk)
    row.refresh_from_db()
    assert (row.state, bool(row.file)) == (JobState.FAILED, False)


def test_the_page_asks_as_often_for_many_files(client, response, lead, django_assert_num_queries):
    ordered(client, response)
    client.get(address(response, "transfer_list"))
    with django_assert_num_queries(8):
        client.get(address(response, "transfer_list"))
    for _ in range(3):
        OrderedFile.objects.create(
            exercise=response.region_map.exercise,
            created_by=lead,
            kind="filled",
            form="pdf",
            response=response,
            state="done",
        )
        AnswerImport.objects.create(
            exercise=response.region_map.exercise, created_by=lead, file_name="a.xlsx"
        )
    with django_assert_num_queries(8):
        client.get(address(response, "transfer_list"))
