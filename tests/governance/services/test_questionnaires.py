"""Questionnaires in and out of their JSON form, drafts, and the freeze of what is published."""

import pytest
from django.db import DatabaseError, connection, transaction

from governance.asking.definitions import check_definition
from governance.asking.unmet import unpublishable
from governance.models import Question, QuestionnaireVersion, Section
from governance.selectors.definitions import version_to_dict
from governance.selectors.questionnaires import sections_of
from governance.services.questionnaires import (
    AlreadyPublished,
    NotPublishable,
    create_draft,
    draft_from_dict,
    publish_package,
    publish_version,
    read_package,
)
from tests.factories.mapping import ProjectFactory
from tests.factories.questionnaires import every_type, question

pytestmark = pytest.mark.django_db


def draft(**changes):
    return draft_from_dict(definition=every_type() | changes, project=ProjectFactory(), by=None)


def without_defaults(definition):
    """What was said, without what stands there by default."""
    silent = {"required": True, "scope": "region", "core": False, "text": "", "description": "", "minutes": 5}

    def told(row):
        kept = {name: value for name, value in row.items() if silent.get(name, object()) != value}
        return kept | {"questions": [told(q) for q in row["questions"]]} if "questions" in row else kept

    return [told(section) for section in definition["sections"]]


def test_a_questionnaire_comes_back_as_it_went_in():
    assert without_defaults(version_to_dict(draft())) == every_type()["sections"]


def test_the_shipped_questionnaire_survives_a_round_trip():
    version = publish_package(package=read_package("stm"))
    again = draft_from_dict(definition=version_to_dict(version), project=ProjectFactory(), by=None)
    assert version_to_dict(again)["sections"] == version_to_dict(version)["sections"]
    assert (
        sections_of(version=again, language="pl")[0].title
        == sections_of(version=version, language="pl")[0].title
    )


@pytest.mark.parametrize("name", ["enabling-condition", "ris3-wheel"])
def test_an_annex_is_a_choice_without_a_zero(name):
    version = publish_package(package=read_package(name))
    rows = list(Question.objects.filter(section__version=version))
    assert {row.type for row in rows} == {"single_choice"}
    codes = {o["code"] for row in rows for o in row.settings["choices"]}
    wheel = {"1", "2", "3", "4", "5"}
    assert codes == (wheel if name == "ris3-wheel" else {"met", "partly", "not"})
    assert check_definition(version_to_dict(version)) == []
    assert version.questionnaire.is_annex


def test_what_is_wrong_is_told_with_its_place_and_nothing_is_written():
    definition = every_type()
    definition["sections"][0]["questions"] += [
        question("1.2", "single_choice", settings={"choices": []}),
        question("1.10", "telepathy"),
        question("1.11", "number", condition={"question": "9.9", "op": "answered"}),
        question("1.12", "number", settings={"min": 5, "max": 1}),
    ]
    with pytest.raises(NotPublishable) as caught:
        draft_from_dict(definition=definition, project=ProjectFactory(), by=None)
    assert [(problem.code, problem.path) for problem in caught.value.problems] == [
        ("twice", "1.2"),
        ("options", "sections.1.questions.10.settings.choices"),
        ("type", "sections.1.questions.11.type"),
        ("setting_order", "sections.1.questions.13.settings.min"),
        ("condition_question", "sections.1.questions.12.condition"),
    ]
    assert QuestionnaireVersion.objects.count() == 0


def test_conditions_in_a_circle_are_told_with_their_way():
    definition = every_type()
    definition["sections"][0]["questions"] = [
        question("3.1", "number", condition={"question": "3.2", "op": "answered"}),
        question("3.2", "number", condition={"question": "3.1", "op": "answered"}),
    ]
    found = check_definition(definition)
    assert [problem.text % problem.params for problem in found] == [
        "These conditions go in a circle: 3.1 → 3.2 → 3.1"
    ]


def asked_only_if(value, op="="):
    definition = every_type()
    choices = [{"code": code, "label": code} for code in ("a", "b")]
    definition["sections"][0]["questions"] = [
        question("3.1", "single_choice", settings={"choices": choices}),
        question("3.2", "number", condition={"question": "3.1", "op": op, "value": value}),
    ]
    return definition


@pytest.mark.parametrize(
    "op, value, gone",
    [("=", "c", "c"), ("in", ["a", "c"], "c"), ("=", "a", ""), ("!=", "c", ""), ("in", ["b"], "")],
)
def test_a_question_that_could_never_be_asked_is_not_frozen(op, value, gone):
    version = draft_from_dict(definition=asked_only_if(value, op), project=ProjectFactory(), by=None)
    if not gone:
        assert publish_version(version=version).state == "published"
        return
    with pytest.raises(NotPublishable) as caught:
        publish_version(version=version)
    assert [(found.path, found.text % found.params) for found in caught.value.problems] == [
        (
            "sections.1.questions.2.condition",
            f"The condition compares with “{gone}”, which is no choice of question 3.1.",
        )
    ]


def test_another_problem_hides_no_condition_that_is_never_met():
    definition = asked_only_if("c")
    definition["sections"][0]["questions"] += [question("3.3", "group"), question("3.4", "telepathy")]
    assert {found.code for found in unpublishable(definition)} >= {"type", "condition_choice"}


def test_a_draft_begins_empty_as_the_next_version_or_as_a_copy():
    first = publish_version(version=draft())
    project = first.project
    empty = create_draft(project=project, by=None, title="Survey of clusters")
    following = create_draft(project=project, by=None, made_from=first)
    copy = create_draft(project=project, by=None, made_from=first, title="Mine", new_questionnaire=True)
    assert [(row.questionnaire.key, row.number, row.is_draft) for row in (empty, following, copy)] == [
        ("survey-of-clusters", 1, True),
        ("every-type", 2, True),
        ("mine", 1, True),
    ]
    assert version_to_dict(copy)["sections"] == version_to_dict(first)["sections"]


def test_publishing_needs_questions_and_happens_once():
    empty = create_draft(project=ProjectFactory(), by=None, title="Empty")
    with pytest.raises(NotPublishable):
        publish_version(version=empty)
    version = publish_version(version=draft())
    assert (version.state, len(version.fingerprint)) == ("published", 64)
    with pytest.raises(AlreadyPublished):
        publish_version(version=version)


WRITES = [
    lambda v: Question.objects.filter(section__version=v, code="1.1").update(text="Another statement."),
    lambda v: Question.objects.filter(section__version=v, code="1.2").update(settings={}),
    lambda v: Section.objects.filter(version=v).update(title="Another title"),
    lambda v: QuestionnaireVersion.objects.filter(pk=v.pk).update(state="draft"),
    lambda v: QuestionnaireVersion.objects.filter(pk=v.pk).update(note="Another note"),
]


@pytest.mark.parametrize("write", WRITES)
def test_the_database_refuses_to_change_what_is_published(write):
    version = publish_version(version=draft())
    before = version_to_dict(version)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        write(version)
    assert version_to_dict(QuestionnaireVersion.objects.get(pk=version.pk)) == before


@pytest.mark.parametrize("write", WRITES)
def test_a_draft_can_be_changed(write):
    """The negative control of the guard."""
    assert write(draft()) > 0


def test_postgresql_refuses_to_delete_what_is_published():
    version = publish_version(version=draft())
    rows = Question.objects.filter(section__version=version, code="1.9")
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            rows.delete()
        assert rows.count() == 1
    assert draft().sections.all().delete()[0] > 0
