"""Writing what a region concludes."""

import pytest

from cohes3ion.lib.row_forms import Change
from cohes3ion.lib.versions import StaleVersion
from governance.models import AreaOfImprovement, Target
from governance.services.synthesis import add_item, remove_item, save_parts
from mapping.enums import MapState
from mapping.services.records import MapClosed
from tests.factories.mapping import RegionMapFactory, UnitFactory, UserFactory
from tests.factories.region import publish
from tests.factories.synthesis import AreaFactory

pytestmark = pytest.mark.django_db


def change(field: str, value: object, version: int = 1) -> Change:
    return Change(field=field, values={field: value}, version=version)


def test_each_field_has_its_own_version_and_history():
    area, person = AreaFactory(), UserFactory()
    row, stale = save_parts(
        kind="area",
        row=area,
        region_map=area.region_map,
        changes=[change("text", "New"), change("importance", 4)],
        by=person,
    )
    assert (row.text, row.importance, stale) == ("New", 4, [])
    assert row.field_versions == {"text": 2, "importance": 2}
    assert [entry.history_change_reason for entry in row.history.all()[:2]] == ["importance", "text"]
    assert row.history.first().history_user == person


def test_a_stale_field_never_keeps_the_others_back():
    area = AreaFactory(text="Old")
    save_parts(kind="area", row=area, region_map=area.region_map, changes=[change("text", "Theirs")], by=None)
    row, stale = save_parts(
        kind="area",
        row=area,
        region_map=area.region_map,
        changes=[change("text", "Mine"), change("horizon", "2027")],
        by=None,
    )
    assert (row.text, row.horizon) == ("Theirs", "2027")
    assert [item.field for item in stale] == ["text"]


def test_units_are_replaced_as_one_field():
    area = AreaFactory()
    units = [UnitFactory(region_map=area.region_map) for _ in range(2)]
    row, _stale = save_parts(
        kind="area",
        row=area,
        region_map=area.region_map,
        changes=[change("units", [unit.pk for unit in units])],
        by=None,
    )
    assert set(row.units.all()) == set(units)
    assert row.version_of("units") == 2


def test_a_needed_level_is_made_when_it_is_first_written():
    region_map = RegionMapFactory()
    row, _stale = save_parts(
        kind="target",
        row=Target(region_map=region_map, dimension="E3"),
        region_map=region_map,
        changes=[change("level", 4)],
        by=None,
    )
    assert list(Target.objects.values_list("dimension", "level")) == [("E3", 4)]
    assert row.version_of("level") == 2
    again = Target(region_map=region_map, dimension="E3")
    _row, stale = save_parts(
        kind="target", row=again, region_map=region_map, changes=[change("level", 2)], by=None
    )
    assert [item.field for item in stale] == ["level"]


def test_conclusions_are_a_field_of_the_map():
    region_map = RegionMapFactory()
    row, _stale = save_parts(
        kind="conclusions",
        row=region_map,
        region_map=region_map,
        changes=[change("conclusions", "In short.")],
        by=None,
    )
    assert row.conclusions == "In short."
    assert row.history.first().history_change_reason == "conclusions"


def test_nothing_is_written_in_a_closed_map():
    area = AreaFactory()
    publish(area.region_map)
    with pytest.raises(MapClosed):
        save_parts(
            kind="area", row=area, region_map=area.region_map, changes=[change("text", "New")], by=None
        )
    with pytest.raises(MapClosed):
        add_item(kind="area", region_map=area.region_map, values={"text": "New"}, by=None)
    with pytest.raises(MapClosed):
        remove_item(kind="area", row=area, expected=1, by=None)


def test_items_are_added_at_the_end_and_removed_on_the_version_seen():
    region_map, person = RegionMapFactory(state=MapState.CONSULTATION), UserFactory()
    first = add_item(kind="area", region_map=region_map, values={"text": "One"}, by=person)
    second = add_item(kind="area", region_map=region_map, values={"text": "Two"}, by=person)
    assert second.position == first.position + 1
    with pytest.raises(StaleVersion):
        remove_item(kind="area", row=first, expected=7, by=person)
    remove_item(kind="area", row=first, expected=1, by=person)
    assert list(AreaOfImprovement.objects.all()) == [second]
    assert AreaOfImprovement.history.filter(id=first.pk, history_type="-").get().history_user == person
