"""A questionnaire that comes as a file: read by another process, looked at, taken in."""

import datetime as dt
import json
import re
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.models import QuestionnaireUpload, QuestionnaireVersion
from governance.selectors.definitions import version_to_dict
from tests.factories.questionnaires import every_type, question
from tests.governance.editor import desk
from tests.governance.management.test_questionnaire_files import FORM

pytestmark = pytest.mark.django_db


def send(room, content, name="firms.md"):
    content = content.encode() if isinstance(content, str) else content
    return room.client.post(f"{room.root}upload/read/", {"file": SimpleUploadedFile(name, content)})


def test_a_spreadsheet_is_looked_at_before_anything_is_made():
    room = desk()
    before = QuestionnaireVersion.objects.count()
    reply = send(room, FORM, name="Umfrage ż.xlsx")
    page = room.client.get(reply["Location"]).content.decode()
    assert all(text in page for text in ("People employed", "Several choices", "“place” is left out"))
    assert '<td>survey</td><td class="num">8</td>' in page
    assert QuestionnaireVersion.objects.count() == before
    assert not {name for name in sys.modules if name.startswith("pyxform")}, "only the other process loads it"
    taken = room.client.post(f"{reply['Location']}take/")
    version = QuestionnaireVersion.objects.latest("pk")
    assert taken["Location"] == f"{room.root}{version.pk}/"
    assert (version.questionnaire.title, version.is_draft) == ("Firms", True)
    assert (version.project, version.created_by) == (room.exercise.project, room.coordinator)
    assert not QuestionnaireUpload.objects.exists()
    assert room.client.post(f"{reply['Location']}take/").status_code == 404


def test_what_cannot_be_kept_stands_in_the_order_in_which_a_form_is_read():
    room = desk()
    form = FORM.replace("| settings |", "| | unused | x | X | X |\n| settings |")
    reply = send(room, f"{form}| Aims |\n| | x |\n| | y |\n")
    shown = room.client.get(reply["Location"]).content.decode()
    places = re.findall(r'<td>([^<]+)</td><td class="num">([^<]+)</td>', shown)
    assert list(dict.fromkeys(sheet for sheet, _row in places)) == ["settings", "survey", "choices", "Aims"]
    rows = [0 if row == "–" else int(row) for sheet, row in places if sheet == "survey"]
    assert rows == sorted(rows)


def test_an_export_becomes_the_next_version_of_its_questionnaire():
    room = desk()
    content = json.dumps(version_to_dict(room.draft))
    reply = send(room, content, name="export.json")
    page = room.client.get(reply["Location"]).content.decode()
    assert "Next version of Every type of question" in page
    assert "everything in the file can be asked here" in page
    room.client.post(f"{reply['Location']}take/", {"questionnaire": "every-type"})
    version = QuestionnaireVersion.objects.latest("pk")
    assert (version.questionnaire, version.number) == (room.draft.questionnaire, 2)
    assert version_to_dict(version)["sections"] == version_to_dict(room.draft)["sections"]


def broken(**changes):
    """A questionnaire as JSON in which one value of a question is another one."""
    row = question("1.1", "number") | changes
    sections = [{"code": "S1", "title": "First", "questions": [row]}]
    return json.dumps({"title": "T", "sections": sections})


def test_every_value_of_the_wrong_kind_is_refused_with_its_place():
    room = desk()
    wrong = {
        "scope": ["x"],
        "translations": {"pl": {"settings": 5}},
        "rubric": "abc",
        "evidence_examples": [1],
        "settings": {"min": 10**20},
        "messages": {"required": 5},
        "condition": {"question": 5, "op": "="},
        "code": {"a": 1},
        "short": None,
        "type": ["number"],
        "questions": 7,
        "help": "\ud800",
    }
    for name, value in wrong.items():
        reply = send(room, broken(**{name: value}), name="a.json")
        assert reply.status_code == 422, name
    both = broken(core=True, scope="unit")
    assert "about the region only" in send(room, both, name="a.json").content.decode()
    assert "1 to 1000 questions" in send(room, json.dumps({"sections": []}), name="a").content.decode()
    assert not QuestionnaireUpload.objects.exists()


def test_what_is_no_questionnaire_is_refused_with_what_to_do():
    room = desk()
    for content, words in (
        (b"", "empty"),
        (b"%PDF-1.7 a page", "Give an XLSForm"),
        (b"PK\x03\x04 cut", "damaged, incomplete"),
        (b"[1, 2", "not JSON"),
        (b"[" * 100_000, "inside each other too deeply"),
    ):
        reply = send(room, content)
        assert (reply.status_code, words in reply.content.decode()) == (422, True), content[:20]
    none = room.client.post(f"{room.root}upload/read/", {})
    assert (none.status_code, "Choose a file." in none.content.decode()) == (422, True)


def test_a_file_over_the_limit_is_not_kept(settings):
    room = desk()
    settings.EVIDENCE_MAX_BYTES = 2**20
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert send(room, b"|" * (2**20 + 1)).status_code == 413


def test_an_upload_is_seen_by_its_partnership_alone_and_forgotten_after_a_day():
    room, other = desk(), desk()
    address = send(room, json.dumps(every_type()), name="a.json")["Location"]
    assert other.client.get(address).status_code == 404
    pk = QuestionnaireUpload.objects.get().pk
    for method in ("get", "post"):
        foreign = f"{other.root}upload/{pk}/" + ("take/" if method == "post" else "")
        assert getattr(other.client, method)(foreign).status_code == 404
    QuestionnaireUpload.objects.update(created_at=timezone.now() - dt.timedelta(days=1, hours=1))
    send(other, json.dumps(every_type()), name="a.json")
    assert QuestionnaireUpload.objects.get().project == other.exercise.project


def test_the_number_of_queries_does_not_grow():
    room, counts = desk(), []
    for sections in (1, 2):
        definition = {**every_type(), "sections": every_type()["sections"][:sections]}
        address = send(room, json.dumps(definition), name="a.json")["Location"]
        with CaptureQueriesContext(connection) as queries:
            assert room.client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
