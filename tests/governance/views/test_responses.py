"""Task list, check page, sending, returning, approving."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cohes3ion.lib.row_forms import Change
from governance.enums import ResponseState
from governance.models import Answer, Question, Response
from governance.services.responses import save_answer, submit_response
from governance.services.reviews import return_response
from tests.factories.assessment import Assessment, assessment
from tests.factories.questionnaires import question
from tests.factories.rooms import open_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Assessment:
    return assessment()


def address(response: Response, action: str = "") -> str:
    return f"/workspace/responses/{response.pk}/{action}{'/' if action else ''}"


def words_of(client, response: Response, action: str = "") -> str:
    reply = client.get(address(response, action))
    assert reply.status_code == 200
    return reply.content.decode()


def test_task_list_works(client, room):
    client.force_login(room.contributor)
    page = words_of(client, room.team)
    for words in ("Smart priorities", "Roles", "0 of 4", "Start here", room.lead.name, "Cannot start yet"):
        assert words in page
    Answer.objects.create(
        response=room.team, question=room.core, kind="value", level=3, edited_by=room.contributor
    )
    page = words_of(client, room.team)
    for words in ("Continue where you left off", "Another statement", "1 of 2 questions", "In progress"):
        assert words in page


def test_task_list_of_a_stakeholder_is_short(client, room):
    client.force_login(room.stakeholder)
    page = words_of(client, room.of_stakeholder)
    assert ("about ten minutes" in page, "Roles" in page, "0 of 1" in page) == (True, False, True)
    assert room.lead.name not in page


@pytest.mark.parametrize("action", ["", "check"])
def test_strangers_get_404(client, room, action):
    other = assessment()
    for person in (other.lead, other.coordinator, room.observer, room.stakeholder, room.contact):
        client.force_login(person)
        assert client.get(address(room.team, action)).status_code == 404


def test_a_stakeholder_sees_no_other_stakeholder(client, room):
    other = assessment(region_map=room.region_map)
    client.force_login(room.stakeholder)
    assert client.get(address(other.of_stakeholder)).status_code == 404
    for person in (room.lead, room.coordinator):
        client.force_login(person)
        assert client.get(address(room.of_stakeholder)).status_code == 404
    client.force_login(room.facilitator)
    assert client.get(address(room.of_stakeholder)).status_code == 200


def test_check_page_lists_every_answer(client, room):
    room.fill()
    client.force_login(room.lead)
    page = words_of(client, room.team, "check")
    for words in ("Core statement", "Partly in place", "importance 4", "1 document", "Send the answers"):
        assert words in page
    assert "every question has an answer" in page


def test_check_page_links_every_open_question(client, room):
    client.force_login(room.contributor)
    page = words_of(client, room.team, "check")
    links = [f"{address(room.team)}1.1/", f"{address(room.team)}1.2/"]
    links += [f"{address(room.team)}2.1/{unit.pk}/" for unit in room.units]
    assert [f'href="{link}"' in page for link in links] == [True] * 4
    assert page.count("Not answered yet") == 4
    assert f"<b>{room.lead}</b>" in page  # who can send it
    assert "Send the answers" not in page


def test_sending_an_incomplete_response_is_422_with_links(client, room):
    client.force_login(room.lead)
    reply = client.post(address(room.team, "submit"))
    page = reply.content.decode()
    assert reply.status_code == 422
    assert "<title>Error:" in page
    assert "There is a problem" in page
    assert f'<a href="{address(room.team)}1.1/">Answer question 1.1 “Core statement”.</a>' in page


def test_sending_twice_says_who_sent_it_when(client, room):
    room.answer_all(room.team)
    client.force_login(room.lead)
    reply = client.post(address(room.team, "submit"), follow=True)
    assert "The answers were sent." in reply.content.decode()
    reply = client.post(address(room.team, "submit"), follow=True)
    assert f"The answers were sent already, by {room.lead} on" in reply.content.decode()


def test_who_may_send(client, room):
    for response in (room.team, room.of_units[0], room.of_stakeholder):
        room.answer_all(response)
    for person in (room.contributor, room.coordinator, room.facilitator):
        client.force_login(person)
        assert client.post(address(room.team, "submit")).status_code == 403
    client.force_login(room.observer)
    assert client.post(address(room.team, "submit")).status_code == 404
    own = [(room.lead, room.team), (room.contact, room.of_units[0]), (room.stakeholder, room.of_stakeholder)]
    for person, response in own:
        client.force_login(person)
        assert client.post(address(response, "submit")).status_code == 302
    assert Response.objects.filter(state=ResponseState.SUBMITTED).count() == 3


def test_the_coordinator_returns_with_a_reason(client, room):
    room.answer_all(room.team)
    client.force_login(room.lead)
    client.post(address(room.team, "submit"))
    client.force_login(room.coordinator)
    assert "Return the answers" in words_of(client, room.team, "check")
    assert client.post(address(room.team, "return"), {"reason": " "}).status_code == 422
    reply = client.post(address(room.team, "return"), {"reason": "1.1 needs <b>a source</b>."})
    assert reply.status_code == 302
    client.force_login(room.lead)
    page = words_of(client, room.team)
    assert "The coordinator returned these answers" in page
    assert "1.1 needs &lt;b&gt;a source&lt;/b&gt;." in page


def test_the_coordinator_approves_once(client, room):
    room.answer_all(room.team)
    client.force_login(room.coordinator)
    reply = client.post(address(room.team, "approve"), follow=True)
    assert "Only answers that were sent can be approved." in reply.content.decode()
    client.force_login(room.lead)
    client.post(address(room.team, "submit"))
    client.force_login(room.coordinator)
    reply = client.post(address(room.team, "approve"), follow=True)
    assert "The answers were approved." in reply.content.decode()


def test_only_the_coordinator_reviews(client, room):
    for person, status in ((room.lead, 403), (room.facilitator, 403), (room.observer, 404)):
        client.force_login(person)
        for action in ("approve", "return"):
            assert client.post(address(room.team, action), {"reason": "x"}).status_code == status


@pytest.mark.parametrize("action", ["submit", "return", "approve"])
def test_steps_are_post_only(client, room, action):
    client.force_login(room.lead)
    assert client.get(address(room.team, action)).status_code == 405


def test_two_answers_to_choose_from_come_first(client, room):
    room.answer_all(room.team)
    client.force_login(room.lead)
    sent = {"field": "level", "level": "5", "choice": "both", "version": "1"}
    client.post(f"{address(room.team)}1.1/settle/", sent)
    assert "Two answers need your choice" in words_of(client, room.team)
    assert "Needs a choice" in words_of(client, room.team, "check")
    reply = client.post(address(room.team, "submit"))
    assert reply.status_code == 422
    assert "Choose between two answers to question 1.1" in reply.content.decode()


@pytest.mark.parametrize("action", ["", "check"])
@pytest.mark.parametrize("units", [1, 60])
def test_task_list_and_check_page_cost_the_same_at_any_size(client, units, action):
    room = assessment(units=units)
    room.fill()
    client.force_login(room.lead)
    words_of(client, room.team, action)
    with CaptureQueriesContext(connection) as caught:
        words_of(client, room.team, action)
    assert len(caught) == 2 + (11 if action == "check" else 10)


def test_reviewers_read_the_steps_and_what_changed_since_the_last_round(client, room):
    room.answer_all(room.team)
    submit_response(response=room.team, by=room.lead)
    return_response(response=room.team, reason="1.1 needs a source.", by=room.coordinator)
    changes = [Change(field="explanation", values={"explanation": "See the act."}, version=1)]
    key = (room.core.code, None)
    save_answer(
        scope=Response.objects.all(), response_id=room.team.pk, key=key, changes=changes, by=room.lead
    )
    submit_response(response=room.team, by=room.lead)
    client.force_login(room.coordinator)
    page = words_of(client, room.team, "check")
    assert ("1.1 needs a source." in page, address(room.team, "changes") in page) == (True, True)
    page = words_of(client, room.team, "changes")
    assert ("(when they were given back)" in page, "See the act." in page) == (True, True)


def test_what_is_left_is_called_optional_where_it_is(client):
    questions = [question("1.1", "number"), question("1.2", "long_text", required=False)]
    section = {"code": "S1", "title": "First", "questions": questions}
    room = open_room({"key": "short", "title": "Short", "sections": [section]})
    client.force_login(room.lead)
    assert "optional" not in words_of(client, room.response)
    first, second = Question.objects.order_by("code")
    Answer.objects.create(response=room.response, question=first, kind="value", value=5)
    tasks, check = (" ".join(words_of(client, room.response, page).split()) for page in ("", "check"))
    assert "1 of 2 questions, the rest is optional" in tasks
    assert "Every question that must have an answer has one; the rest is optional" in tasks
    assert "Every question has an answer" not in tasks
    assert "Nothing that must be answered; the rest is optional." in check
    Answer.objects.create(response=room.response, question=second, kind="value", value="Much")
    tasks, check = (words_of(client, room.response, page) for page in ("", "check"))
    assert ("Every question has an answer" in tasks, "optional" in tasks, "optional" in check) == (
        True,
        False,
        False,
    )
