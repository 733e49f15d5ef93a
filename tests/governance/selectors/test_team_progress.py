"""How far a region is, for its team: sections, units, people, and only what each person may see."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohes3ion.lib.row_forms import Change
from governance.models import Assignment, Response
from governance.selectors.team_progress import team_progress
from governance.selectors.workspaces import find_map
from governance.services.responses import save_answer
from tests.factories.assessment import Assessment, assessment

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - dt.timedelta(days=1)


@pytest.fixture
def room() -> Assessment:
    return assessment()


def progress(room: Assessment, user):
    return team_progress(region_map=find_map(pk=room.region_map.pk, user=user), user=user)


def write(room: Assessment, code: str, by, level: int = 3, version: int = 1) -> None:
    change = Change(field="level", values={"kind": "value", "level": level}, version=version)
    save_answer(
        scope=Response.objects.all(), response_id=room.team.pk, key=(code, None), changes=[change], by=by
    )


def test_who_wrote_how_much_and_what_is_late(room):
    write(room, "1.1", room.lead)
    write(room, "1.1", room.contributor, level=4, version=2)
    write(room, "1.2", room.contributor)
    for part in ("E1", "E2"):
        Assignment.objects.create(
            region_map=room.region_map, response=room.team, part=part, person=room.contact, due_on=YESTERDAY
        )
    page = progress(room, room.lead)
    assert {line.person: (line.written, line.open, line.late, line.done) for line in page.people} == {
        room.contact: (0, 1, 1, 1),
        room.lead: (1, 0, 0, 0),
        room.contributor: (2, 0, 0, 0),
    }
    assert page.people[0].person == room.contact  # who is late comes first
    assert [task.title for task in page.overdue] == ["Roles"]
    assert [(line.section.answered, line.is_late) for line in page.teams[0].sections] == [
        (2, False),
        (0, True),
    ]


def test_a_unit_contact_sees_the_own_unit_only(room):
    write(room, "1.1", room.lead)
    page = progress(room, room.contact)
    assert (page.teams, [line.response for line in page.units]) == ([], [room.of_units[0]])
    assert {line.written for line in page.people} == {0}


def test_the_page_works(client, room):
    write(room, "1.1", room.lead)
    Assignment.objects.create(
        region_map=room.region_map, part="actors", organisation="A chamber", due_on=YESTERDAY
    )
    client.force_login(room.contributor)
    page = client.get(reverse("governance:map_progress", args=[room.region_map.pk])).content.decode()
    words = ("1 part is overdue", "A chamber", "By section", "By person", "0 of 2 sent", "0 of 1 sent")
    assert [text in page for text in words] == [True] * 6


def test_a_part_that_does_not_open_is_named_without_a_way_to_it(client, room):
    for part in ("actors", "synthesis"):
        Assignment.objects.create(region_map=room.region_map, part=part, person=room.lead, due_on=YESTERDAY)

    def ways(user) -> list[bool]:
        client.force_login(user)
        page = progress(room, user)
        assert len(page.others) == len(page.overdue) == 2
        return [client.get(task.address).status_code == 200 for task in page.others if task.address]

    assert (ways(room.lead), ways(room.contact)) == ([True, True], [True])
    shown = client.get(reverse("governance:map_progress", args=[room.region_map.pk])).content.decode()
    assert reverse("governance:synthesis_detail", args=[room.region_map.pk]) not in shown


@pytest.mark.parametrize("units", [1, 20])
def test_queries_do_not_grow(units):
    room = assessment(units=units)
    for unit_response in room.of_units:
        Assignment.objects.create(
            region_map=room.region_map, response=unit_response, part="E1", person=room.lead
        )
    progress(room, room.lead)  # the statements are read once per process
    region_map = find_map(pk=room.region_map.pk, user=room.lead)
    with CaptureQueriesContext(connection) as caught:
        assert len(team_progress(region_map=region_map, user=room.lead).units) == units
    assert len(caught) == 9
