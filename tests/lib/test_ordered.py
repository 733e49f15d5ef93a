from types import SimpleNamespace

import pytest

from cohes3ion.lib.ordered import OrderChanged, end_of, order_after, order_version
from mapping.models import TerritorialUnit
from tests.factories.mapping import RegionMapFactory, UnitFactory

A, B, C = (SimpleNamespace(pk=pk) for pk in (11, 2, 3))


@pytest.mark.parametrize(
    ("row", "up", "expected"),
    [(B, True, [B, A, C]), (B, False, [A, C, B]), (A, True, None), (C, False, None)],
)
def test_one_place_up_or_down(row, up, expected):
    assert order_after([A, B, C], row=row, up=up, seen=order_version([A, B, C])) == expected


@pytest.mark.parametrize("seen", [[B, A, C], [A, B], [A, B, C, SimpleNamespace(pk=4)], []])
def test_another_order_than_the_one_that_was_seen_is_not_changed(seen):
    with pytest.raises(OrderChanged):
        order_after([A, B, C], row=B, up=True, seen=order_version(seen))


def test_a_row_that_is_not_there_any_more_does_not_move():
    with pytest.raises(OrderChanged):
        order_after([A, C], row=B, up=True, seen=order_version([A, C]))


def test_keys_do_not_run_into_each_other():
    """1, 12 and 11, 2 are two orders."""
    assert order_version([SimpleNamespace(pk=1), SimpleNamespace(pk=12)]) != order_version([A, B])


@pytest.mark.django_db
def test_the_end_of_an_empty_list_is_its_first_place():
    region_map = RegionMapFactory()
    rows = TerritorialUnit.objects.filter(region_map=region_map)
    assert end_of(rows) == 1
    UnitFactory(region_map=region_map, position=7)
    assert end_of(rows) == 8
