"""Large JSON values keep what they are, whether plain, compressed or put together from pieces."""

import pytest

from cohes3ion.lib.packed_json import SMALL, Packed, json_text, piece
from governance.models import RegionResult
from tests.factories.mapping import ExerciseFactory
from tests.factories.region import analyse, small_region, small_version

LARGE = {"words": ["größer"] * SMALL, "none": None, "number": 0.1 + 0.2}


@pytest.mark.parametrize("value", [{}, [], None, 0, "x", {"a": [1, 2.5, None, True]}, LARGE])
def test_a_value_comes_back(value):
    assert Packed.of(value).read() == value


def test_large_values_are_compressed_and_empty_ones_nothing():
    assert (len(Packed.of({})), Packed.of({"a": 1})) == (0, b'{"a":1}')
    assert len(Packed.of(LARGE)) < len(json_text(LARGE)) / 10


def test_pieces_make_one_value():
    first = piece('{"a":[1,2')
    assert Packed.of_pieces([first, piece("," + "3," * 4000), piece('4],"b":{}}')]).read()["a"][-2:] == [3, 4]


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        Packed.of({"a": float("nan")})


@pytest.mark.django_db
def test_a_column_keeps_values_and_finds_the_empty_ones():
    region = small_region(ExerciseFactory(), small_version())
    runs = analyse(region.region_map.exercise)
    part = runs["gaps"].parts.get()
    part.public |= {"more": LARGE}
    part.save()
    assert RegionResult.objects.get(pk=part.pk).public == part.public
    assert list(RegionResult.objects.filter(public={})) == [runs["synergies"].parts.get()]
    RegionResult.objects.filter(pk=part.pk).update(public=Packed.of({}))
    assert RegionResult.objects.filter(public={}).count() == 2
