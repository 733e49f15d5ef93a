"""Who does what: the page, giving a part, another date, done, on the task list and at home."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.models import Assignment
from tests.factories.assessment import Assessment, assessment

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def room() -> Assessment:
    return assessment()


def work(room: Assessment) -> str:
    return reverse("governance:assignment_list", args=[room.team.pk])


def test_the_lead_shares_out_the_sections(client, room):
    client.force_login(room.lead)
    sent = {"parts": ["E1", "E2"], "person": room.contributor.pk, "due_on": str(TODAY)}
    reply = client.post(f"{work(room)}assign/", sent, follow=True)
    assert f"2 parts were assigned to {room.contributor}." in reply.content.decode()
    client.force_login(room.contributor)
    home = client.get(reverse("governance:workspace")).content.decode()
    assert [home.count("Assigned to you"), home.count("Due soon")] == [1, 2]
    tasks = client.get(reverse("governance:response_detail", args=[room.team.pk])).content.decode()
    assert tasks.count(f"{room.contributor} · due") == 2


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"person": "lead"}, "Choose at least one part."),
        ({"parts": "E9", "person": "lead"}, "Choose among the parts shown."),
        ({"parts": "E1"}, "Choose a person, or name an organisation."),
        ({"parts": "E1", "person": "contact"}, "Choose somebody who works on this."),
        ({"parts": "E1", "person": "lead", "organisation": "Firm"}, "not both."),
        ({"parts": "E1", "person": "lead", "due_on": "2020-01-01"}, "This day is over."),
        ({"parts": "E1", "organisation": "Firm", "email": "nobody"}, "like name@example.eu"),
        ({"parts": "E1", "person": "1" * 40}, "Choose somebody who works on this."),
    ],
)
def test_what_cannot_be_assigned_says_why(client, room, sent, words):
    client.force_login(room.lead)
    person = getattr(room, sent.get("person", ""), None)
    reply = client.post(f"{work(room)}assign/", {**sent, **({"person": person.pk} if person else {})})
    assert (reply.status_code, words in reply.content.decode()) == (422, True)
    assert Assignment.objects.count() == 0


def test_a_date_changed_meanwhile_is_shown_with_mine(client, room):
    row = Assignment.objects.create(
        region_map=room.region_map, response=room.team, part="E1", person=room.contributor
    )
    client.force_login(room.lead)
    save = reverse("governance:assignment_save", args=[row.pk])
    mine = TODAY + dt.timedelta(days=9)
    assert client.post(save, {"due_on": str(TODAY), "version": "1"}).status_code == 302
    reply = client.post(save, {"due_on": str(mine), "version": "1"})
    text = reply.content.decode()
    assert (reply.status_code, f'value="{mine}"' in text, "Yours was not saved" in text) == (409, True, True)
    assert client.post(save, {"due_on": str(mine)}).status_code == 428
    assert client.post(save, {"due_on": "soon", "version": "2"}).status_code == 422
    assert Assignment.objects.get().due_on == TODAY


def test_a_part_of_the_map_is_marked_as_done_at_home(client, room):
    row = Assignment.objects.create(region_map=room.region_map, part="actors", person=room.contact)
    client.force_login(room.contact)
    assert "Innovation actors" in client.get(reverse("governance:workspace")).content.decode()
    finish = reverse("governance:assignment_finish", args=[row.pk])
    assert client.post(finish, {"done": "yes", "next": "home"}).status_code == 302
    assert "Assigned to you" not in client.get(reverse("governance:workspace")).content.decode()


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_costs_the_same_for_many_rows(client, room, rows, django_assert_num_queries):
    for number in range(rows):
        Assignment.objects.create(
            region_map=room.region_map, response=room.team, part="E1", organisation=f"Firm {number}"
        )
    client.force_login(room.lead)
    client.get(work(room))
    with django_assert_num_queries(10):
        client.get(work(room))
