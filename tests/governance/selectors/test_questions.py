"""The question page and the check page, and what they cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Answer, AnswerRevision
from governance.selectors.questions import question_page, task_page
from governance.selectors.responses import find_response
from tests.factories.assessment import Assessment, assessment

pytestmark = pytest.mark.django_db


def question(room: Assessment, user, code: str = "1.1", unit: int | None = None):
    response = find_response(pk=room.team.pk, user=user)
    return question_page(response=response, user=user, code=code, unit_pk=unit)


def test_place_of_a_question():
    room = assessment()
    page = question(room, room.lead, "1.2")
    assert (page.number, page.of) == (2, 2)
    assert (page.before.question.code, page.after.question.code) == ("1.1", "2.1")
    assert question(room, room.lead).before is None
    last = question(room, room.lead, "2.1", room.units[1].pk)
    assert (last.after, [step.unit for step in last.same_question]) == (None, room.units)


@pytest.mark.parametrize("code, unit", [("9.9", None), ("2.1", None), ("1.1", 0)])
def test_a_question_that_is_not_asked_has_no_page(code, unit):
    room = assessment()
    assert question(room, room.lead, code, room.units[0].pk if unit == 0 else None) is None


def test_documents_of_this_answer_and_of_the_others():
    room = assessment()
    room.fill()
    page = question(room, room.lead)
    assert [item.evidence.title for item in page.evidence] == ["A document"]
    assert page.evidence[0].host == "a.example"
    assert len(page.evidence_elsewhere) == 3


@pytest.mark.parametrize("units", [1, 60])
def test_question_page_costs_ten_queries(units):
    room = assessment(units=units)
    room.fill()
    user = type(room.lead).objects.get(pk=room.lead.pk)
    question(room, room.contributor)  # the statements are read once per process
    with CaptureQueriesContext(connection) as caught:
        page = question(room, user)
        assert page.history
        assert [item.also_supports for item in page.evidence] == [()]
    assert len(caught) == 10


@pytest.mark.parametrize("units", [1, 60])
def test_task_list_costs_ten_queries(units):
    room = assessment(units=units)
    room.fill()
    user = type(room.lead).objects.get(pk=room.lead.pk)
    question(room, room.contributor)
    with CaptureQueriesContext(connection) as caught:
        page = task_page(response=find_response(pk=room.team.pk, user=user), user=user)
        assert [section.last_editor for section in page.page.sections] == [room.lead, room.lead]
        assert page.problems == []
    assert len(caught) == 10


def test_problems_are_open_questions_and_undecided_ones():
    room = assessment(units=1)
    answer = Answer.objects.create(response=room.team, question=room.core, kind="value", level=3)
    AnswerRevision.objects.create(
        answer=answer, version=2, field="level", values={"kind": "value", "level": 5, "discuss": 1}
    )
    page = task_page(response=find_response(pk=room.team.pk, user=room.lead), user=room.lead)
    unit = room.units[0]
    assert [line["text"] for line in page.problem_lines] == [
        "Choose between two answers to question 1.1 “Core statement”.",
        "Answer question 1.2 “Another statement”.",
        f"Answer question 2.1 “Unit statement, {unit}”.",
    ]
    assert [line["href"] for line in page.problem_lines][2].endswith(f"/2.1/{unit.pk}/")
    assert page.undecided_sections == {"E1"}
    assert [member.user for member in page.senders] == [room.lead]
