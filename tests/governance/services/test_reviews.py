"""Giving answers back with remarks at their places; the order of the states is the database's, too."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from cohes3ion.lib.history import history_may_go
from governance.models import Response, Thread
from governance.selectors.questions import task_page
from governance.selectors.responses import find_response
from governance.selectors.reviews import Remark
from governance.services.answer_rows import NotAsked, ResponseClosed
from governance.services.responses import submit_response
from governance.services.reviews import NoReason, approve_response, return_response
from governance.services.threads import settle
from tests.factories.assessment import Assessment, assessment

pytestmark = pytest.mark.django_db
REMARKS = [
    Remark(section="E1", text="Name the act."),
    Remark(key=("1.2", None), text="Why four?"),
]


@pytest.fixture
def room() -> Assessment:
    room = assessment()
    room.answer_all(room.team)
    submit_response(response=room.team, by=room.lead)
    return room


def remarks(room: Assessment):
    response = find_response(pk=room.team.pk, user=room.lead)
    return task_page(response=response, user=room.lead).remarks


def test_remarks_alone_are_reason_enough_and_stand_at_their_places(room):
    returned = return_response(response=room.team, reason="", remarks=REMARKS, by=room.coordinator)
    assert (returned.state, returned.return_reason, returned.return_remarks) == ("returned", "", 2)
    shown = remarks(room)
    assert [(line.section, line.place, line.item.first.text) for line in shown.lines] == [
        ("E1", "", "Name the act."),
        ("E1", "1.2", "Why four?"),
    ]
    assert (shown.open, shown.open_by_section) == (2, {"E1": 2})


def test_a_remark_that_was_dealt_with_stays_until_the_next_round(room):
    return_response(response=room.team, reason="", remarks=REMARKS, by=room.coordinator)
    settle(thread=Thread.objects.get(section="E1"), settled=True, by=room.lead)
    assert (remarks(room).open, remarks(room).dealt_with) == (1, 1)
    submit_response(response=room.team, by=room.lead)
    return_response(response=room.team, reason="Again", by=room.coordinator)
    assert [line.item.first.text for line in remarks(room).lines] == ["Why four?"]


def test_no_reason_and_no_remark_returns_nothing(room):
    with pytest.raises(NoReason):
        return_response(response=room.team, reason=" ", by=room.coordinator)
    with pytest.raises(NotAsked), transaction.atomic():
        return_response(
            response=room.team, reason="", remarks=[Remark(key=("9.9", None), text="?")], by=room.coordinator
        )
    assert Response.objects.get(pk=room.team.pk).state == "submitted"
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.filter(pk=room.team.pk).update(state="returned")


def test_of_two_reviewers_one_decides(room):
    approve_response(response=room.team, by=room.coordinator)
    return_response(response=room.team, reason="One more thing", by=room.coordinator)
    with pytest.raises(ResponseClosed):
        return_response(response=room.team, reason="Late", remarks=REMARKS, by=room.coordinator)
    assert Thread.objects.count() == 0


WRONG = [
    ("draft", "approved"),
    ("draft", "returned"),
    ("submitted", "draft"),
    ("returned", "approved"),
    ("returned", "draft"),
    ("approved", "submitted"),
    ("approved", "draft"),
]


@pytest.mark.parametrize(("before", "after"), WRONG)
def test_the_database_refuses_every_other_step(before, after):
    row = assessment(units=1).team
    with history_may_go():
        Response.objects.filter(pk=row.pk).update(state=before, return_reason="Why")
    with pytest.raises(DatabaseError, match="from draft to sent"), transaction.atomic():
        Response.objects.filter(pk=row.pk).update(state=after)
    with history_may_go():  # negative control: with the guard open the same statement goes through
        assert Response.objects.filter(pk=row.pk).update(state=after) == 1
