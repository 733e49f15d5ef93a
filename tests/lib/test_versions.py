"""Fields are versioned one by one; nobody overwrites anybody."""

import pytest

from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version, write_fields
from mapping.models import TerritorialUnit
from tests.factories.mapping import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_write_fields_counts_row_and_field():
    unit = UnitFactory(name="Old")
    row = write_fields(unit, field="name", values={"name": "New"}, expected=1, by=UserFactory())
    assert (row.name, row.version, row.version_of("name"), row.version_of("kind")) == ("New", 2, 2, 1)


def test_different_fields_never_conflict():
    unit = UnitFactory(name="Old", kind="city")
    write_fields(unit, field="name", values={"name": "New"}, expected=1, by=None)
    row = write_fields(unit, field="kind", values={"kind": "county"}, expected=1, by=None)
    assert (row.name, row.kind, row.version) == ("New", "county", 3)


def test_same_field_on_an_old_version_is_refused_with_what_stands_there():
    unit = UnitFactory(name="Old")
    write_fields(unit, field="name", values={"name": "Theirs"}, expected=1, by=None)
    with pytest.raises(StaleVersion) as refused:
        write_fields(unit, field="name", values={"name": "Mine"}, expected=1, by=None)
    assert refused.value.row.name == "Theirs"
    assert refused.value.current == 2
    assert TerritorialUnit.objects.get(pk=unit.pk).name == "Theirs"


def test_writing_what_stands_there_is_no_change_and_no_conflict():
    unit = UnitFactory(name="Old")
    write_fields(unit, field="name", values={"name": "Same"}, expected=1, by=None)
    row = write_fields(unit, field="name", values={"name": "Same"}, expected=1, by=None)
    assert (row.version, row.version_of("name")) == (2, 2)


@pytest.mark.parametrize("text", [None, "", "x", "-1", "1.0", "²", "12345678901"])
def test_a_write_without_a_version_is_refused(text):
    with pytest.raises(VersionMissing):
        parse_version(text)


def test_a_row_removed_meanwhile_is_a_conflict_not_an_error():
    unit, user = UnitFactory(name="Radom"), UserFactory()
    TerritorialUnit.objects.filter(pk=unit.pk).delete()
    with pytest.raises(StaleVersion):
        write_fields(unit, field="name", values={"name": "Płock"}, expected=1, by=user)
    assert TerritorialUnit.objects.filter(pk=unit.pk).exists() is False
