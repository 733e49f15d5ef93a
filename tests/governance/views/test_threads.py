"""Discussions: about an answer and a row of the map, who sees them, who is told, and how they end."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.models import Answer, Comment, Mention, Response, Thread
from tests.factories.assessment import Assessment, assessment
from tests.factories.matrix import matrix
from tests.factories.synthesis import AreaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Assessment:
    return assessment()


@pytest.fixture
def address(room) -> str:
    return f"/workspace/responses/{room.team.pk}/1.1/"


@pytest.fixture
def lead(client, room):
    client.force_login(room.lead)
    return client


def begin(client, address, text="Should we count the guarantee?") -> Thread:
    reply = client.post(f"{address}threads/", {"text": text})
    thread = Thread.objects.latest("pk")
    assert (reply.status_code, reply["Location"]) == (302, f"{address}#thread-{thread.pk}")
    return thread


def test_a_talk_is_begun_answered_settled_and_reopened(lead, client, room, address):
    thread = begin(lead, address)
    assert Answer.objects.get().kind == "unanswered"  # talking about an answer does not give one
    client.force_login(room.contributor)
    client.post(f"/workspace/threads/{thread.pk}/reply/", {"text": "I would."})
    page = client.get(address).content.decode()
    assert ("I would." in page, "1 open" in page) == (True, True)
    listed = client.get(f"/workspace/responses/{room.team.pk}/").content.decode()
    assert "1 open discussion" in listed
    for _twice in range(2):
        client.post(f"/workspace/threads/{thread.pk}/settle/", {"settled": "yes"})
    page = client.get(address).content.decode()
    assert (f"Settled by {room.contributor.name}" in page, "1 open" in page) == (True, False)
    client.force_login(room.lead)
    client.post(f"/workspace/threads/{thread.pk}/settle/", {"settled": "no"})
    assert f"Reopened by {room.lead.name}" in client.get(address).content.decode()
    assert [row.event for row in Comment.objects.all()] == ["", "", "settled", "reopened"]


def test_who_is_named_finds_it_on_the_home_page(lead, client, room, address):
    thread = begin(lead, address, f"Ask @{room.contributor.name} and @{room.observer.name}")
    assert [row.user for row in Mention.objects.all()] == [room.contributor]  # an observer reads no answers
    client.force_login(room.contributor)
    page = client.get("/workspace/").content.decode()
    assert ("You were named" in page, f"{address}#thread-{thread.pk}" in page) == (True, True)
    mention = Mention.objects.get()
    client.post(f"/workspace/mentions/{mention.pk}/seen/")
    assert "You were named" not in client.get("/workspace/").content.decode()
    client.force_login(room.lead)
    assert client.post(f"/workspace/mentions/{mention.pk}/seen/").status_code == 404


def test_an_answer_in_the_talk_takes_the_notice_away(lead, client, room, address):
    thread = begin(lead, address, f"@{room.contributor.name}?")
    client.force_login(room.contributor)
    client.post(f"/workspace/threads/{thread.pk}/reply/", {"text": "Yes."})
    assert Mention.objects.get().seen_at is not None


def test_a_talk_about_a_rating_stays_between_stakeholder_and_facilitator(client, room):
    address = f"/workspace/responses/{room.of_stakeholder.pk}/1.1/"
    client.force_login(room.stakeholder)
    thread = begin(client, address, f"@{room.facilitator.name} and @{room.coordinator.name}: my reason")
    assert [row.user for row in Mention.objects.all()] == [room.facilitator]
    for person, status in (
        (room.facilitator, 302),
        (room.coordinator, 404),
        (room.lead, 404),
        (room.contact, 404),
        (room.observer, 404),
    ):
        client.force_login(person)
        reply = client.post(f"/workspace/threads/{thread.pk}/reply/", {"text": "Heard."})
        assert reply.status_code == status, person


def test_ones_own_comment_can_be_changed_and_removed_for_a_day(lead, client, room, address):
    begin(lead, address, "Frist")
    comment = Comment.objects.get()
    change = f"/workspace/comments/{comment.pk}/"
    lead.post(change, {"text": "First", "version": "1"})
    assert lead.post(change, {"text": "Late", "version": "1"}).status_code == 409
    assert lead.post(change, {"text": "Late"}).status_code == 428
    page = lead.get(address).content.decode()
    assert ("First" in page, "changed afterwards" in page) == (True, True)
    client.force_login(room.contributor)
    assert client.post(change, {"text": "Not mine", "version": "2"}).status_code == 404
    client.force_login(room.lead)
    lead.post(f"{change}remove/")
    page = lead.get(address).content.decode()
    assert ("First" in page, f"{room.lead.name} removed this comment" in page) == (False, True)
    assert Comment.objects.get().text == "First"  # soft


def test_after_a_day_a_comment_stands(lead, address):
    begin(lead, address, "First")
    Comment.objects.update(at=timezone.now() - dt.timedelta(hours=25))
    comment = Comment.objects.get()
    lead.post(f"/workspace/comments/{comment.pk}/remove/")
    comment.refresh_from_db()
    assert comment.removed_at is None


@pytest.mark.parametrize("text", ["", " \u200b ", "a\x00b", "x" * 3001])
def test_a_comment_that_cannot_be_kept_comes_back_with_the_reason(lead, address, text):
    reply = lead.post(f"{address}threads/", {"text": text})
    assert (reply.status_code, Thread.objects.count()) == (422, 0)
    assert "There is a problem" in reply.content.decode()


def test_keeping_both_answers_opens_a_talk_and_choosing_ends_it(lead, address):
    lead.post(f"{address}save/", {"level": "2", "version_level": "1", "was_level": ""})
    lead.post(f"{address}settle/", {"field": "level", "choice": "both", "level": "3", "version": "2"})
    thread = Thread.objects.get()
    text = thread.comments.get().text
    assert ("2 Starting" in text, "3 Partly in place" in text, thread.field) == (True, True, "level")
    lead.post(f"{address}settle/", {"field": "level", "choice": "mine", "level": "3", "version": "2"})
    thread.refresh_from_db()
    assert (thread.is_settled, Answer.objects.get().level) == (True, 3)


def test_rows_of_the_map_and_conclusions_are_talked_about(client):
    place = matrix()
    area = AreaFactory(region_map=place.region_map)
    base = f"/workspace/maps/{place.region_map.pk}"
    client.force_login(place.contact)
    for kind, row in (("capability", place.capability), ("space", place.space), ("area", area)):
        talk = f"{base}/talk/{kind}/{row.pk}/"
        assert client.post(f"{talk}start/", {"text": f"Is it, @{place.lead.name}?"}).status_code == 302
        assert "Is it, @" in client.get(talk).content.decode()
    client.force_login(place.lead)
    assert "1 open discussion" in client.get(f"{base}/matrix/").content.decode()
    assert "1 open discussion" in client.get(f"{base}/synthesis/").content.decode()
    talk = f"{base}/talk/capability/{place.capability.pk}/"
    for person, status in ((place.observer, 403), (place.stranger, 404)):
        client.force_login(person)
        assert client.get(talk).status_code == status
        assert client.post(f"{talk}start/", {"text": "Hm"}).status_code == status
        matrix_page = client.get(f"{base}/matrix/").content.decode()
        assert "open discussion" not in matrix_page
    client.force_login(place.lead)
    assert client.get(f"{base}/talk/capability/999999/").status_code == 404
    assert client.get(f"{base}/talk/nothing/1/").status_code == 404


def test_leaving_theirs_keeps_both_values_in_the_talk(client):
    place = matrix()
    client.force_login(place.lead)
    talk = f"/workspace/maps/{place.region_map.pk}/talk/capability/{place.capability.pk}/"
    client.post(f"{talk}start/", {"text": "5 · Among the leading", "theirs": "1 · First actors"})
    assert Comment.objects.get().text == "Two answers: 1 · First actors, and mine: 5 · Among the leading"


def test_two_long_values_are_kept_whole_in_the_talk(client):
    """Mine stands nowhere else: cut short, its end would be gone."""
    place = matrix()
    client.force_login(place.lead)
    talk = f"/workspace/maps/{place.region_map.pk}/talk/capability/{place.capability.pk}/start/"
    theirs, mine = "t" * 4990 + " END THEIRS", "m" * 4990 + " END MINE"
    assert client.post(talk, {"text": mine, "theirs": theirs}).status_code == 302
    assert Comment.objects.get().text == f"Two answers: {theirs}, and mine: {mine}"


@pytest.mark.parametrize("theirs", ["a\0b", "x" * 10_001])
def test_what_cannot_be_kept_of_theirs_is_refused_with_my_text(client, theirs):
    place = matrix()
    client.force_login(place.lead)
    talk = f"/workspace/maps/{place.region_map.pk}/talk/capability/{place.capability.pk}/start/"
    reply = client.post(talk, {"text": "Mine in words", "theirs": theirs})
    assert (reply.status_code, "Mine in words" in reply.content.decode()) == (422, True)
    assert Comment.objects.count() == 0


def test_a_sent_response_can_still_be_talked_about(lead, room, address):
    Response.objects.update(state="submitted")
    begin(lead, address)


def test_the_number_of_queries_does_not_grow(lead, room, address):
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            lead.get(address)
        return len(counted)

    begin(lead, address)
    lead.get(address)
    one = queries()
    for _more in range(3):
        thread = begin(lead, address)
        lead.post(f"/workspace/threads/{thread.pk}/reply/", {"text": "More"})
    assert queries() == one


def test_a_comment_of_nothing_visible_is_asked_for_a_text(lead, address):
    page = lead.post(f"{address}threads/", {"text": "\u200b\u2060"}).content.decode()
    assert "Write a text with at least one letter or number." in page
    assert "Enter a name" not in page
