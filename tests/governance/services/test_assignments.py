"""Sharing out the work: given once, every step kept, a stale date refused, done when answered."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cohes3ion.lib.versions import StaleVersion
from governance.models import Assignment, AssignmentStep
from governance.selectors.assignments import my_tasks
from governance.selectors.responses import find_response
from governance.selectors.work_pages import response_work_page
from governance.services.assignments import assign, change_due, finish, take_back
from tests.factories.assessment import Assessment, assessment

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - dt.timedelta(days=1)


@pytest.fixture
def room() -> Assessment:
    return assessment()


def give(room: Assessment, *parts: str, person=None, due_on=None, response=None, organisation="") -> int:
    values = {"person": person, "organisation": organisation, "email": "", "due_on": due_on}
    return assign(
        region_map=room.region_map,
        response=response or room.team,
        parts=list(parts),
        values=values,
        by=room.lead,
    )


def kept() -> list[tuple[str, str, str]]:
    return list(AssignmentStep.objects.order_by("pk").values_list("step", "part", "who"))


def test_given_twice_is_given_once_and_each_step_is_kept(room):
    assert give(room, "E1", "E2", person=room.contributor) == 2
    assert give(room, "E1", person=room.contributor) == 0
    assert give(room, "E1", organisation="A chamber") == 1
    row = Assignment.objects.get(part="E1", person=room.contributor)
    row = change_due(row=row, due_on=YESTERDAY, expected=1, by=room.lead)
    assert [finish(row=row, done=True, by=room.contributor), finish(row=row, done=True, by=room.lead)] == [
        True,
        False,
    ]
    row.refresh_from_db()
    take_back(row=row, expected=row.version, by=room.lead)
    name = str(room.contributor)
    assert kept() == [
        ("given", "E1", name),
        ("given", "E2", name),
        ("given", "E1", "A chamber"),
        ("due", "E1", name),
        ("done", "E1", name),
        ("taken", "E1", name),
    ]


def test_a_stale_date_changes_nothing(room):
    give(room, "E1", person=room.contributor)
    row = Assignment.objects.get()
    change_due(row=row, due_on=YESTERDAY, expected=1, by=room.lead)
    with pytest.raises(StaleVersion):
        change_due(row=row, due_on=None, expected=1, by=room.lead)
    with pytest.raises(StaleVersion):
        take_back(row=row, expected=1, by=room.lead)
    assert Assignment.objects.get().due_on == YESTERDAY


@pytest.mark.parametrize("who", [{"person": None, "organisation": ""}, {"organisation": "Both"}])
def test_the_database_wants_a_person_or_an_organisation(room, who):
    with pytest.raises(DatabaseError), transaction.atomic():
        Assignment.objects.create(region_map=room.region_map, part="actors", **{"person": room.lead, **who})


def test_work_is_done_when_every_question_has_an_answer(room):
    give(room, "E1", "E2", person=room.contributor, due_on=YESTERDAY)
    assert [(task.title, task.is_overdue) for task in my_tasks(user=room.contributor)] == [
        ("Smart priorities", True),
        ("Roles", True),
    ]
    room.answer_all(room.team)
    assert my_tasks(user=room.contributor) == []


def test_what_is_sent_is_no_longer_to_do(room):
    give(room, "E1", person=room.contributor, due_on=YESTERDAY)
    type(room.team).objects.filter(pk=room.team.pk).update(state="submitted")
    assert my_tasks(user=room.contributor) == []


def test_who_lost_the_role_has_no_task_and_is_marked(room):
    give(room, "E1", person=room.contributor)
    assert [task.title for task in my_tasks(user=room.contributor)] == ["Smart priorities"]
    room.contributor.memberships.all().delete()
    assert my_tasks(user=room.contributor) == []
    page = response_work_page(response=find_response(pk=room.team.pk, user=room.lead), user=room.lead)
    assert [task.row.person_id in page.people_here for task in page.tasks] == [False]


@pytest.mark.parametrize("units", [1, 30])
def test_queries_do_not_grow_with_tasks_and_responses(units):
    room = assessment(units=units)
    for response in room.of_units:
        for person in (room.contact, room.lead):
            room.region_map.region.memberships.get_or_create(
                user=person,
                role="unit_contact",
                unit=response.unit,
                project=room.region_map.exercise.project,
            )
            give(room, "E1", "E2", person=person, response=response)
    give(room, "E1", person=room.lead)
    my_tasks(user=room.lead)  # the statements are read once per process
    with CaptureQueriesContext(connection) as caught:
        assert len(my_tasks(user=room.lead)) == 2 * units + 1
    assert len(caught) == 3
