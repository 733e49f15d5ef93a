import datetime as dt

import pytest

from journeys.models import ProjectTarget
from mapping.enums import Role
from tests.factories.exchange import EventFactory
from tests.factories.mapping import RegionMapFactory, member
from tests.factories.synthesis import AreaFactory

pytestmark = pytest.mark.django_db
PAST = dt.datetime(2020, 11, 26, 9, tzinfo=dt.UTC)


def test_a_partner_reads_each_number_with_its_target_and_rows(client):
    region_map = RegionMapFactory()
    project = region_map.exercise.project
    EventFactory(region=region_map.region, title="A visit", starts_at=PAST)
    ProjectTarget.objects.create(project=project, indicator="events", target=8)
    client.force_login(member(Role.OBSERVER, region_map))
    found = {
        row["indicator"]: row for row in client.get(f"/api/v1/projects/{project.slug}/indicators/").json()
    }
    events, people = found["events"], found["people"]
    assert (events["reached"], events["target"], events["percent"]) == (1, 8, 13)
    assert [(row["title"], row["on"]) for row in events["rows"]] == [("A visit", "2020-11-26")]
    assert (people["reached"], people["target"], people["percent"]) == (None, None, None)


@pytest.mark.parametrize("count", [1, 3])
def test_areas_are_those_of_maps_the_caller_sees(client, count, django_assert_num_queries):
    region_map = RegionMapFactory()
    areas = [AreaFactory(region_map=region_map, text=f"Area {n}") for n in range(count)]
    assert client.get("/api/v1/areas/").json()["count"] == 0
    client.force_login(member(Role.REGIONAL_LEAD, region_map))
    with django_assert_num_queries(10):
        found = client.get("/api/v1/areas/").json()["results"]
    assert [row["id"] for row in found] == [area.pk for area in areas]
