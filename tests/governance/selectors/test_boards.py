"""The coordinator's board: sections, what is late and what blocks, in three queries."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.models import Answer, Assignment, ConsultationComment
from governance.selectors.boards import progress_board
from governance.selectors.reviews import Remark
from governance.services.maps import open_consultation
from governance.services.responses import submit_response
from governance.services.reviews import return_response
from tests.factories.assessment import Assessment, assessment
from tests.factories.mapping import RegionMapFactory

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - dt.timedelta(days=1)


@pytest.fixture
def room() -> Assessment:
    return assessment()


def row_of(room: Assessment):
    return progress_board(exercise=room.region_map.exercise).rows[0]


def late(room: Assessment, part: str, response=None) -> Assignment:
    return Assignment.objects.create(
        region_map=room.region_map, response=response, part=part, person=room.lead, due_on=YESTERDAY
    )


def test_questions_are_counted_by_section(room):
    Answer.objects.create(response=room.team, question=room.core, kind="no_information")
    marks = [(mark.title, mark.answered, mark.asked, mark.state) for mark in row_of(room).sections]
    # Two statements about the region; one about each of two units.
    assert marks == [("Smart priorities", 1, 2, "begun"), ("Roles", 0, 2, "open")]
    assert (row_of(room).answered, row_of(room).asked) == (1, 4)


def test_only_what_is_not_answered_is_overdue(room):
    late(room, "E1", room.team)
    late(room, "E2", room.team)
    late(room, "actors")
    for question in (room.core, room.other):
        Answer.objects.create(response=room.team, question=question, kind="value", level=3)
    row = row_of(room)
    assert ([mark.state for mark in row.sections], row.overdue) == (["done", "late"], 2)
    assert row.obstacles == ("incomplete", "overdue")


def test_what_blocks_is_counted(room):
    room.answer_all(room.team)
    submit_response(response=room.team, by=room.lead)
    return_response(
        response=room.team, reason="", remarks=[Remark(section="E1", text="Why?")], by=room.coordinator
    )
    open_consultation(region_map=room.region_map, expected=1, by=None)
    ConsultationComment.objects.create(consultation=room.region_map.consultations.get(), text="Hm")
    type(room.team).objects.filter(pk=room.of_units[0].pk).update(state="submitted")
    row = row_of(room)
    assert row.obstacles == ("returned", "comments_waiting")
    counted = row.region_map
    assert (counted.remarks_open, counted.comments_open) == (1, 1)
    assert (counted.units_sent, counted.units_asked) == (1, 2)
    assert (counted.stakeholders_sent, counted.stakeholders_asked) == (0, 1)


@pytest.mark.parametrize("regions", [1, 12])
def test_three_queries_for_any_number_of_regions(room, regions):
    for _n in range(regions - 1):
        assessment(region_map=RegionMapFactory(exercise=room.region_map.exercise), units=1)
    with CaptureQueriesContext(connection) as caught:
        assert len(progress_board(exercise=room.region_map.exercise).rows) == regions
    assert len(caught) == 3
