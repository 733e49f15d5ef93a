"""Pages that show all rows of a map, a visit or a journey, with more rows than SQLite links at once."""

import uuid

import pytest
from django.urls import reverse

from journeys.models import Event, Practice, Takeaway, Visit
from mapping.enums import Role
from tests.factories.exchange import EventFactory, JourneyFactory, PracticeFactory, VisitFactory
from tests.factories.mapping import RegionMapFactory, member
from tests.factories.synthesis import AreaFactory

pytestmark = pytest.mark.django_db
MANY = 1100


def copies(row):
    """Many rows like this one, each with a slug of its own."""
    fields = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    values = {name: getattr(row, name) for name in fields}
    rows = [type(row)(**{**values, "slug": f"copy-{n}"}) for n in range(MANY)]
    for each in rows:
        if "uid" in values:
            each.uid = uuid.uuid4()
    return type(row).objects.bulk_create(rows)


@pytest.fixture
def region_map(client):
    region_map = RegionMapFactory()
    client.force_login(member(Role.COORDINATOR, region_map))
    return region_map


def test_a_region_and_a_visit_with_a_thousand_takeaways(client, region_map):
    practices = copies(PracticeFactory(region=region_map.region))
    visit = VisitFactory(journey__exercise=region_map.exercise)
    area = AreaFactory(region_map=region_map)
    Takeaway.objects.bulk_create(
        Takeaway(visit=visit, region_map=region_map, area=area, practice=row, learned=f"Learned {n}.")
        for n, row in enumerate(practices)
    )
    pages = [
        reverse("journeys:region_learning", args=[region_map.region.slug]),
        reverse("journeys:visit_detail", args=[visit.journey.slug, visit.slug]),
        reverse("journeys:visit_exchange", args=[visit.pk]),
    ]
    for page in pages:
        reply = client.get(page)
        text = reply.content.decode()
        assert (reply.status_code, f"Learned {MANY - 1}." in text) == (200, True), page
    assert Practice.objects.count() == MANY + 1


def test_a_journey_with_a_thousand_visits_can_be_put_in_order(client, region_map):
    journey = JourneyFactory(exercise=region_map.exercise)
    events = copies(EventFactory(region=region_map.region))
    Visit.objects.bulk_create(
        Visit(
            journey=journey, slug=f"visit-{n}", host=region_map.region, event=event, title=f"Visit no. {n}."
        )
        for n, event in enumerate(events)
    )
    reply = client.get(reverse("journeys:journey_edit", args=[journey.slug]))
    assert (reply.status_code, f"Visit no. {MANY - 1}." in reply.content.decode()) == (200, True)
    assert Event.objects.count() == MANY + 1
