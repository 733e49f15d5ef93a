"""What the conflict panel shows."""

import pytest

from governance.models import Answer, AnswerRevision
from governance.selectors.conflicts import conflict_of
from tests.factories.assessment import assessment

pytestmark = pytest.mark.django_db
PLACE = [1, "1.1"]


def test_levels_are_shown_in_words_with_the_person():
    room = assessment()
    answer = Answer.objects.create(
        response=room.team, question=room.core, kind="value", level=2, field_versions={"level": 4}
    )
    AnswerRevision.objects.create(
        answer=answer, version=2, field="level", values={"kind": "value", "level": 2}, by=room.lead
    )
    shown = conflict_of(answer, field="level", mine="3", place=PLACE, user=room.contributor)
    assert (shown.theirs, shown.mine, shown.version) == ("2 Starting", "3 Partly in place", 4)
    assert (shown.by.pk, shown.by.name) == (room.lead.pk, room.lead.name)
    assert shown.action == "/workspace/responses/1/1.1/settle/"
    assert shown.fields == [{"name": "field", "value": "level"}, {"name": "level", "value": "3"}]
    assert shown.difference == []


def test_texts_are_shown_in_full_with_their_difference():
    room = assessment()
    answer = Answer.objects.create(response=room.team, question=room.core, explanation="Two calls")
    shown = conflict_of(answer, field="explanation", mine="Three calls", place=PLACE, user=room.lead)
    assert (shown.theirs_text, shown.mine_text) == ("Two calls", "Three calls")
    assert shown.difference == [("only_first", "Two "), ("only_second", "Three "), ("same", "calls")]
    assert shown.by.name == "somebody else"  # nobody is on record


def test_oneself_in_another_window():
    room = assessment()
    answer = Answer.objects.create(
        response=room.team, question=room.core, kind="value", level=2, edited_by=room.lead
    )
    shown = conflict_of(answer, field="level", mine="", place=PLACE, user=room.lead)
    assert (shown.by.name, shown.mine) == ("you in another window", "no answer")
