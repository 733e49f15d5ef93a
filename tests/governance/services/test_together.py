"""P22 and P23: two people, two hundred turns; and what happens without the guard."""

from dataclasses import dataclass
from typing import Any

import pytest

from governance.models import Answer, AnswerRevision, Response
from governance.services.responses import save_answer
from tests.factories.assessment import assessment

pytestmark = pytest.mark.django_db
TURNS = 200


@dataclass(frozen=True, kw_only=True)
class Typed:
    field: str
    values: dict[str, Any]
    version: int


def test_p22_different_questions_never_conflict():
    room = assessment()
    people = ((room.lead, "1.1"), (room.contributor, "1.2"))
    for turn in range(TURNS):
        person, code = people[turn % 2]
        change = Typed(field="explanation", values={"explanation": f"Turn {turn}"}, version=1 + turn // 2)
        scope = Response.objects.fillable_by(person)
        _row, stale = save_answer(
            scope=scope, response_id=room.team.pk, key=(code, None), changes=[change], by=person
        )
        assert stale == []
    texts = dict(Answer.objects.values_list("question__code", "explanation"))
    assert texts == {"1.1": f"Turn {TURNS - 2}", "1.2": f"Turn {TURNS - 1}"}
    assert AnswerRevision.objects.count() == TURNS


def test_p22_negative_control_one_version_for_both():
    """With one version for all questions the two would be in each other's way from the second turn on."""
    room = assessment()
    stale = []
    for turn, person in enumerate((room.lead, room.contributor) * 2):
        change = Typed(field="explanation", values={"explanation": f"Turn {turn}"}, version=1 + turn // 2)
        scope = Response.objects.fillable_by(person)
        _row, late = save_answer(
            scope=scope, response_id=room.team.pk, key=("1.1", None), changes=[change], by=person
        )
        stale += late
    assert len(stale) == 2


def test_p24_negative_control_two_requests_of_one_person_at_once():
    """What the browser avoids by sending one after the other: the second one comes with an old version."""
    room = assessment()
    scope = Response.objects.fillable_by(room.lead)
    found = []
    for text in ("Two ", "Two of five"):
        change = Typed(field="explanation", values={"explanation": text}, version=1)
        _row, late = save_answer(
            scope=scope, response_id=room.team.pk, key=("1.1", None), changes=[change], by=room.lead
        )
        found.append(len(late))
    assert found == [0, 1]


@pytest.mark.parametrize("guarded", [True, False])
def test_p23_the_same_question_loses_nothing_and_without_the_guard_it_does(guarded):
    """Ten times both read the same version and write; unguarded, the first of each pair is gone unseen."""
    room = assessment()
    lost = 0
    for turn in range(10):
        answer = Answer.objects.filter(question=room.core).first()
        seen = answer.version_of("explanation") if answer else 1
        for person in (room.lead, room.contributor):
            text = f"{person.pk} in turn {turn}"
            if not guarded:
                Answer.objects.update_or_create(
                    response=room.team, question=room.core, defaults={"explanation": text}
                )
                continue
            change = Typed(field="explanation", values={"explanation": text}, version=seen)
            scope = Response.objects.fillable_by(person)
            save_answer(scope=scope, response_id=room.team.pk, key=("1.1", None), changes=[change], by=person)
        kept = AnswerRevision.objects.filter(values__explanation=f"{room.lead.pk} in turn {turn}").exists()
        stands = Answer.objects.get(question=room.core).explanation == f"{room.lead.pk} in turn {turn}"
        lost += not (kept or stands)
    assert lost == (0 if guarded else 10)
    if guarded:  # what came too late is in the history as well
        assert AnswerRevision.objects.filter(values__has_key="refused").count() == 10
