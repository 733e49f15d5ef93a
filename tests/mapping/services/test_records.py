"""Writing rows of a map: a version per field, history beside it, nothing in a closed map."""

import pytest

from cohes3ion.lib.versions import StaleVersion
from mapping.enums import MapState
from mapping.models import Capability, RegionMap
from mapping.selectors.kinds import CAPABILITY, KINDS, PRIORITY, UNIT
from mapping.services.links import change_codes, change_rows
from mapping.services.records import (
    MapClosed,
    add_record,
    change_field,
    change_links,
)
from mapping.services.removals import RecordInUse, remove_record
from tests.factories.matrix import matrix

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return matrix()


def strength(place, value, *, expected=1, by=None):
    values = {"strength": value, "strength_answer": "value"}
    return change_field(
        row=place.capability, field="strength", values=values, expected=expected, by=by or place.lead
    )


def codes_of(row):
    return sorted(row.codes.values_list("key", flat=True))


def test_a_field_is_written_with_its_version_and_its_history(place):
    row = strength(place, 5)
    stored = Capability.objects.get(pk=place.capability.pk)
    assert (stored.strength, stored.version_of("strength"), stored.version_of("name")) == (5, 2, 1)
    entry = row.history.first()
    assert (entry.history_change_reason, entry.history_user, entry.strength) == ("strength", place.lead, 5)


def test_the_same_field_on_an_old_version_is_refused(place):
    strength(place, 5)
    with pytest.raises(StaleVersion):
        strength(place, 2, by=place.contributor)
    assert Capability.objects.get(pk=place.capability.pk).strength == 5


def test_different_fields_never_conflict(place):
    strength(place, 5)
    change_field(
        row=place.capability, field="name", values={"name": "Chips"}, expected=1, by=place.contributor
    )
    stored = Capability.objects.get(pk=place.capability.pk)
    assert (stored.strength, stored.name) == (5, "Chips")


@pytest.mark.parametrize("state", [MapState.ADOPTED, MapState.PUBLISHED])
def test_a_closed_map_is_not_written(place, state):
    close(place.region_map, state)
    with pytest.raises(MapClosed):
        strength(place, 5)
    with pytest.raises(MapClosed):
        add_record(model=Capability, region_map=place.region_map, by=place.lead, values={})
    with pytest.raises(MapClosed):
        remove_record(kind=CAPABILITY, row=place.capability, expected=1, by=place.lead)
    assert Capability.objects.filter(region_map=place.region_map).count() == 2


def close(region_map, state):
    values = {"adopted_on": "2026-01-01", "adopted_by": "Group"}
    if state == MapState.PUBLISHED:
        values |= {"released_at": "2026-01-01T00:00Z", "published_at": "2026-01-01T00:00Z"}
    RegionMap.objects.filter(pk=region_map.pk).update(state=state, **values)


def test_codes_of_other_lists_stay(place):
    change_codes(
        row=place.capability,
        field="economic",
        lists=("nace",),
        codes=[place.codes["nace:C10"].pk],
        expected=1,
        by=place.lead,
    )
    assert codes_of(place.capability) == ["ford:2.2", "nace:C10"]
    place.capability.refresh_from_db()
    assert (place.capability.version_of("economic"), place.capability.version_of("scientific")) == (2, 1)


def test_links_are_replaced_and_the_same_links_are_no_change(place):
    write = {"row": place.actor, "field": "units", "expected": 1, "by": place.lead}
    assert change_links(targets=[place.town.pk, place.region.pk], **write).version == 2
    assert set(place.actor.units.all()) == {place.town, place.region}
    assert change_links(targets=[place.region.pk, place.town.pk], **write).version == 1


def test_parts_of_a_row_are_replaced(place):
    rows = [{"kind": "finance", "offered_to": ""}, {"kind": "advice", "offered_to": "all"}]
    change_rows(row=place.actor, field="services", rows=rows, expected=1, by=place.lead)
    assert sorted(place.actor.services.values_list("kind", "offered_to")) == [
        ("advice", "all"),
        ("finance", ""),
    ]
    place.actor.refresh_from_db()
    change_rows(row=place.actor, field="services", rows=[], expected=2, by=place.lead)
    assert place.actor.services.count() == 0


def test_a_removed_row_leaves_its_history(place):
    remove_record(kind=CAPABILITY, row=place.capability, expected=1, by=place.lead)
    assert not Capability.objects.filter(pk=place.capability.pk).exists()
    entry = Capability.history.filter(id=place.capability.pk).first()
    assert (entry.history_type, entry.name, entry.history_user) == ("-", "Electronics", place.lead)


def test_a_row_that_changed_meanwhile_is_not_removed(place):
    strength(place, 5)
    with pytest.raises(StaleVersion):
        remove_record(kind=CAPABILITY, row=place.capability, expected=1, by=place.lead)


@pytest.mark.parametrize(
    "kind, name, used",
    [
        (UNIT, "city", {"capabilities": 2, "strategies": 1, "roles": 1}),
        (PRIORITY, "priority", {"capabilities": 1, "mandates": 1}),
    ],
)
def test_a_row_that_others_hang_on_is_not_removed(place, kind, name, used):
    with pytest.raises(RecordInUse) as refused:
        remove_record(kind=kind, row=getattr(place, name), expected=1, by=place.lead)
    assert refused.value.used == used


def test_a_row_goes_with_its_parts(place):
    for name in ("tie", "actor", "space", "opportunity", "strategy"):
        remove_record(kind=KINDS[name], row=getattr(place, name), expected=1, by=place.lead)
    assert [
        KINDS[name].model.objects.filter(pk=getattr(place, name).pk).count() for name in ("actor", "space")
    ] == [0, 0]
