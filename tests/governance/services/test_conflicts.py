"""Whose answer stands, and how both are kept until two people agree."""

import pytest

from cohes3ion.lib.row_forms import Change
from governance.models import Response
from governance.selectors.questions import unfinished_steps
from governance.services.conflicts import TEXT_LIMIT, Choice, TooLong, settle_answer
from governance.services.responses import Incomplete, save_answer, submit_response
from tests.factories.assessment import Assessment, assessment

pytestmark = pytest.mark.django_db


def change(field: str, value: object, version: int) -> Change:
    columns = {"kind": "value", "level": value} if field == "level" else {field: value}
    return Change(field=field, values=columns, version=version)


def write(room: Assessment, by, *changes: Change):
    scope = Response.objects.fillable_by(by)
    return save_answer(scope=scope, response_id=room.team.pk, key=("1.1", None), changes=list(changes), by=by)


def settle(room: Assessment, by, mine: Change, choice: str):
    scope = Response.objects.fillable_by(by)
    answer, stale = settle_answer(
        scope=scope,
        response_id=room.team.pk,
        key=("1.1", None),
        chosen=Choice(change=mine, choice=choice),
        by=by,
    )
    answer.refresh_from_db()
    return answer, stale


def test_mine_replaces_theirs_and_the_history_keeps_both():
    room = assessment()
    write(room, room.lead, change("level", 2, 1))
    answer, stale = settle(room, room.contributor, change("level", 3, 2), "mine")
    assert (answer.level, stale) == (3, [])
    assert [row.values["level"] for row in answer.revisions.order_by("version")] == [2, 3]


def test_theirs_stands_without_a_new_version():
    room = assessment()
    write(room, room.lead, change("level", 2, 1))
    answer, stale = settle(room, room.contributor, change("level", 3, 2), "theirs")
    assert (answer.level, answer.version_of("level"), stale) == (2, 2, [])


@pytest.mark.parametrize("choice", ["mine", "theirs", "both"])
def test_a_choice_is_bound_to_what_was_seen(choice):
    room = assessment()
    write(room, room.lead, change("level", 2, 1))
    write(room, room.lead, change("level", 5, 2))
    answer, stale = settle(room, room.contributor, change("level", 3, 2), choice)
    assert (answer.level, [row.field for row in stale]) == (5, ["level"])


def test_both_texts_stand_one_below_the_other():
    room = assessment()
    write(room, room.lead, change("explanation", "Theirs.", 1))
    answer, _stale = settle(room, room.contributor, change("explanation", "Mine.", 2), "both")
    assert answer.explanation == "Theirs.\n\nMine."


def test_a_talk_is_opened_with_both_texts_in_it_and_ends_with_a_choice():
    room = assessment()
    write(room, room.lead, change("explanation", "Theirs.", 1))
    mine = change("explanation", "Mine.", 2)
    answer, _stale = settle(room, room.contributor, mine, "both")
    _answer, stale = settle(room, room.contributor, mine, "both")  # sent twice: opened once
    assert [row.field for row in stale] == ["explanation"]
    thread = answer.threads.get()
    words = "Two texts were kept, one below the other. What shall stand there?\n\n“Theirs.”\n\n“Mine.”"
    assert (thread.field, thread.is_settled, thread.comments.get().text) == ("explanation", False, words)
    settle(room, room.lead, change("explanation", "Ours.", 3), "mine")
    thread.refresh_from_db()
    assert thread.is_settled


@pytest.mark.parametrize("theirs, mine, both", [("A b", "A", "A b"), ("A", "A b", "A b"), ("", "A", "A")])
def test_a_text_that_is_part_of_the_other_is_not_repeated(theirs, mine, both):
    room = assessment()
    write(room, room.lead, change("explanation", "Before", 1), change("level", 1, 1))
    write(room, room.lead, change("explanation", theirs, 2))
    answer, _stale = settle(room, room.contributor, change("explanation", mine, 3), "both")
    assert (answer.explanation, answer.threads.count()) == (both, 0)


def test_long_texts_are_quoted_short_enough_for_a_remark():
    room = assessment()
    write(room, room.lead, change("explanation", "a" * 2000, 1))
    answer, _stale = settle(room, room.contributor, change("explanation", "b" * 2000, 2), "both")
    text = answer.threads.get().comments.get().text
    assert (f"“{'a' * 1399}…”" in text, f"“{'b' * 1399}…”" in text, len(text) < 3000) == (True, True, True)


def test_texts_that_do_not_fit_together_are_refused():
    room = assessment()
    write(room, room.lead, change("explanation", "x" * TEXT_LIMIT, 1))
    with pytest.raises(TooLong):
        settle(room, room.contributor, change("explanation", "Mine.", 2), "both")


def test_two_levels_wait_side_by_side_and_keep_the_response_from_being_sent():
    room = assessment()
    room.answer_all(room.team)
    answer, _stale = settle(room, room.contributor, change("level", 5, 1), "both")
    assert (answer.level, answer.version_of("level")) == (3, 1)
    assert [step.question.code for step in unfinished_steps(response=room.team)] == ["1.1"]
    with pytest.raises(Incomplete):
        submit_response(response=room.team, by=room.lead)


def test_keeping_both_twice_keeps_it_once():
    room = assessment()
    room.answer_all(room.team)
    for _again in range(2):
        answer, _stale = settle(room, room.contributor, change("level", 5, 1), "both")
    assert answer.revisions.count() == 1


@pytest.mark.parametrize("choice, level", [("theirs", 3), ("mine", 5)])
def test_a_discussion_ends_with_either_answer(choice, level):
    room = assessment()
    room.answer_all(room.team)
    settle(room, room.contributor, change("level", 5, 1), "both")
    answer, _stale = settle(room, room.lead, change("level", 5, 1), choice)
    assert (answer.level, answer.version_of("level")) == (level, 2)
    assert unfinished_steps(response=room.team) == []
    assert submit_response(response=room.team, by=room.lead).state == "submitted"


def test_a_new_answer_ends_the_discussion_too():
    room = assessment()
    room.answer_all(room.team)
    settle(room, room.contributor, change("level", 5, 1), "both")
    write(room, room.lead, change("level", 4, 1))
    assert unfinished_steps(response=room.team) == []
