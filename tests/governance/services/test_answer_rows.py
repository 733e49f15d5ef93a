"""Several people at the same answer at the same moment: real transactions on connections of their own."""

from collections.abc import Callable

import pytest

from cohes3ion.lib.row_forms import Change
from governance.models import Answer, Response
from governance.services.answer_rows import ResponseClosed
from governance.services.responses import Incomplete, save_answer, submit_response
from tests.at_once import at_once
from tests.factories.assessment import Assessment, assessment


@pytest.fixture
def room(transactional_db) -> Assessment:
    return assessment()


def saving(room: Assessment, by, change: Change) -> Callable[[], list[object]]:
    def act() -> list[object]:
        scope = Response.objects.fillable_by(by)
        _answer, stale = save_answer(
            scope=scope, response_id=room.team.pk, key=("1.1", None), changes=[change], by=by
        )
        return [conflict.field for conflict in stale]

    return act


def explanation(text: str, version: int = 1) -> Change:
    return Change(field="explanation", values={"explanation": text}, version=version)


FIELDS = [
    Change(field="level", values={"kind": "value", "level": 3}, version=1),
    Change(field="importance", values={"importance": 5}, version=1),
    explanation("Why."),
    Change(field="confidence", values={"confidence": "sure"}, version=1),
]


@pytest.mark.parametrize("exists", [False, True])
def test_four_fields_saved_at_once_are_all_there(room, exists):
    if exists:
        Answer.objects.create(response=room.team, question=room.core)
    people = [room.lead, room.contributor, room.lead, room.contributor]
    acts = [saving(room, by, change) for by, change in zip(people, FIELDS, strict=True)]
    assert at_once(*acts) == [[], [], [], []]
    answer = Answer.objects.get()
    values = (answer.level, answer.importance, answer.explanation, answer.confidence)
    assert values == (3, 5, "Why.", "sure")
    assert answer.revisions.count() == 4


@pytest.mark.parametrize("exists", [False, True])
def test_of_several_texts_one_wins_and_all_are_kept(room, exists):
    if exists:
        Answer.objects.create(response=room.team, question=room.core)
    texts = ["A.", "B.", "C.", "D."]
    people = [room.lead, room.contributor, room.lead, room.contributor]
    acts = [saving(room, by, explanation(text)) for by, text in zip(people, texts, strict=True)]
    assert sorted(at_once(*acts)) == [[], ["explanation"], ["explanation"], ["explanation"]]
    kept = Answer.objects.get().revisions.values_list("values__explanation", flat=True)
    assert sorted(kept) == texts


def test_nothing_is_written_into_a_response_that_is_being_sent(room):
    room.answer_all(room.team)
    change = explanation("At the last moment.")
    sent, saved = at_once(
        lambda: submit_response(response=room.team, by=room.lead).state,
        saving(room, room.contributor, change),
    )
    assert sent == "submitted"
    text = Answer.objects.get(question=room.core).explanation
    assert (isinstance(saved, ResponseClosed), text) in [(True, ""), (False, "At the last moment.")]
    assert not isinstance(saved, Incomplete)


def test_sending_twice_at_once_sends_once(room):
    room.answer_all(room.team)
    results = at_once(*[lambda: submit_response(response=room.team, by=room.lead).state] * 2)
    assert sorted(type(result).__name__ for result in results) == ["ResponseClosed", "str"]
