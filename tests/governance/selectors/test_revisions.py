"""The history of an answer in lines, and what waits to be agreed."""

import datetime as dt

import pytest

from governance.models import Answer, AnswerRevision
from governance.selectors.history_lines import history, recent_revisions
from governance.selectors.revisions import (
    discussions,
    last_writer,
    raw_value,
    spoken_value,
    stored_value,
    undecided_answers,
)
from tests.factories.assessment import assessment

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def room():
    return assessment(units=1)


@pytest.fixture
def answer(room) -> Answer:
    return Answer.objects.create(response=room.team, question=room.core, kind="value", level=3)


def keep(answer: Answer, minute: int, by, field: str = "level", **values) -> AnswerRevision:
    return AnswerRevision.objects.create(
        answer=answer,
        version=answer.revisions.count() + 2,
        field=field,
        values=values,
        by=by,
        at=NOON + dt.timedelta(minutes=minute),
    )


@pytest.mark.parametrize("field, values, raw, spoken", [
    ("level", {"kind": "value", "level": 2}, "2", "2 Starting"),
    ("level", {"kind": "no_information", "level": None}, "no_information", "No information"),
    ("level", {"kind": "unanswered", "level": None}, "", ""),
    ("importance", {"importance": 5}, "5", "5 Essential"),
    ("importance", {"importance": None}, "", ""),
    ("confidence", {"confidence": "estimate"}, "estimate", "Estimate"),
    ("explanation", {"explanation": "Why"}, "Why", "Why"),
])  # fmt: skip
def test_values_as_sent_and_as_said(field, values, raw, spoken):
    assert raw_value(values, field=field) == raw
    assert spoken_value(raw, field=field) == spoken


def test_stored_value_of_an_answer_that_is_not_there():
    assert stored_value(None, field="level") == ""


def test_one_person_writing_in_one_go_is_one_line(room, answer):
    for minute, words in enumerate(["A", "A b", "A b c"]):
        keep(answer, minute, room.lead, "explanation", explanation=words)
    keep(answer, 4, room.contributor, "explanation", explanation="A b c d")
    keep(answer, 5, room.contributor, kind="value", level=4)
    keep(answer, 40, room.contributor, kind="value", level=5)
    lines = history(recent_revisions(answer))
    assert [(line.by, line.field, line.value or line.text) for line in lines] == [
        (room.contributor, "level", "5 Established"),
        (room.contributor, "level", "4 Largely in place"),
        (room.contributor, "explanation", "A b c d"),
        (room.lead, "explanation", "A b c"),
    ]


def test_first_answer_and_documents_have_their_own_words(room, answer):
    keep(answer, 0, None, "created", kind="value", level=3, importance=4)
    keep(answer, 1, room.lead, "evidence", change="added", title="Plan")
    keep(answer, 2, room.lead, "evidence", change="removed", title="Plan")
    lines = history(recent_revisions(answer))
    assert [(line.field, line.mark, line.value, line.text) for line in lines] == [
        ("evidence", "removed", "", "Plan"),
        ("evidence", "added", "", "Plan"),
        ("created", "", "3 Partly in place", ""),
    ]


def test_a_discussion_is_open_until_the_field_is_written(room, answer):
    keep(answer, 0, room.lead, kind="value", level=5, discuss=1)
    waiting = discussions(answer, revisions=recent_revisions(answer))
    assert [(item.field, item.by, item.raw, item.version) for item in waiting] == [
        ("level", room.lead, "5", 1)
    ]
    assert undecided_answers(room.team) == {answer.pk}
    answer.field_versions = {"level": 2}
    answer.save()
    assert discussions(answer, revisions=recent_revisions(answer)) == []
    assert undecided_answers(room.team) == set()


def test_an_old_discussion_is_found_behind_many_changes(room, answer):
    keep(answer, 0, room.lead, kind="value", level=5, discuss=1)
    for minute in range(1, 60):
        keep(answer, minute, room.contributor, "explanation", explanation=str(minute))
    assert len(discussions(answer, revisions=recent_revisions(answer))) == 1


def test_last_writer_is_not_the_one_who_came_too_late(room, answer):
    keep(answer, 0, room.lead, kind="value", level=3)
    keep(answer, 1, room.contributor, kind="value", level=4, refused=2)
    assert last_writer(answer, field="level").by == room.lead
    assert last_writer(answer, field="importance") is None
