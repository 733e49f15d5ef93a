"""Who is here: shown to those who share the page, gone within a minute, two queries while nothing changes."""

import datetime as dt

import pytest
from django.utils import timezone

from cohes3ion.accounts.models import User
from governance.models import Presence
from governance.selectors.presence import draft_here
from mapping.enums import Role
from tests.factories.assessment import Assessment, assessment
from tests.factories.mapping import CapabilityFactory, UserFactory, member
from tests.governance.editor import desk

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


def test_p28_who_was_not_heard_of_for_45_seconds_is_gone(client, room, address):
    """A page asks every 15 seconds at most: a minute on the colleague's screen."""
    say(client, room.contributor, address)
    Presence.objects.update(seen_at=timezone.now() - dt.timedelta(seconds=40))
    assert room.contributor.name in say(client, room.lead, address).content.decode()
    say(client, room.lead, address, leaving="on")
    Presence.objects.update(seen_at=timezone.now() - dt.timedelta(seconds=45))
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


def test_who_is_at_a_row_is_named_in_the_matrix_with_the_way_there(client, room):
    address = f"/workspace/maps/{room.region_map.pk}/here/"
    row = CapabilityFactory(unit=room.units[0])
    say(client, room.contributor, address, f"capability-{row.pk}")
    reply = say(client, room.lead, address, "matrix")
    there = f'<a href="/workspace/capability/{row.pk}/">at a row of the matrix</a>'
    assert there in reply.content.decode()
    assert (
        "at the same place as you" in say(client, room.lead, address, f"capability-{row.pk}").content.decode()
    )
    other = CapabilityFactory(unit=room.units[0])
    say(client, room.contributor, address, f"capability-{other.pk}")
    assert (
        f"/capability/{other.pk}/"
        in say(client, room.lead, address, "matrix", tag=reply["X-Here"]).content.decode()
    )


@pytest.mark.parametrize("place", ["capability-", "capability-x", "nothing-1", "capability-12345678901"])
def test_a_place_that_is_no_row_counts_as_the_matrix(client, room, place):
    address = f"/workspace/maps/{room.region_map.pk}/here/"
    say(client, room.contributor, address, place)
    assert "in the matrix" in say(client, room.lead, address, "matrix").content.decode()


def test_people_in_the_draft_of_a_questionnaire_see_each_other_and_readers_too(client):
    room = desk()
    ben = member(Role.FACILITATOR, room.region_map)
    User.objects.filter(pk=ben.pk).update(name="Ben")
    address, question = f"{room.address}here/", room.question("1.2")
    assert say(client, ben, address, f"question-{question.pk}").status_code == 200
    page = room.client.get(room.address).content.decode()
    assert "Ben is here" in page
    assert f'<a href="{room.address}questions/{question.pk}/">question 1.2</a>' in page
    there = room.client.get(f"{room.address}questions/{question.pk}/").content.decode()
    assert "at the same place as you" in there
    words_at = {"texts": "in the translations", "check": "where it is published"}
    for place, words in {**words_at, "question-x": "on the list", "section-999": "on the list"}.items():
        Presence.objects.all().delete()
        say(client, ben, address, place)
        assert words in room.client.post(address, {"place": "here"}).content.decode()
    Presence.objects.update(seen_at=timezone.now() - dt.timedelta(seconds=60))
    assert "Ben" not in room.client.get(room.address).content.decode()
    other = desk()
    assert say(client, ben, f"{other.address}here/").status_code == 404
    assert say(client, ben, f"{room.root}{other.draft.pk}/here/").status_code == 404
    assert say(client, member(Role.CONTRIBUTOR, room.region_map), address).status_code == 404


@pytest.mark.parametrize("people", [1, 6])
def test_a_draft_asks_two_queries_for_who_is_here_however_many_are(people, django_assert_num_queries):
    room = desk()
    for number in range(people):
        user = UserFactory(name=f"Reader {number}")
        place = f"question-{room.question('1.2').pk}"
        Presence.objects.create(
            user=user, questionnaire_version=room.draft, room=f"draft-{room.draft.pk}", place=place
        )
    with django_assert_num_queries(2):
        found = draft_here(
            version=room.draft, project=room.exercise.project, place="texts", user=room.coordinator
        )
    assert len(found.people) == people


@pytest.mark.parametrize("sent", [{"place": "x" * 61}, {"place": "a\x00b"}])
def test_a_place_that_cannot_be_stored_is_refused(client, room, address, sent):
    client.force_login(room.lead)
    assert client.post(address, sent).status_code == 422
