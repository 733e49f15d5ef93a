"""The life of a map."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from cohes3ion.lib.versions import StaleVersion
from governance.models import MapEdition
from governance.services import maps
from mapping.enums import MapState
from mapping.models import RegionMap
from tests.factories.mapping import RegionMapFactory, UnitFactory
from tests.factories.region import publish

pytestmark = pytest.mark.django_db


def test_publish_map_freezes_what_the_public_reads():
    region_map = RegionMapFactory()
    unit = UnitFactory(region_map=region_map, name="Before")
    publish(region_map)
    unit.name = "After"
    unit.save()
    content = MapEdition.objects.get(region_map=region_map).content
    assert [row["name"] for row in content["units"]] == ["Before"]


def test_publish_map_needs_the_regions_release():
    row = maps.adopt_map(
        region_map=RegionMapFactory(),
        decision=maps.Decision(on=dt.date(2020, 7, 20), body="Group"),
        expected=1,
        by=None,
    )
    with pytest.raises(maps.StepNotPossible):
        maps.publish_map(region_map=row, expected=row.version, by=None)


def test_publication_needs_both_releases_in_the_database_too():
    region_map = RegionMapFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        RegionMap.objects.filter(pk=region_map.pk).update(state=MapState.PUBLISHED)


def test_a_step_on_an_old_version_is_refused():
    region_map = RegionMapFactory()
    maps.open_consultation(region_map=region_map, expected=1, by=None)
    with pytest.raises(StaleVersion):
        maps.open_consultation(region_map=region_map, expected=1, by=None)


def test_reopen_starts_the_next_version_and_keeps_the_public_one():
    published = publish(RegionMapFactory())
    reopened = maps.reopen_map(region_map=published, expected=published.version, by=None)
    assert (reopened.state, reopened.edition, reopened.released_at) == (MapState.DRAFT, 2, None)
    assert MapEdition.objects.filter(region_map=reopened).count() == 1


def test_history_keeps_each_step():
    published = publish(RegionMapFactory())
    reasons = published.history.order_by("pk").values_list("history_change_reason", flat=True)
    assert [reason for reason in reasons if reason] == ["consult", "adopt", "release", "publish"]
