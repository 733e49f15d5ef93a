"""The published map row by row: all that is found in it stands there, and nothing of what is under work."""

import html

import pytest

from cohes3ion.lib.models import SearchEntry
from cohes3ion.lib.search.index import catch_up
from governance.models import AreaOfImprovement, Mandate, MapEdition, Opportunity
from governance.services.maps import reopen_map
from mapping.enums import Role
from mapping.models import ActorService, Strategy, UnitCode
from tests.factories.governance import SpaceFactory
from tests.factories.mapping import ActorFactory, CapabilityFactory, RegionMapFactory, UnitFactory, member
from tests.factories.region import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def region_map():
    region_map = RegionMapFactory()
    unit = UnitFactory(region_map=region_map, name="Łódź <b>", body_in_charge="City council", note="A note")
    UnitCode.objects.create(unit=unit, code="PL711")
    CapabilityFactory(unit=unit, name="Textiles", description="Since 1820", source_document="Atlas")
    actor = ActorFactory(region_map=region_map, name="Mill", description="Weaves")
    ActorService.objects.create(actor=actor, kind="training", offered_to="young weavers")
    space = SpaceFactory(region_map=region_map, name="Round table", legal_basis="Act 7")
    Mandate.objects.create(space=space, role="decides", who="The voivode")
    Strategy.objects.create(region_map=region_map, unit=unit, title="City 2030", period="2021-2030")
    AreaOfImprovement.objects.create(region_map=region_map, text="Meet more", responsible_body="Board")
    Opportunity.objects.create(region_map=region_map, topic="Joint labs", expected_benefit="Less cost")
    return publish(region_map)


def test_every_found_word_stands_where_the_hit_leads(client, region_map, django_assert_num_queries):
    address = f"/regions/{region_map.region.slug}/map/"
    client.get("/regions/nowhere/map/")  # Django asks SQLite once whether it knows JSON
    with django_assert_num_queries(3):  # the marks of kept pages, editions, results
        shown = html.unescape(client.get(address).content.decode())
    catch_up()
    entries = SearchEntry.objects.filter(scope="edition").exclude(kind="region")
    assert entries.count() == 7
    for entry in entries:
        page, _sep, anchor = entry.address.partition("#")
        assert (page, f'id="{anchor}"' in shown) == (address, True)
        for text in (entry.title, *entry.text.splitlines()):
            assert text in shown, text


def test_rows_under_revision_are_not_part_of_it(client, region_map):
    coordinator = member(Role.COORDINATOR, region_map)
    reopen_map(region_map=region_map, expected=region_map.version, by=coordinator)
    AreaOfImprovement.objects.update(text="Under work")
    client.force_login(coordinator)
    shown = client.get(f"/regions/{region_map.region.slug}/map/").content.decode()
    assert ("Meet more" in shown, "Under work" in shown) == (True, False)


def test_without_a_public_edition_there_is_no_page(client, region_map):
    MapEdition.objects.all().delete()
    assert client.get(f"/regions/{region_map.region.slug}/map/").status_code == 404
    assert client.get("/regions/nowhere/map/").status_code == 404
