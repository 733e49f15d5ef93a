"""Documents behind answers: added, used again, removed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from governance.enums import ResponseState
from governance.models import Answer, Evidence, Response
from governance.services.answer_rows import NotAsked, ResponseClosed
from governance.services.evidence import (
    MOST,
    NotInThisResponse,
    TooMany,
    add_evidence,
    remove_evidence,
    reuse_evidence,
)
from tests.factories.assessment import Assessment, assessment

pytestmark = pytest.mark.django_db


def target(room: Assessment, by, code: str = "1.1") -> dict:
    return {
        "scope": Response.objects.fillable_by(by),
        "response_id": room.team.pk,
        "key": (code, None),
        "by": by,
    }


def link(title: str = "Strategy 2020") -> dict:
    return {"title": title, "url": "https://region.example/strategy"}


def upload() -> dict:
    return {"title": "Strategy", "file": SimpleUploadedFile("../../x.pdf", b"%PDF"), "file_name": "x.pdf"}


def test_a_link_supports_its_answer_and_is_in_the_history():
    room = assessment()
    evidence = add_evidence(values=link(), **target(room, room.contributor))
    answer = Answer.objects.get()
    assert list(answer.evidence.all()) == [evidence]
    assert (evidence.region_map, evidence.added_by) == (room.region_map, room.contributor)
    assert answer.revisions.get().values == {"change": "added", "title": "Strategy 2020"}


def test_p61_a_file_lies_under_a_random_name(media_root):
    room = assessment()
    evidence = add_evidence(values=upload(), **target(room, room.lead))
    folder, _slash, name = evidence.file.name.partition("/")
    assert (folder, len(name), name.isalnum()) == ("evidence", 32, True)
    assert (media_root / evidence.file.name).read_bytes() == b"%PDF"


def test_a_document_supports_two_answers_and_goes_with_the_last():
    room = assessment()
    evidence = add_evidence(values=link(), **target(room, room.lead))
    reuse_evidence(evidence_id=evidence.pk, **target(room, room.lead, "1.2"))
    assert remove_evidence(evidence_id=evidence.pk, **target(room, room.lead))
    assert Evidence.objects.count() == 1
    assert remove_evidence(evidence_id=evidence.pk, **target(room, room.lead, "1.2"))
    assert Evidence.objects.count() == 0


def test_using_a_document_twice_is_using_it_once():
    room = assessment()
    evidence = add_evidence(values=link(), **target(room, room.lead))
    reuse_evidence(evidence_id=evidence.pk, **target(room, room.lead))
    assert Answer.objects.get().evidence.count() == 1


def test_the_file_goes_with_its_document(media_root, django_capture_on_commit_callbacks):
    room = assessment()
    evidence = add_evidence(values=upload(), **target(room, room.lead))
    with django_capture_on_commit_callbacks(execute=True):
        remove_evidence(evidence_id=evidence.pk, **target(room, room.lead))
    assert not (media_root / evidence.file.name).exists()


def test_a_document_of_another_region_cannot_be_used():
    room, other = assessment(), assessment()
    foreign = add_evidence(values=link(), **target(other, other.lead))
    with pytest.raises(NotInThisResponse):
        reuse_evidence(evidence_id=foreign.pk, **target(room, room.lead))
    assert not remove_evidence(evidence_id=foreign.pk, **target(room, room.lead))
    assert Evidence.objects.count() == 1


def test_an_answer_has_room_for_twenty():
    room = assessment()
    for number in range(MOST):
        add_evidence(values=link(f"Document {number}"), **target(room, room.lead))
    with pytest.raises(TooMany):
        add_evidence(values=link(), **target(room, room.lead))


def test_a_sent_response_keeps_its_documents():
    room = assessment()
    evidence = add_evidence(values=link(), **target(room, room.lead))
    Response.objects.filter(pk=room.team.pk).update(state=ResponseState.SUBMITTED)
    with pytest.raises(ResponseClosed):
        remove_evidence(evidence_id=evidence.pk, **target(room, room.lead))
    with pytest.raises(ResponseClosed):
        add_evidence(values=link(), **target(room, room.lead))


def test_nobody_adds_outside_their_scope():
    room, other = assessment(), assessment()
    for stranger in (other.lead, room.coordinator, room.observer):
        with pytest.raises(Response.DoesNotExist):
            add_evidence(values=link(), **target(room, stranger))
    with pytest.raises(NotAsked):
        add_evidence(values=link(), **target(room, room.lead, "9.9"))
    assert Evidence.objects.count() == 0
