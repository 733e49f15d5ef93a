"""Who is here: shown to those who share the page, gone after a minute, two queries while nothing changes."""

import datetime as dt

import pytest
from django.utils import timezone

from governance.models import Presence
from tests.factories.assessment import Assessment, assessment

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Assessment:
    return assessment()


@pytest.fixture
def address(room) -> str:
    return f"/workspace/responses/{room.team.pk}/here/"


def say(client, user, address, place="1.1", **more):
    client.force_login(user)
    return client.post(address, {"place": place, **more})


def test_two_people_see_each_other_and_where(client, room, address):
    say(client, room.contributor, address, "1.2")
    reply = say(client, room.lead, address)
    text = reply.content.decode()
    assert (reply.status_code, room.contributor.name in text, "Smart priorities, question 1.2" in text) == (
        200,
        True,
        True,
    )
    page = client.get(f"/workspace/responses/{room.team.pk}/1.2/").content.decode()
    assert "at the same place as you" in page
    assert f"{room.contributor.name} is here" in page


def test_an_unchanged_list_is_not_sent_again(client, room, address, django_assert_num_queries):
    say(client, room.contributor, address)
    tag = say(client, room.lead, address)["X-Here"]
    with django_assert_num_queries(4):  # session, person; one UPDATE and one list
        reply = client.post(address, {"place": "1.1", "tag": tag})
    assert (reply.status_code, reply.content) == (204, b"")


def test_p28_who_was_not_heard_of_for_a_minute_is_gone(client, room, address):
    say(client, room.contributor, address)
    Presence.objects.update(seen_at=timezone.now() - dt.timedelta(seconds=60))
    assert room.contributor.name not in say(client, room.lead, address).content.decode()
    assert Presence.objects.count() == 1  # the old row went with the arrival


def test_leaving_takes_the_row_away(client, room, address):
    say(client, room.lead, address)
    assert say(client, room.lead, address, leaving="on").status_code == 204
    assert Presence.objects.count() == 0


def test_a_form_one_may_not_read_is_not_there(client, room, address):
    assert say(client, room.observer, address).status_code == 404
    stakeholder = f"/workspace/responses/{room.of_stakeholder.pk}/here/"
    assert say(client, room.coordinator, stakeholder).status_code == 404
    assert say(client, room.stakeholder, stakeholder).status_code == 200
    assert Presence.objects.count() == 1


def test_a_right_that_was_withdrawn_ends_the_presence(client, room, address):
    say(client, room.contributor, address)
    room.contributor.memberships.all().delete()
    assert say(client, room.contributor, address).status_code == 404


def test_the_matrix_is_a_room_of_its_own(client, room):
    address = f"/workspace/maps/{room.region_map.pk}/here/"
    say(client, room.observer, address, "matrix")
    text = say(client, room.lead, address, "synthesis").content.decode()
    assert (room.observer.name in text, "in the matrix" in text) == (True, True)


@pytest.mark.parametrize("sent", [{"place": "x" * 61}, {"place": "a\x00b"}])
def test_a_place_that_cannot_be_stored_is_refused(client, room, address, sent):
    client.force_login(room.lead)
    assert client.post(address, sent).status_code == 422
