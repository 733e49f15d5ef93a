"""The index: notes of the database, what is made of them, and the same hits on either database."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cohes3ion.lib.models import SearchChange, SearchEntry
from cohes3ion.lib.search import tables
from cohes3ion.lib.search.index import catch_up, make_index
from cohes3ion.lib.search.sources import EVERYTHING, SOURCES, entry
from cohes3ion.lib.search.words import wanted_words
from mapping.models import Capability
from tests.factories.mapping import CapabilityFactory, RegionMapFactory

pytestmark = pytest.mark.django_db
# Letters of many scripts, digits and signs that mean something to one of the two databases.
SIGNS = "aZ9eE łŁøØßẞıİæÆçÇşŞțȚőŰ αΆΣς жЖ ﷺ 漢字 १२ ²½ ̈́ '\"\\&|!:*()<>@.,-+_/~^%$#\x00\n\t e1 -1 1.5 a.b@c.d http://x.y"


@pytest.fixture(autouse=True)
def quiet():
    """What making the tables noted is dealt with."""
    catch_up()


def stored(title: str, text: str = "") -> int:
    known = {"source": "capability", "source_id": 1, "scope": "map", "scope_id": 1, "kind": "capability"}
    row = entry(title=title, texts=[text], address="/", **known)
    row.save()
    return row.pk


def hits(typed: str) -> list[int]:
    rows = SearchEntry.objects.filter(words__have_all=wanted_words(typed))
    return sorted(rows.exclude(source="method").values_list("pk", flat=True))


def test_every_word_must_be_there_and_its_beginning_is_enough():
    both, one = stored("Robots in food", "Małopolska"), stored("Robots")
    assert hits("robot") == [both, one]
    assert hits("FOOD rob") == [both]
    assert hits("malopol") == [both]
    assert hits("obots") == []


def test_any_text_is_found_by_each_of_its_words_and_only_where_it_is():
    """What the database makes of words is what our own code makes of them, on either one."""
    chance = random.Random(20)
    texts = ["".join(chance.choices(SIGNS, k=chance.randint(1, 60))) for _n in range(60)]
    keys = {stored("x", text.replace("\x00", " ")): wanted_words(f"x {text}") for text in texts}
    for word in {word for words in keys.values() for word in words}:
        expected = sorted(key for key, words in keys.items() if any(one.startswith(word) for one in words))
        assert hits(word) == expected, word


def test_a_very_long_text_is_stored_and_found():
    key = stored("x" * 5_000, " ".join(f"w{number}" for number in range(60_000)))
    assert hits("w10") == [key]
    assert hits("x" * 5_000) == [key]


def test_a_change_is_noted_whoever_makes_it():
    row = CapabilityFactory()
    noted = SearchChange.objects.filter(source="capability", source_id=row.pk)
    assert noted.count() == 1
    Capability.objects.filter(pk=row.pk).update(name="Changed past the services")
    assert noted.count() == 2
    Capability.objects.filter(pk=row.pk).update(strength=4, position=9)
    assert noted.count() == 2, "what is not searched is not noted"
    Capability.objects.filter(pk=row.pk).delete()
    assert noted.count() == 3


def test_an_outdated_entry_is_gone_after_the_notes_are_dealt_with():
    row = CapabilityFactory(name="Robots")
    catch_up()
    assert len(hits("robots")) == 1
    Capability.objects.filter(pk=row.pk).update(name="Sensors")
    assert catch_up() > 0
    assert (hits("robots"), len(hits("sensors"))) == ([], 1)
    row.delete()
    catch_up()
    assert hits("sensors") == []
    assert SearchChange.objects.count() == 0


def test_without_the_notes_an_outdated_entry_stays():
    row = CapabilityFactory(name="Robots")
    catch_up()
    Capability.objects.filter(pk=row.pk).update(name="Sensors")
    SearchChange.objects.all().delete()
    catch_up()
    assert len(hits("robots")) == 1


def test_another_name_of_a_region_reaches_all_its_entries():
    row = CapabilityFactory(name="Robots")
    catch_up()
    region = row.region_map.region
    region.name = "Łódź"
    region.save()
    catch_up()
    # Its name among all regions, the map itself, the unit and the capability.
    assert len(hits("lodz")) == 4
    assert len(hits("lodz robots")) == 1


def test_nothing_to_do_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert catch_up() == 0


def test_the_whole_index_says_what_the_notes_had_made():
    CapabilityFactory(name="Robots")
    RegionMapFactory()
    catch_up()
    columns = [field.name for field in SearchEntry._meta.fields if field.name != "id"]
    before = sorted(map(str, SearchEntry.objects.values_list(*columns)))
    assert make_index() == len(before)
    assert sorted(map(str, SearchEntry.objects.values_list(*columns))) == before


def test_a_lost_trigger_is_set_again_and_everything_is_read_anew():
    name = next(name for name in tables.triggers(connection.vendor) if "capability" in name and "_u_" in name)
    with connection.cursor() as cursor:
        is_postgres = connection.vendor == "postgresql"
        cursor.execute(f"DROP FUNCTION {name} CASCADE" if is_postgres else f"DROP TRIGGER {name}")
    tables.set_up(using="default")
    assert list(SearchChange.objects.values_list("source", flat=True)) == [EVERYTHING]
    catch_up()
    tables.set_up(using="default")
    # Only what no table holds.
    assert list(SearchChange.objects.values_list("source", flat=True)) == ["method"]


def test_making_everything_takes_as_many_queries_for_many_rows():
    counts = []
    for number in (1, 40):
        for _n in range(number):
            CapabilityFactory()
        with CaptureQueriesContext(connection) as queries:
            make_index()
        counts.append(len([query for query in queries if query["sql"].startswith("SELECT")]))
    assert counts[0] == counts[1]


def test_every_source_reads_tables_that_are_watched():
    for source in SOURCES.values():
        assert source.watched or source.name == "method", source.name
        for part in source.watched:
            columns = {field.column for field in part.model._meta.concrete_fields}
            assert {part.key, *part.columns} <= columns, (source.name, part.model)


def test_words_are_found_by_an_index():
    key = stored("Robots")
    SearchEntry.objects.filter(pk=key).update(words=" sensors ")
    assert (hits("robots"), hits("sens")) == ([], [key])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    index = {"postgresql": "lib_searchentry_vector", "sqlite": "VIRTUAL TABLE INDEX"}[connection.vendor]
    assert index in SearchEntry.objects.filter(words__have_all=("senso",)).explain()
