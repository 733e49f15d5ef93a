"""Events in the API: agenda and materials as their pages show them."""

import pytest

from journeys.models import AgendaItem, Material
from mapping.enums import Role
from mapping.models import Membership
from tests.factories.exchange import EventFactory
from tests.factories.mapping import UserFactory

pytestmark = pytest.mark.django_db


def shown(client, event):
    row = client.get(f"/api/v1/events/{event.pk}/").json()
    return [item["title"] for item in row["agenda"]], [(m["title"], m["address"]) for m in row["materials"]]


def test_materials_of_partners_are_for_partners(client):
    event = EventFactory()
    AgendaItem.objects.create(event=event, title="Opening")
    Material.objects.create(event=event, title="Slides", url="https://a.example/slides")
    minutes = Material.objects.create(event=event, title="Minutes", file="materials/x", is_public=False)
    slides = ("Slides", "https://a.example/slides")
    assert shown(client, event) == (["Opening"], [slides])
    observer = UserFactory()
    Membership.objects.create(user=observer, role=Role.OBSERVER, project=event.project)
    client.force_login(observer)
    agenda, materials = shown(client, event)
    assert (agenda, [title for title, _address in materials]) == (["Opening"], ["Slides", "Minutes"])
    assert f"/{minutes.pk}/" in dict(materials)["Minutes"]


@pytest.mark.parametrize("number", [1, 3])
def test_events_take_the_same_queries(client, django_assert_num_queries, number):
    for event in EventFactory.create_batch(number):
        AgendaItem.objects.create(event=event, title="Opening")
        Material.objects.create(event=event, title="Slides", url="https://a.example/slides")
    client.get("/api/v1/events/")
    with django_assert_num_queries(4):
        assert len(client.get("/api/v1/events/").json()["results"]) == number
