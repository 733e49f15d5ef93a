"""Statements in the reader's language, each text marked with the language it is really in."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.selectors.questionnaires import sections_of
from tests.factories.assessment import assessment
from tests.factories.governance import QuestionFactory, SectionFactory

pytestmark = pytest.mark.django_db


def test_sections_and_questions_in_order():
    room = assessment()
    sections = sections_of(version=room.version, language="en")
    assert [(section.code, [item.code for item in section.questions]) for section in sections] == [
        ("E1", ["1.1", "1.2"]),
        ("E2", ["2.1"]),
    ]


def test_a_missing_translation_falls_back_and_says_so():
    question = QuestionFactory(translations={"pl": {"text": "Zdanie.", "machine": True}})
    item = sections_of(version=question.section.version, language="pl")[0].questions[0]
    assert (item.text, item.lang["text"], item.machine) == ("Zdanie.", "pl", True)
    assert (item.question, item.lang["question"]) == ("How far is it in place?", "en")


def test_a_published_version_is_read_once():
    room = assessment()
    sections_of(version=room.version, language="en")
    with CaptureQueriesContext(connection) as caught:
        sections_of(version=room.version, language="en")
    assert len(caught) == 0


def test_a_draft_is_read_every_time():
    question = QuestionFactory(section=SectionFactory(code="E9"))
    version = question.section.version
    assert len(sections_of(version=version, language="en")[0].questions) == 1
    QuestionFactory(section=question.section)
    assert len(sections_of(version=version, language="en")[0].questions) == 2
