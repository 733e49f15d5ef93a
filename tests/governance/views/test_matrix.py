"""The matrix of a region: everything in it, for those who may see it, with forms for those who may write."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Mandate, Opportunity
from mapping.enums import MapState
from mapping.models import ActorTie, RegionMap, Strategy
from tests.factories.governance import SpaceFactory
from tests.factories.mapping import ActorFactory, CapabilityFactory, PriorityFactory, UnitFactory
from tests.factories.matrix import matrix

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return matrix()


def matrix_page(client, place, user):
    client.force_login(user)
    return client.get(f"/workspace/maps/{place.region_map.pk}/matrix/")


def close(place):
    RegionMap.objects.filter(pk=place.region_map.pk).update(
        state=MapState.ADOPTED, adopted_on="2026-01-01", adopted_by="Group"
    )


def test_matrix_detail_shows_every_row_of_the_map(client, place):
    page = matrix_page(client, place, place.lead).content.decode()
    rows = [str(row) for name, row in place.rows().items() if name != "tie"]
    assert [row for row in rows if row not in page] == []
    assert "University → Agency" in page


def test_matrix_detail_is_not_there_for_strangers(client, place):
    assert client.get(f"/workspace/maps/{place.region_map.pk}/matrix/").status_code == 302
    assert matrix_page(client, place, place.stranger).status_code == 404


@pytest.mark.parametrize("who, forms", [("lead", 4), ("contributor", 4), ("contact", 4), ("observer", 0)])
def test_forms_are_for_those_who_may_write(client, place, who, forms):
    CapabilityFactory(unit=place.town)
    page = matrix_page(client, place, getattr(place, who)).content.decode()
    assert page.count("data-autosave>") == forms + 2 * (who in ("lead", "contributor"))


def test_a_closed_map_has_no_form_and_says_what_to_do(client, place):
    close(place)
    page = matrix_page(client, place, place.lead).content.decode()
    assert ("data-autosave>" in page, "Reopen the map first." in page) == (False, True)


def test_an_empty_map_says_where_to_begin(client, place):
    region_map = place.stranger.memberships.get().region.maps.get()
    client.force_login(place.stranger)
    page = client.get(f"/workspace/maps/{region_map.pk}/matrix/").content.decode()
    assert "Add the first unit" in page


def count(client, place, user):
    client.force_login(user)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(f"/workspace/maps/{place.region_map.pk}/matrix/").status_code == 200
    return len(seen)


def fill(place, number):
    """More of everything, each with data in every branch."""
    for _ in range(number):
        unit = UnitFactory(region_map=place.region_map)
        unit.parents.add(place.region, place.city)
        priority = PriorityFactory(region_map=place.region_map)
        priority.codes.add(place.codes["nace:C10"])
        for kind in ("horizontal", "sectoral"):
            row = CapabilityFactory(unit=unit, kind=kind, priority=priority, priority_answer="value")
            row.codes.add(place.codes["nace:C21"])
        actor = ActorFactory(region_map=place.region_map)
        actor.units.add(unit, place.city)
        ActorTie.objects.create(region_map=place.region_map, source=actor, target=place.actor, kind="funds")
        space = SpaceFactory(region_map=place.region_map)
        space.units.add(unit)
        space.topics.add(priority)
        Mandate.objects.create(space=space, role="advises", who="Board")
        Opportunity.objects.create(region_map=place.region_map, topic="Open to all").units.add(unit)
        Strategy.objects.create(region_map=place.region_map, unit=unit, title="A strategy")


@pytest.mark.parametrize("who", ["lead", "contact", "observer"])
def test_matrix_detail_asks_the_same_queries_for_few_and_many_rows(client, place, who):
    user = getattr(place, who)
    few = count(client, place, user)
    fill(place, 12)
    assert count(client, place, user) == few
    assert few <= 24
