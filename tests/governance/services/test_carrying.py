"""A new version over running responses: kept, changed and dropped answers; old ones keep their text (P11)."""

import pytest

from cohes3ion.lib.row_forms import Change
from governance.enums import ResponseState
from governance.models import Answer, AnswerRevision, CarryOver, Response
from governance.selectors.responses import all_steps, steps_of
from governance.services.answer_rows import QuestionRemoved
from governance.services.carrying import NotPublished, attach_version, carry_over
from governance.services.entries import add_entry
from governance.services.questionnaire_rows import write_sections
from governance.services.questionnaires import (
    create_draft,
    draft_from_dict,
    publish_version,
)
from governance.services.values import save_value
from mapping.enums import AnswerKind
from tests.factories.governance import ResponseFactory
from tests.factories.mapping import RegionMapFactory, UserFactory
from tests.factories.questionnaires import every_type

pytestmark = pytest.mark.django_db


class Room:
    """A running response to version 1, with answers, and a version 2 that keeps, changes and drops."""

    def __init__(self):
        self.person = UserFactory()
        self.region_map = RegionMapFactory()
        project = self.region_map.exercise.project
        self.old = publish_version(
            version=draft_from_dict(definition=every_type(), project=project, by=self.person)
        )
        attach_version(version=self.old, exercise=self.region_map.exercise, by=self.person)
        self.response = Response.objects.get(region_map=self.region_map)
        definition = every_type()
        first, second = definition["sections"]
        first["questions"] = [q for q in first["questions"] if q["code"] != "1.7"]  # removed
        first["questions"][1]["question"] = "Asked in other words?"
        first["questions"][3] = first["questions"][3] | {"type": "short_text", "settings": {}}
        second["questions"][4]["settings"]["rows"] = second["questions"][4]["settings"]["rows"][:1]
        self.new = create_draft(project=project, by=self.person, made_from=self.old)
        self.new.sections.all().delete()
        write_sections(version=self.new, definition=definition)
        publish_version(version=self.new)
        self.new.refresh_from_db()
        self.answer("1.1", "level", kind="value", level=3)
        self.answer("1.2", kind="value", value="yes")
        self.answer("1.4", kind="value", value=40)
        self.answer("1.7", kind="value", value="A name")
        self.answer("2.5", part="a.a", kind="value", value=60)
        self.answer("2.5", part="b.a", kind="value", value=40)
        entry = add_entry(
            scope=Response.objects.all(), response_id=self.response.pk, key=("2.6", None), by=self.person
        )
        self.answer("2.6a", part=entry.key, kind="value", value="Cluster")

    def answer(self, code, field="value", *, part="", version=1, **values):
        return save_value(
            scope=Response.objects.all(),
            response_id=self.response.pk,
            key=(code, None),
            part=part,
            changes=[Change(field=field, values=values, version=version)],
            by=self.person,
        )


@pytest.fixture
def room():
    return Room()


def test_answers_are_kept_changed_or_dropped_and_each_is_told(room):
    (carried,) = attach_version(version=room.new, exercise=room.region_map.exercise, by=room.person)
    told = {
        line["code"]: (line["fate"], line["reasons"])
        for line in carried.changes
        if line["answered"] or line["fate"] == "dropped"
    }
    assert told == {
        "1.1": ("kept", []),
        "1.2": ("changed", ["wording"]),
        "1.4": ("dropped", ["type"]),
        "1.7": ("dropped", ["removed"]),
        "2.5": ("changed", ["settings", "value"]),
        "2.6a": ("kept", []),
    }
    room.response.refresh_from_db()
    assert room.response.questionnaire_version == room.new
    steps = {step.question.code: step for step in steps_of(response=room.response)}
    assert (steps["1.1"].answer.level, steps["1.2"].answer.value) == (3, "yes")
    assert steps["1.4"].answer is None
    assert {part: row.value for part, row in steps["2.5"].parts.items()} == {"a.a": 60}
    (entry,) = steps["2.6"].entries
    assert [row.value for _child, row in steps["2.6"].children_of(entry) if row] == ["Cluster"]


def test_old_answers_keep_the_question_they_were_given_to(room):
    before = list(Answer.objects.order_by("pk").values())
    attach_version(version=room.new, exercise=room.region_map.exercise, by=room.person)
    assert list(Answer.objects.filter(pk__in=[row["id"] for row in before]).order_by("pk").values()) == before
    removed = Answer.objects.get(response=room.response, question__code="1.7")
    assert (removed.value, removed.question.section.version) == ("A name", room.old)
    copy = Answer.objects.get(question__code="1.2", question__section__version=room.new)
    revision = AnswerRevision.objects.get(answer=copy)
    assert (revision.version, revision.values["change"]) == (copy.version, "carried_over")


def test_an_answer_to_a_removed_question_says_when_it_went(room):
    (carried,) = attach_version(version=room.new, exercise=room.region_map.exercise, by=room.person)
    with pytest.raises(QuestionRemoved) as caught:
        room.answer("1.7", kind="value", value="Late")
    assert caught.value.at == carried.at


def test_what_is_written_next_goes_on_from_the_version_that_was_seen(room):
    attach_version(version=room.new, exercise=room.region_map.exercise, by=room.person)
    _answer, stale = room.answer("1.2", kind="value", value="no")
    assert [conflict.current for conflict in stale] == [2]


def test_what_was_sent_stays_with_its_version(room):
    Response.objects.filter(pk=room.response.pk).update(state=ResponseState.SUBMITTED)
    assert attach_version(version=room.new, exercise=room.region_map.exercise, by=room.person) == []
    assert carry_over(response=room.response, new=room.new, by=room.person) is None
    room.response.refresh_from_db()
    assert room.response.questionnaire_version == room.old


def test_carrying_over_happens_once(room):
    attach_version(version=room.new, exercise=room.region_map.exercise, by=room.person)
    assert attach_version(version=room.new, exercise=room.region_map.exercise, by=room.person) == []
    assert CarryOver.objects.count() == 1


def test_a_draft_is_put_to_nobody(room):
    draft = create_draft(project=room.region_map.exercise.project, by=None, made_from=room.new)
    with pytest.raises(NotPublished):
        attach_version(version=draft, exercise=room.region_map.exercise, by=room.person)


def test_an_annex_is_put_to_every_team_once(room):
    other = RegionMapFactory(exercise=room.region_map.exercise)
    attach_version(version=room.new, exercise=other.exercise, by=room.person)
    attach_version(version=room.new, exercise=other.exercise, by=room.person)
    assert Response.objects.filter(region_map=other).count() == 1


def test_hidden_questions_are_kept_and_not_asked(room):
    room.answer("1.3", kind="value", value=["a"])
    assert "1.3" in {step.question.code for step in steps_of(response=room.response)}
    Answer.objects.filter(question__code="1.2").update(value="no")
    assert "1.3" not in {step.question.code for step in steps_of(response=room.response)}
    hidden = next(step for step in all_steps(response=room.response) if step.question.code == "1.3")
    assert (hidden.is_asked, hidden.answer.value, hidden.answer.kind) == (False, ["a"], AnswerKind.VALUE)


def test_steps_are_read_in_the_same_number_of_queries(room, django_assert_num_queries):
    other = ResponseFactory(region_map=RegionMapFactory(), questionnaire_version=room.old)
    steps_of(response=other)
    for response in (room.response, other):
        response = Response.objects.select_related("questionnaire_version").get(pk=response.pk)
        with django_assert_num_queries(3):
            steps_of(response=response)
