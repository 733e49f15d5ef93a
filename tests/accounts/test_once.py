"""A request with an Idempotency-Key has its effect once; the same key with anything else is refused (P07)."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from cohes3ion.accounts.models import KEPT_FOR, KeptReply
from cohes3ion.accounts.tasks import forget_replies
from governance.models import AnswerRevision, GroupEntry, Response
from tests.factories.questionnaires import question
from tests.factories.rooms import Room, open_room

pytestmark = pytest.mark.django_db
OTHER = [{"code": "S1", "title": "First", "questions": [question("7.1", "short_text")]}]
KEY = "8e03978e-40d5-43e8-bc93-6894a57f9324"


@pytest.fixture
def room() -> Room:
    return open_room()


@pytest.fixture
def lead(client, room) -> Client:
    client.force_login(room.lead)
    return client


def add(client, room, *, key=KEY, **body):
    headers = {"Idempotency-Key": key} if key else {}
    sent = {"group": "2.6", **body}
    return client.post(f"{room.api}entries/", sent, content_type="application/json", headers=headers)


def write(client, room, body, *, key=KEY, tag='"value.1-explanation.1"'):
    headers = {"Idempotency-Key": key, "If-Match": tag}
    address = f"{room.api}answers/1.4/"
    return client.patch(address, body, content_type="application/json", headers=headers)


def test_p07_five_times_the_same_is_one_effect_and_one_reply(lead, room):
    replies = [add(lead, room) for _time in range(5)]
    assert {reply.status_code for reply in replies} == {201}
    assert len({reply.content for reply in replies}) == 1
    assert len({reply["ETag"] for reply in replies}) == 1
    assert [reply.get("Idempotent-Replayed") for reply in replies] == [None, *["true"] * 4]
    assert GroupEntry.objects.count() == 1


def test_p07_negative_control_without_a_key(lead, room):
    for _time in range(3):
        add(lead, room, key="")
    assert GroupEntry.objects.count() == 3


def test_p07_another_request_with_the_same_key_is_refused(lead, room):
    assert write(lead, room, {"value": 5}).status_code == 200
    for other in ({"value": 6}, {"value": 5, "explanation": ""}):
        reply = write(lead, room, other)
        assert (reply.status_code, reply.json()["code"]) == (422, "idempotency_key")
    assert write(lead, room, {"value": 5}, tag='"value.2-explanation.1"').status_code == 422
    assert add(lead, room).status_code == 422
    assert (AnswerRevision.objects.count(), GroupEntry.objects.count()) == (1, 0)


def test_p07_the_key_of_another_person_is_another_key(lead, room):
    colleague = Client()
    colleague.force_login(room.contributor)
    assert (add(lead, room).status_code, add(colleague, room).status_code) == (201, 201)
    assert GroupEntry.objects.count() == 2


def test_a_refusal_that_left_a_trace_is_replayed_as_well(lead, room):
    assert write(lead, room, {"value": 5}, key="a").status_code == 200
    first, second = (write(lead, room, {"value": 6}, key="b") for _time in range(2))
    assert (first.status_code, second.status_code) == (412, 412)
    assert first.content == second.content
    assert second["Content-Type"] == "application/problem+json"
    assert AnswerRevision.objects.count() == 2


def test_a_refusal_without_an_effect_leaves_the_key_free(lead, room):
    assert write(lead, room, {"value": 101}).status_code == 422
    assert write(lead, room, {"value": 5}).status_code == 200


def test_effect_and_reply_are_written_together_or_not_at_all(lead, room, monkeypatch):
    """A server that dies between the two would, on the retry, add a second entry."""
    monkeypatch.setattr("cohes3ion.accounts.once.keep", lambda reply, **values: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        add(lead, room)
    assert (GroupEntry.objects.count(), KeptReply.objects.count()) == (0, 0)


@pytest.mark.parametrize("key", ["", "a" * 101, "with space", "né"])
def test_a_key_that_is_none_is_refused(lead, room, key):
    headers = {"Idempotency-Key": key}
    sent = {"group": "2.6"}
    reply = lead.post(f"{room.api}entries/", sent, content_type="application/json", headers=headers)
    assert (reply.status_code, reply.json()["code"]) == (400, "idempotency_key")


def test_a_retry_gets_its_reply_even_if_the_question_is_gone(lead, room):
    """Otherwise somebody whose answer was saved would read that nothing was saved."""
    first = write(lead, room, {"value": 5})
    other = open_room({"key": "other", "title": "Other", "sections": OTHER}).response.questionnaire_version
    Response.objects.filter(pk=room.response.pk).update(questionnaire_version=other)
    assert write(lead, room, {"value": 5}, key="new").status_code == 404
    again = write(lead, room, {"value": 5})
    assert (again.status_code, again.content) == (200, first.content)


def test_who_lost_the_role_gets_no_reply_from_before(lead, room):
    assert add(lead, room).status_code == 201
    room.lead.memberships.all().delete()
    assert add(lead, room).status_code == 404


def test_replies_are_forgotten_after_the_stated_time(lead, room):
    add(lead, room, key="old")
    add(lead, room, key="new")
    KeptReply.objects.filter(key="old").update(created_at=timezone.now() - KEPT_FOR - dt.timedelta(minutes=1))
    forget_replies()
    assert list(KeptReply.objects.values_list("key", flat=True)) == ["new"]
