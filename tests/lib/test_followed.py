"""A save and what was typed since in one request, through pages of three kinds."""

import pytest
from django.test import Client

from governance.models import Answer, AnswerRevision
from journeys.models import ChapterNarrative
from mapping.enums import Role
from tests.factories.mapping import RegionMapFactory, member
from tests.factories.rooms import open_room
from tests.factories.synthesis import AreaFactory

pytestmark = pytest.mark.django_db


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def send(client, address, **sent):
    named = {name.replace("__", "."): value for name, value in sent.items()}
    return client.post(address, named, headers={"HX-Request": "true"})


@pytest.fixture
def room():
    return open_room()


def at(room, code):
    return f"/workspace/responses/{room.response.pk}/{code}/value/"


@pytest.mark.parametrize("arrived", [True, False])
def test_the_newest_stands_whether_or_not_the_first_came_before(room, arrived):
    lead, address = client_of(room.lead), at(room, "1.8")
    if arrived:
        send(lead, address, value="One", version_value=1)
    reply = send(lead, address, value="One", version_value=1, newest__value="One\r\nand two")
    assert (reply.status_code, reply["X-Version"]) == (200, "3")
    texts = [row.values["value"] for row in AnswerRevision.objects.order_by("pk")]
    assert texts == ["One", "One\nand two"]


def test_what_somebody_wrote_meanwhile_is_not_overwritten_and_both_texts_are_kept(room):
    colleague, address = client_of(room.contributor), at(room, "1.8")
    send(colleague, address, value="Theirs", version_value=1)
    lead = client_of(room.lead)
    reply = send(lead, address, value="One", version_value=1, newest__value="One and two")
    assert (reply.status_code, "Theirs" in reply.content.decode()) == (409, True)
    assert Answer.objects.get(question__code="1.8").value == "Theirs"
    kept = [row.values["value"] for row in AnswerRevision.objects.filter(by=room.lead).order_by("pk")]
    assert kept == ["One", "One and two"]


def test_negative_control_a_guessed_version_overwrites(room):
    send(client_of(room.contributor), at(room, "1.8"), value="Theirs", version_value=1)
    assert (
        send(client_of(room.lead), at(room, "1.8"), value="One and two", version_value=2).status_code == 200
    )
    assert Answer.objects.get(question__code="1.8").value == "One and two"


def test_several_choices_and_a_first_step_that_was_not_accepted(room):
    lead = client_of(room.lead)
    send(lead, at(room, "1.2"), value="yes", version_value=1)
    sent = {"value": ["", "a", "none"], "newest.value": ["", "a", "b"], "version_value": "1"}
    reply = lead.post(at(room, "1.3"), sent, headers={"HX-Request": "true"})
    assert (reply.status_code, Answer.objects.get(question__code="1.3").value) == (200, ["a", "b"])


def test_a_row_of_the_synthesis_and_a_chapter():
    region_map = RegionMapFactory()
    lead = client_of(member(Role.REGIONAL_LEAD, region_map))
    area = AreaFactory(region_map=region_map, text="Before")
    address = f"/workspace/maps/{region_map.pk}/synthesis/area/{area.pk}/"
    reply = send(lead, address, text="One", version_text=1, newest__text="One\r\nand two")
    area.refresh_from_db()
    assert (reply.status_code, area.text, area.version_of("text")) == (200, "One\nand two", 3)
    coordinator = client_of(member(Role.COORDINATOR, region_map))
    address = f"/workspace/exercises/{region_map.exercise.slug}/document/introduction/"
    reply = send(coordinator, address, text="One", version=1, newest__text="One\r\nand two")
    assert (reply.status_code, ChapterNarrative.objects.get().text) == (200, "One\nand two")


def test_the_scope_and_the_permission_are_asked_as_ever(room):
    sent = {"value": "One", "version_value": 1, "newest__value": "Two"}
    assert send(client_of(member(Role.OBSERVER, room.region_map)), at(room, "1.8"), **sent).status_code == 404
    assert (
        send(client_of(member(Role.FACILITATOR, room.region_map)), at(room, "1.8"), **sent).status_code == 403
    )
    assert not Answer.objects.filter(question__code="1.8").exists()
