"""Writing a draft part by part: nothing is overwritten unseen, and what is published never changes."""

import pytest

from cohes3ion.lib.ordered import OrderChanged, order_version
from governance.asking.problems import Refused
from governance.asking.registry import TYPES
from governance.models import Question, Questionnaire, QuestionnaireVersion, Section
from governance.selectors.definitions import version_to_dict
from governance.selectors.parts import PartChange, part_version, row_siblings, whole_version
from governance.services.draft_removals import NotRestorable, discard_draft, remove_row, restore_row
from governance.services.draft_rows import (
    TooMany,
    add_question,
    add_section,
    change_type,
    move_row,
    move_to_section,
)
from governance.services.drafts import StalePart, save_head, save_parts
from governance.services.questionnaires import AlreadyPublished, create_draft, publish_version
from tests.factories.mapping import UserFactory
from tests.governance.editor import desk

pytestmark = pytest.mark.django_db


def change(name, value, seen):
    return PartChange(name=name, value=value, seen=part_version(seen, name=name))


def write(row, *changes, by):
    return save_parts(row=row, changes=list(changes), by=by)


def remove(row, by=None):
    return remove_row(row=row, seen=whole_version(row), by=by)


def turn(row, kind):
    change_type(question=row, kind=TYPES[kind], seen=whole_version(row), by=None)


def discard(room):
    discard_draft(version=room.draft, seen=part_version(version_to_dict(room.draft), name="draft"))


def test_parts_of_one_question_never_conflict_and_one_part_does():
    room, other = desk(), UserFactory(name="Ben")
    row, ana = room.question("1.4"), room.coordinator
    _row, stale, _problems = write(row, change("short", "Staff", "Question 1.4"), by=ana)
    assert stale == []
    now, stale, _problems = write(
        row,
        change("settings.max", 500, 100),
        change("short", "People", "Question 1.4"),
        by=other,
    )
    assert [(item.name, item.row.short, item.last.by) for item in stale] == [("short", "Staff", ana)]
    assert (now.settings["max"], now.settings["min"], now.version) == (500, 0, 3)
    reasons = now.history.order_by("history_id").values_list("history_change_reason", "history_user")
    assert list(reasons)[-2:] == [("short", ana.pk), ("settings.max", other.pk)]


def test_nobody_is_in_conflict_with_oneself_nor_with_what_stands_there():
    room = desk()
    row, ana = room.question("1.4"), room.coordinator
    for text in ("Staff", "Staff", "People"):
        _row, stale, _problems = write(row, change("short", text, "Question 1.4"), by=ana)
        assert stale == []
    _row, stale, _problems = write(row, change("short", "People", "Question 1.4"), by=UserFactory())
    assert stale == []
    assert room.question("1.4").short == "People"


def test_a_new_code_is_followed_by_conditions_and_dates():
    room = desk()
    write(room.question("1.2"), change("code", "firm", "1.2"), by=room.coordinator)
    write(room.question("1.5"), change("code", "start", "1.5"), by=room.coordinator)
    assert room.question("1.3").condition["question"] == "firm"
    assert room.question("1.6").settings["after"] == "start"
    _row, _stale, problems = write(room.question("1.6"), change("code", "start", "1.6"), by=None)
    assert isinstance(problems["code"], Refused)
    _row, _stale, problems = write(
        room.question("1.1"), change("is_core", True, False), change("scope", "unit", "region"), by=None
    )
    assert list(problems) == ["scope"]


def test_the_head_is_one_write_and_the_title_stays_once_a_version_is_published():
    room = desk()
    stands = {"title": "Every type of question", "language": "en", "note": ""}
    seen = part_version(stands, name="head")
    save_head(version=room.draft, values={**stands, "title": "Ours", "note": "Mind"}, seen=seen, by=None)
    assert Questionnaire.objects.get().title == "Ours"
    with pytest.raises(StalePart):
        save_head(version=room.draft, values={**stands, "note": "Other"}, seen=seen, by=None)


def test_rows_are_added_at_the_end_and_moved_in_the_order_that_was_seen():
    room = desk()
    section = add_section(version=room.draft, title="Third", by=None)
    question = add_question(section=section, kind=TYPES["date"], short="When", by=None)
    inner = add_question(
        section=room.section("S2"), kind=TYPES["number"], short="N", by=None, parent=room.question("2.6")
    )
    assert (section.code, question.code, inner.code) == ("S3", "3.1", "2.6.1")
    with pytest.raises(TooMany):
        add_question(section=section, kind=TYPES["matrix"], short="M", by=None, parent=room.question("2.6"))
    seen = order_version(row_siblings(section))
    move_row(row=section, up=True, seen=seen, by=None)
    assert list(room.draft.sections.values_list("code", flat=True)) == ["S1", "S3", "S2"]
    with pytest.raises(OrderChanged):
        move_row(row=section, up=True, seen=seen, by=None)
    group = room.question("2.6")
    move_to_section(question=group, section=section, seen=order_version(row_siblings(group)), by=None)
    assert set(section.questions.values_list("code", flat=True)) == {"3.1", "2.6", "2.6a", "2.6b", "2.6.1"}


def test_a_new_question_never_gets_a_code_that_had_answers_or_was_removed():
    room = desk()
    publish_version(version=room.draft)
    following = create_draft(project=room.exercise.project, by=None, made_from=room.draft)
    section = following.sections.get(code="S1")
    remove(section.questions.get(code="1.7"))
    first = add_question(section=section, kind=TYPES["short_text"], short="New", by=None)
    remove(first)
    second = add_question(section=section, kind=TYPES["short_text"], short="Newer", by=None)
    assert (first.code, second.code) == ("1.10", "1.11")


def test_another_type_keeps_what_both_have():
    room = desk()
    turn(room.question("1.2"), "multiple_choice")
    row = room.question("1.2")
    assert (row.type, [o["code"] for o in row.settings["choices"]]) == ("multiple_choice", ["yes", "no"])
    turn(row, "number")
    assert room.question("1.2").settings == {}
    for code, kind in (("2.6", "number"), ("2.6a", "matrix")):
        with pytest.raises(TooMany):
            turn(room.question(code), kind)


@pytest.mark.parametrize("what", ["section S2", "question 2.6", "question 1.3"])
def test_what_is_removed_comes_back_as_it_was(what):
    room = desk()
    before = version_to_dict(room.draft)
    kind, code = what.split()
    row = room.section(code) if kind == "section" else room.question(code)
    word = remove(row, by=room.coordinator)
    assert version_to_dict(room.draft) != before
    restore_row(version=room.draft, word=word, by=room.coordinator)
    assert version_to_dict(QuestionnaireVersion.objects.get(pk=room.draft.pk)) == before


def test_nothing_comes_back_twice_elsewhere_or_onto_a_code_that_was_given_away():
    room, elsewhere = desk(), desk()
    word = remove(room.question("1.3"))
    with pytest.raises(NotRestorable):
        restore_row(version=elsewhere.draft, word=word, by=None)
    write(room.question("1.4"), change("code", "1.3", "1.4"), by=None)
    with pytest.raises(NotRestorable):
        restore_row(version=room.draft, word=word, by=None)
    inner = remove(room.question("2.6a"))
    remove(room.question("2.6"))
    with pytest.raises(NotRestorable):
        restore_row(version=room.draft, word=inner, by=None)


def test_what_was_written_since_is_neither_removed_nor_turned_into_another_type():
    room = desk()
    seen = whole_version(room.section("S1"))
    group, section = room.question("2.6"), room.section("S2")
    before = whole_version(group), whole_version(section), order_version(row_siblings(group))
    write(room.question("2.6a"), change("help", "Now", ""), by=None)
    move_row(row=group, up=True, seen=before[2], by=None)
    for attempt in (
        lambda: remove_row(row=group, seen=before[0], by=None),
        lambda: remove_row(row=section, seen=before[1], by=None),
        lambda: change_type(question=group, kind=TYPES["note"], seen=before[0], by=None),
        lambda: move_to_section(question=group, section=room.section("S1"), seen=before[2], by=None),
        lambda: discard_draft(version=room.draft, seen=0),
    ):
        with pytest.raises(OrderChanged):
            attempt()
    remove_row(row=room.section("S1"), seen=seen, by=None)


WRITES = {
    "part": lambda room: write(room.question("1.4"), change("short", "X", "Question 1.4"), by=None),
    "section": lambda room: add_section(version=room.draft, title="X", by=None),
    "question": lambda room: add_question(section=room.section("S1"), kind=TYPES["note"], short="X", by=None),
    "order": lambda room: move_row(row=room.section("S1"), up=False, seen=0, by=None),
    "type": lambda room: turn(room.question("1.4"), "date"),
    "removal": lambda room: remove(room.question("1.4")),
    "restoring": lambda room: restore_row(version=room.draft, word="x", by=None),
    "head": lambda room: save_head(version=room.draft, values={}, seen=0, by=None),
    "discarding": lambda room: discard(room),
}


@pytest.mark.parametrize("write_it", WRITES.values(), ids=list(WRITES))
def test_no_write_reaches_a_published_version(write_it):
    room = desk()
    publish_version(version=room.draft)
    before = version_to_dict(room.draft)
    with pytest.raises(AlreadyPublished):
        write_it(room)
    assert version_to_dict(QuestionnaireVersion.objects.get(pk=room.draft.pk)) == before


def test_a_discarded_draft_leaves_nothing_but_its_history():
    room = desk()
    discard(room)
    assert not QuestionnaireVersion.objects.exists()
    assert not Questionnaire.objects.exists()
    assert not Section.objects.exists()
    assert Question.history.filter(history_type="-").count() == 17
