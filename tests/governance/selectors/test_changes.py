"""What changed in a response: also in cells of a matrix and inside entries, each named."""

import datetime as dt

import pytest
from django.utils import timezone

from governance.models import Answer, AnswerRevision, GroupEntry, Question, Response
from governance.selectors.changes import response_changes
from governance.services.carrying import attach_version
from governance.services.questionnaires import draft_from_dict, publish_version
from tests.factories.mapping import RegionMapFactory, UserFactory
from tests.factories.questionnaires import every_type

pytestmark = pytest.mark.django_db
BEFORE = timezone.now() - dt.timedelta(hours=1)


def test_cells_and_entries_are_named():
    person, region_map = UserFactory(), RegionMapFactory()
    draft = draft_from_dict(definition=every_type(), project=region_map.exercise.project, by=person)
    version = publish_version(version=draft)
    attach_version(version=version, exercise=region_map.exercise, by=person)
    response = Response.objects.get(region_map=region_map)
    questions = {row.code: row for row in Question.objects.filter(section__version=version)}
    cell = next(
        f"{row['code']}.{column['code']}"
        for row in questions["2.5"].settings["rows"]
        for column in questions["2.5"].settings["columns"]
    )
    GroupEntry.objects.create(response=response, question=questions["2.6"], key="a1")
    for code, part, value in (("2.5", cell, 40), ("2.6a", "a1", "A firm")):
        answer = Answer.objects.create(
            response=response, question=questions[code], part=part, kind="value", value=value
        )
        AnswerRevision.objects.create(
            answer=answer, version=2, field="value", values={"kind": "value", "value": value}, by=person
        )
    found = response_changes(response=response, since=BEFORE)
    matrix = questions["2.5"].settings
    named = f"{matrix['rows'][0]['label']}, {matrix['columns'][0]['label']}: Answer"
    assert [(item.step.question.code, [row.label for row in item.changes]) for item in found] == [
        ("2.5", [named]),
        ("2.6", [f"1. {questions['2.6a'].short}: Answer"]),
    ]
