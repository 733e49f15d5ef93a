"""Kept, changed and dropped answers after the questionnaire changed, and the note that leads there."""

import pytest

from governance.models import Answer, AnswerRevision, Comment, Question, Thread
from governance.services.carrying import attach_version
from mapping.enums import Role
from tests.factories.mapping import UserFactory, member
from tests.governance.services.test_carrying import Room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    room = Room()
    room.lead = member(Role.REGIONAL_LEAD, room.region_map)
    room.coordinator = member(Role.COORDINATOR, room.region_map)
    old = Answer.objects.get(question__code="1.7")
    thread = Thread.objects.create(region_map=room.region_map, answer=old)
    Comment.objects.create(thread=thread, by=room.lead, text="Is it still called so?")
    return room


@pytest.fixture
def carried(room):
    attach_version(version=room.new, exercise=room.region_map.exercise, by=room.person)
    return room


def pages(client, person, room):
    client.force_login(person)
    address = f"/workspace/responses/{room.response.pk}/"
    return client.get(address), client.get(f"{address}changes/questionnaire/")


def test_team_and_coordinator_find_what_was_dropped(client, carried):
    for person in (carried.lead, carried.coordinator):
        tasks, page = pages(client, person, carried)
        told = " ".join(tasks.content.decode().split())
        assert "2 answers kept, 2 kept though their questions changed, 2 no longer asked." in told
        assert f"/workspace/responses/{carried.response.pk}/changes/questionnaire/" in told
        text = " ".join(page.content.decode().split())
        assert [word in text for word in ("What is 1.7?", "A name", "the question is gone")] == [True] * 3
        assert [word in text for word in ("40 %", "another type", "Is it still called so?")] == [True] * 3
        assert [word in text for word in ("B, A", "some answers no longer fit")] == [True] * 2
        assert ("Change or remove" in text, "<textarea" in text) == (False, False)
    check = client.get(f"/workspace/responses/{carried.response.pk}/check/").content.decode()
    assert "What became of each answer" in check


def test_each_answer_is_told_once_with_its_fate(client, carried):
    _tasks, reply = pages(client, carried.lead, carried)
    (page,) = reply.context["pages"]
    told = {line.code: (line.fate, [row.text for row in line.dropped]) for line in page.questions}
    assert told == {
        "1.1": ("kept", []),
        "1.2": ("changed", []),
        "1.4": ("dropped", ["40 %"]),
        "1.7": ("dropped", ["A name"]),
        "2.5": ("changed", ["40"]),
        "2.6a": ("kept", []),
    }
    assert [line.code for line in page.questions if line.has_past] == list(told)


def test_nothing_is_said_where_nothing_changed(client, room):
    tasks, page = pages(client, room.lead, room)
    assert "The questionnaire changed on" not in tasks.content.decode()
    assert "has not changed since this form was made" in page.content.decode()


def test_strangers_and_observers_read_nothing_of_it(client, carried):
    for person in (UserFactory(), member(Role.OBSERVER, carried.region_map)):
        assert [reply.status_code for reply in pages(client, person, carried)] == [404, 404]


def test_as_many_queries_for_many_answers_as_for_few(client, carried, django_assert_max_num_queries):
    pages(client, carried.lead, carried)
    address = f"/workspace/responses/{carried.response.pk}/changes/questionnaire/"
    with django_assert_max_num_queries(40) as few:
        client.get(address)
    about = Question.objects.get(code="2.5", section__version=carried.old)
    for number in range(8):
        given = {"kind": "value", "value": 10 + number, "part": f"c{number}.a"}
        more = Answer.objects.create(response=carried.response, question=about, **given)
        AnswerRevision.objects.create(answer=more, version=2, field="value", values=given, by=carried.person)
        thread = Thread.objects.create(region_map=carried.region_map, answer=more)
        Comment.objects.create(thread=thread, by=carried.lead, text=f"About {number}")
    with django_assert_max_num_queries(40) as many:
        text = client.get(address).content.decode()
    assert ("About 7" in text, len(many)) == (True, len(few))
