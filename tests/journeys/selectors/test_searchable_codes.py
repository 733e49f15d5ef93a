"""Rows are found by the fields they carry, in each language that has a name for them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cohes3ion.lib.models import SearchChange, SearchEntry
from cohes3ion.lib.search import sources, tables
from cohes3ion.lib.search.index import catch_up, make_index
from cohes3ion.lib.search.sources import EVERYTHING
from journeys.enums import PracticeState
from journeys.selectors.concepts import names_of
from journeys.selectors.search import search
from mapping.enums import Role
from mapping.models import Code, CodeList
from tests.factories import exchange as x
from tests.factories.mapping import CapabilityFactory, PriorityFactory, RegionMapFactory, UnitFactory, member
from tests.factories.region import publish

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()
WORDS = ["pharmaceutical", "farmaceuticos", "pharmazeutisch", "lekow", "lakemedel", "c21"]


@pytest.fixture
def code():
    lists = CodeList.objects.create(key="nace", title="NACE")
    label = "Manufacture of basic pharmaceutical products"
    return Code.objects.create(code_list=lists, key="nace:C21.1", code="C21.1", label=label)


def found(word: str, user=STRANGER) -> list[str]:
    catch_up()
    return sorted(hit.entry.kind for hit in search(user=user, wanted=tuple(word.split())).hits)


@pytest.mark.parametrize("word", WORDS)
def test_rows_are_found_by_their_fields_in_any_language(code, word):
    region_map = RegionMapFactory()
    unit = UnitFactory(region_map=region_map)
    PriorityFactory(region_map=region_map).codes.add(code)
    CapabilityFactory(unit=unit).codes.add(code)
    CapabilityFactory(unit=unit, name="Without a code")
    x.PostFactory(region=region_map.region).codes.add(code)
    x.PracticeFactory(region=region_map.region).codes.add(code)
    x.PracticeFactory(region=region_map.region, state=PracticeState.DRAFT, published_at=None).codes.add(code)
    public = ["post", "practice"]
    assert found(word) == public, "the map and one practice are drafts"
    assert found(word, member(Role.COORDINATOR, region_map)) == [
        "capability",
        *public,
        "practice",
        "priority",
    ]
    publish(region_map)
    assert found(word) == ["capability", *public, "priority"]


def test_a_row_is_no_longer_found_by_a_field_that_was_taken_back(code):
    post = x.PostFactory()
    assert found("lekow") == []
    post.codes.add(code)
    assert found("lekow") == ["post"]
    post.codes.clear()
    assert found("lekow") == []


def test_names_are_shown_only_where_they_were_looked_for(code):
    post = x.PostFactory(title="Vaccines", text="Made in Kraków.")
    post.codes.add(code)
    catch_up()

    def shown(*wanted: str) -> str:
        (hit,) = search(user=STRANGER, wanted=wanted).hits
        return "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in hit.text)

    assert shown("krakow") == "Made in [Kraków]."
    assert shown("krakow", "lekow") == "Made in [Kraków]. · Produkcja [leków] i wyrobów farmaceutycznych"
    assert shown("vaccines", "c21") == f"Made in Kraków. · [C21].1 {code.label}"


def test_a_code_with_another_name_has_everything_read_anew(code):
    x.PostFactory().codes.add(code)
    assert (found("products"), found("okapi")) == (["post"], [])
    Code.objects.filter(pk=code.pk).update(depth=2)
    assert not SearchChange.objects.exists()
    Code.objects.filter(pk=code.pk).update(label="Okapi farming")
    assert list(SearchChange.objects.values_list("source", flat=True)) == [EVERYTHING]
    assert (found("okapi"), found("c21 okapi")) == (["post"], ["post"])


def test_another_file_of_concepts_sets_another_trigger(monkeypatch):
    before = tables.triggers(connection.vendor).keys()
    known = sources.SOURCES["codes"]
    other = sources.Watched(**{**vars(known.watched[0]), "mark": "another file"})
    changed = sources.SearchSource(name="codes", watched=(other,), entries=known.entries)
    monkeypatch.setitem(sources.SOURCES, "codes", changed)
    new = tables.triggers(connection.vendor).keys() - before
    assert [name.rpartition("_")[0] for name in new] == ["search__mapping_code_u"]


def test_a_code_without_names_is_called_like_the_field_it_is_part_of():
    assert "Tillverkning av läkemedel" in names_of("nace:C21.10")
    assert len(names_of("nace:C21")) == 7
    assert names_of("nabs:8") == names_of("nothing") == ()


def test_each_code_costs_no_query_more(code):
    counts = []
    for number in (1, 30):
        for _n in range(number):
            x.PostFactory().codes.add(code)
        with CaptureQueriesContext(connection) as queries:
            make_index()
        counts.append(len([query for query in queries if query["sql"].startswith("SELECT")]))
    assert counts[0] == counts[1]
    assert SearchEntry.objects.filter(subjects__contains="leków").count() == 62
