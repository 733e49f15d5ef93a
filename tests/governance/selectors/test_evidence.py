"""Which documents a page shows, and who gets a file."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.utils import timezone

from governance.models import Answer, Evidence
from governance.selectors.evidence import documents_elsewhere, evidence_shelf, find_file
from governance.selectors.responses import steps_of
from mapping.models import RegionMap
from tests.factories.assessment import Assessment, assessment

pytestmark = pytest.mark.django_db


def document(room: Assessment, *answers: Answer, **fields) -> Evidence:
    row = Evidence.objects.create(
        region_map=room.region_map, **{"title": "Plan", "url": "https://www.a.example/x", **fields}
    )
    row.answers.set(answers)
    return row


def test_shelf_knows_what_each_document_supports():
    room = assessment()
    room.answer_all(room.team)
    first, second, *_rest = steps_of(response=room.team)
    shared = document(room, first.answer, second.answer, title="Shared")
    alone = document(room, second.answer, title="Alone", url="", file="evidence/1", file_name="a.b.xlsx")
    shelf = evidence_shelf(response=room.team)
    assert [(item.evidence, item.also_supports) for item in shelf.of(first)] == [(shared, ("1.2",))]
    assert [item.host for item in shelf.of(first)] == ["a.example"]
    assert [item.extension for item in shelf.of(second)] == ["", "XLSX"]
    of_unit = room.of_units[0]
    room.answer_all(of_unit)
    theirs = document(room, of_unit.answers.first(), title="Theirs")
    hidden = document(room, room.of_stakeholder.answers.create(question=room.core), title="Hidden")
    found = documents_elsewhere(response=room.team, here=shelf.of(first), user=room.lead)
    assert (found, hidden in found) == ([alone, theirs], False)
    assert shelf.counts() == {first.answer.pk: 1, second.answer.pk: 2}


def test_a_question_without_an_answer_has_no_documents():
    room = assessment()
    step = steps_of(response=room.team)[0]
    assert evidence_shelf(response=room.team).of(step) == []


def test_a_file_is_for_those_who_see_the_answer():
    room, other = assessment(), assessment()
    room.answer_all(room.team)
    row = document(room, room.team.answers.first(), url="", file=ContentFile(b"x", name="x"))
    seen = [room.lead, room.contributor, room.coordinator, room.facilitator]
    unseen = [room.observer, room.contact, room.stakeholder, other.lead, other.coordinator, AnonymousUser()]
    assert [find_file(pk=row.pk, user=user) for user in seen] == [row] * 4
    assert [find_file(pk=row.pk, user=user) for user in unseen] == [None] * 6


def test_a_public_file_is_for_everybody_once_its_map_is_published():
    room = assessment()
    room.answer_all(room.team)
    row = document(room, room.team.answers.first(), file=ContentFile(b"x", name="x"), is_public=True)
    assert find_file(pk=row.pk, user=AnonymousUser()) is None
    today = timezone.now()
    RegionMap.objects.update(
        state="published", adopted_on=today.date(), adopted_by="x", released_at=today, published_at=today
    )
    assert find_file(pk=row.pk, user=AnonymousUser()) == row


def test_a_link_has_no_file():
    room = assessment()
    room.answer_all(room.team)
    row = document(room, room.team.answers.first())
    assert find_file(pk=row.pk, user=room.lead) is None
