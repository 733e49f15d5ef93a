"""What a stakeholder learns about the map after answering."""

import datetime as dt

import pytest
from django.utils import timezone

from governance.selectors.map_changes import map_changes
from tests.factories.mapping import CapabilityFactory, RegionMapFactory, UnitFactory

pytestmark = pytest.mark.django_db


def told(region_map, since):
    return [(row.kind, row.title, row.what) for row in map_changes(region_map=region_map, since=since)]


@pytest.fixture
def region_map():
    return RegionMapFactory(state="consultation")


def test_rows_that_came_and_were_written_are_named(region_map, django_assert_num_queries):
    unit = UnitFactory(region_map=region_map, name="Płock")
    capability = CapabilityFactory(unit=unit, name="Robotics")
    since = timezone.now()
    assert told(region_map, since) == []
    UnitFactory(region_map=region_map, name="Radom")
    capability.name = "Soft robotics"
    capability.save()
    UnitFactory(name="Elsewhere")
    expected = [("territorial unit", "Radom", "added"), ("capability", "Soft robotics", "changed")]
    with django_assert_num_queries(1):
        assert told(region_map, since) == expected
    assert told(region_map, since + dt.timedelta(hours=1)) == []


def test_rows_that_went_are_named_and_those_that_came_and_went_are_not(region_map):
    old = UnitFactory(region_map=region_map, name="Old")
    since = timezone.now()
    old.delete()
    UnitFactory(region_map=region_map, name="Fleeting").delete()
    assert told(region_map, since) == [("territorial unit", "Old", "removed")]


def test_a_draft_tells_nothing(region_map):
    since = timezone.now()
    UnitFactory(region_map=region_map)
    region_map.state = "draft"
    assert told(region_map, since) == []
