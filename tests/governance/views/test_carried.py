"""Kept, changed and dropped answers after the questionnaire changed, and the note that leads there."""

import pytest
from django.utils import timezone

from governance.models import (
    Answer,
    AnswerRevision,
    CarryOver,
    Comment,
    Question,
    Response,
    ReviewStep,
    Thread,
)
from governance.selectors.changes import response_changes
from governance.selectors.revisions import last_writer, undecided_answers
from governance.selectors.team_progress import team_progress
from governance.services.carrying import attach_version
from governance.services.questionnaires import create_draft, publish_version
from mapping.enums import Role
from mapping.models import Membership
from tests.factories.mapping import UserFactory, member
from tests.governance.services.test_carrying import Room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    room = Room()
    room.lead = member(Role.REGIONAL_LEAD, room.region_map)
    room.contributor = member(Role.CONTRIBUTOR, room.region_map)
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


def question(client, person, room, code):
    client.force_login(person)
    address = f"/workspace/responses/{room.response.pk}/{code}/"
    pages = [client.get(address), client.get(f"{address}history/")]
    return [" ".join(page.content.decode().split()) for page in pages], pages


def test_who_wrote_a_carried_answer_stays_its_author(client, room):
    attach_version(version=room.new, exercise=room.region_map.exercise, by=room.coordinator)
    (page, past), replies = question(client, room.lead, room, "1.2")
    assert ("Carried over from version 1" in page, "Opened without an answer" in page) == (True, False)
    assert f"Yes, answered by {room.person}," in page
    assert (f"· {room.coordinator}" in page, f"{room.person} chose Yes" in page) == (True, True)
    carried, written = replies[1].context["changes"]
    assert (carried.field, carried.number, carried.by) == ("", 1, room.coordinator)
    assert (written.by, written.before, written.after) == (room.person, "", "Yes")
    assert "Carried over from version 1" in past


def test_it_stays_so_over_two_new_versions(client, room):
    attach_version(version=room.new, exercise=room.region_map.exercise, by=room.coordinator)
    third = create_draft(project=room.region_map.exercise.project, by=None, made_from=room.new)
    third = publish_version(version=third)
    attach_version(version=third, exercise=room.region_map.exercise, by=room.coordinator)
    (page, _past), replies = question(client, room.lead, room, "1.1")
    changes = replies[1].context["changes"]
    assert [(row.field, row.by, row.number) for row in changes] == [
        ("", room.coordinator, 2),
        ("", room.coordinator, 1),
        ("level", room.person, 0),
    ]
    answer = Answer.objects.get(question__code="1.1", question__section__version=third)
    assert last_writer(answer, field="level").by == room.person
    assert last_writer(answer, field="importance") is None
    assert page.count(f"3 Partly in place, answered by {room.person}") == 2


def test_what_was_carried_over_can_be_brought_back_and_older_words_cannot(client, room):
    room.answer("1.7", "explanation", explanation="First")
    room.answer("1.2", "explanation", explanation="First words")
    room.answer("1.2", "explanation", version=2, explanation="Second words")
    attach_version(version=room.new, exercise=room.region_map.exercise, by=room.coordinator)
    (_page, past), replies = question(client, room.lead, room, "1.2")
    back = {change.after: change.back for change in replies[1].context["changes"] if change.field}
    copy = Answer.objects.get(question__code="1.2", question__section__version=room.new)
    carried = copy.revisions.get()
    assert back == {"Second words": carried.pk, "First words": None, "Yes": carried.pk}
    assert past.count("Bring this version back") == 2
    address = f"/workspace/responses/{room.response.pk}/1.2/"
    sent = {"explanation": "Third words", "version_explanation": "3"}
    assert client.post(f"{address}save/", sent).status_code in (200, 302)
    sent = {"revision": carried.pk, "field": "explanation", "version": "4"}
    assert client.post(f"{address}history/restore/", sent).status_code == 302
    copy.refresh_from_db()
    assert copy.explanation == "Second words"
    written = room.response.answers.get(question__code="1.2", question__section__version=room.old)
    assert copy.revisions.last().values["restored"] == written.revisions.last().at.isoformat()


def test_a_conflict_with_a_carried_answer_names_its_author(client, room):
    attach_version(version=room.new, exercise=room.region_map.exercise, by=room.coordinator)
    client.force_login(room.lead)
    address = f"/workspace/responses/{room.response.pk}/1.2/value/"
    (conflict,) = client.post(address, {"value": "no", "version_value": "1"}).context["conflicts"]
    written = AnswerRevision.objects.get(
        answer__question__code="1.2", answer__question__section__version=room.old
    )
    assert (conflict.by.pk, conflict.at) == (room.person.pk, written.at)


def test_who_carries_over_is_not_counted_as_a_writer(room):
    seen = {"region_map": room.region_map, "user": room.coordinator}
    Membership.objects.create(
        user=room.person,
        role=Role.CONTRIBUTOR,
        project=room.region_map.exercise.project,
        region=room.region_map.region,
    )
    before = {line.person: line.written for line in team_progress(**seen).people}
    attach_version(version=room.new, exercise=room.region_map.exercise, by=room.coordinator)
    after = {line.person: line.written for line in team_progress(**seen).people}
    assert (after, after[room.person]) == (before, 7)


def test_carrying_over_is_no_change_for_the_next_review(room):
    past = room.response.created_at
    before = response_changes(response=room.response, since=past)
    attach_version(version=room.new, exercise=room.region_map.exercise, by=room.coordinator)
    moved = Response.objects.get(pk=room.response.pk)
    assert response_changes(response=moved, since=timezone.now()) == []
    carried = CarryOver.objects.get().at
    assert response_changes(response=moved, since=carried) == []
    told = [(item.step.question.code, [row.after for row in item.changes]) for item in before]
    kept = [line for line in told if line[0] not in ("1.4", "1.7", "2.5")]
    after = response_changes(response=moved, since=past)
    assert [(item.step.question.code, [row.after for row in item.changes]) for item in after] == [
        *kept[:2],
        ("2.5", ["60"]),
        *kept[2:],
    ]


def test_open_discussions_and_remarks_go_along_and_settled_ones_stay(client, room):
    kept = Answer.objects.get(question__code="1.2")
    step = ReviewStep.objects.create(response=room.response, action="returned", by=room.coordinator)
    about = {"region_map": room.region_map, "answer": kept}
    for text, more in (
        ("Still open", {}),
        ("Long settled", {"is_settled": True}),
        ("Which law?", {"review_step": step}),
        ("Dealt with", {"review_step": step, "is_settled": True}),
    ):
        Thread.objects.create(**about, **more).comments.create(by=room.coordinator, text=text)
    attach_version(version=room.new, exercise=room.region_map.exercise, by=room.coordinator)
    (page, _past), _replies = question(client, room.lead, room, "1.2")
    told = ("Still open", "Long settled", "Which law?", "Dealt with")
    assert [words in page for words in told] == [True, False, True, True]
    tasks, before = (" ".join(reply.content.decode().split()) for reply in pages(client, room.lead, room))
    assert ("1 of 2 dealt with" in tasks, "Long settled" in before) == (True, True)


def wait_beside(room, code, **values):
    """Another answer waits beside the stored one."""
    answer = Answer.objects.get(question__code=code, question__section__version=room.old, part="")
    kept = {**values, "discuss": answer.version_of("level" if "level" in values else "value")}
    Answer.objects.filter(pk=answer.pk).update(version=answer.version + 1)
    field = "level" if "level" in values else "value"
    AnswerRevision.objects.create(
        answer=answer, version=answer.version + 1, field=field, values=kept, by=room.lead
    )


def test_two_answers_still_ask_for_a_choice_in_the_new_version(client, room):
    wait_beside(room, "1.1", kind="value", level=5)
    wait_beside(room, "1.2", kind="value", value="no")
    wait_beside(room, "1.7", kind="value", value="Another name")  # no longer asked
    attach_version(version=room.new, exercise=room.region_map.exercise, by=room.coordinator)
    moved = Response.objects.get(pk=room.response.pk)
    waiting = undecided_answers(moved)
    asked = moved.answers.filter(question__section__version=room.new)
    assert set(asked.filter(pk__in=waiting).values_list("question__code", flat=True)) == {"1.1", "1.2"}
    (page, _past), _replies = question(client, room.contributor, room, "1.2")
    assert page.count("to be discussed") == 1, "told once, where it was written"
    assert "Two answers to this question" in page
    address = f"/workspace/responses/{room.response.pk}/1.2/value/"
    sent = {"value": "no", "version_value": "2", "choice": "mine"}
    assert client.post(address, sent).status_code in (200, 302)
    answer = asked.get(question__code="1.2")
    assert (answer.value, undecided_answers(moved) & {answer.pk}) == ("no", set())


def test_what_the_new_question_refuses_does_not_wait(room):
    draft = create_draft(project=room.region_map.exercise.project, by=None, made_from=room.old)
    only = {"choices": [{"code": "yes", "label": "Yes"}]}
    Question.objects.filter(code="1.2", section__version=draft).update(settings=only)
    narrow = publish_version(version=draft)
    wait_beside(room, "1.2", kind="value", value="no")
    attach_version(version=narrow, exercise=room.region_map.exercise, by=room.coordinator)
    copy = Answer.objects.get(question__code="1.2", question__section__version=narrow)
    assert (copy.value, copy.revisions.count()) == ("yes", 1)


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
