"""Units in the order of the matrix."""

import pytest

from mapping.enums import Role
from mapping.models import TerritorialUnit
from mapping.selectors.matrix import addable_units, nested_units
from tests.factories.mapping import RegionMapFactory, UnitFactory, member

pytestmark = pytest.mark.django_db


def nested(region_map):
    units = TerritorialUnit.objects.filter(region_map=region_map).prefetch_related("parents")
    return [(place.unit.name, place.depth, place.also_in) for place in nested_units(units)]


def units_of(*names):
    region_map = RegionMapFactory()
    return region_map, [UnitFactory(region_map=region_map, name=name) for name in names]


def test_a_unit_stands_below_the_first_it_lies_in_and_names_the_others():
    region_map, (city, region, network) = units_of("City", "Region", "Network")
    city.parents.add(region, network)
    assert nested(region_map) == [("Region", 0, []), ("City", 1, ["Network"]), ("Network", 0, [])]


def test_a_circle_loses_no_unit():
    region_map, (one, two) = units_of("One", "Two")
    one.parents.add(two)
    two.parents.add(one)
    assert [name for name, _depth, _also in nested(region_map)] == ["One", "Two"]


def test_the_team_adds_everywhere_a_contact_to_the_own_unit_others_nowhere():
    region_map, (one, two) = units_of("One", "Two")
    people = [
        member(Role.REGIONAL_LEAD, region_map),
        member(Role.UNIT_CONTACT, region_map, two),
        member(Role.OBSERVER, region_map),
    ]
    assert [addable_units(region_map=region_map, user=user) for user in people] == [[one, two], [two], []]
