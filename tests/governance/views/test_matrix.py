"""The matrix of a region: everything in it, for those who may see it, with forms for those who may write."""

import re
from itertools import pairwise
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from governance.models import Mandate, Opportunity
from mapping.enums import MapState
from mapping.models import Actor, ActorTie, Capability, RegionMap, Strategy
from tests.factories.governance import SpaceFactory
from tests.factories.mapping import ActorFactory, CapabilityFactory, PriorityFactory, UnitFactory
from tests.factories.matrix import matrix

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return matrix()


def matrix_page(client, place, user):
    client.force_login(user)
    return client.get(f"/workspace/maps/{place.region_map.pk}/matrix/")


def close(place):
    RegionMap.objects.filter(pk=place.region_map.pk).update(
        state=MapState.ADOPTED, adopted_on="2026-01-01", adopted_by="Group"
    )


def test_matrix_detail_shows_every_row_of_the_map(client, place):
    page = matrix_page(client, place, place.lead).content.decode()
    rows = [str(row) for name, row in place.rows().items() if name != "tie"]
    assert [row for row in rows if row not in page] == []
    assert "University → Agency" in page


def test_matrix_detail_is_not_there_for_strangers(client, place):
    assert client.get(f"/workspace/maps/{place.region_map.pk}/matrix/").status_code == 302
    assert matrix_page(client, place, place.stranger).status_code == 404


@pytest.mark.parametrize("who, forms", [("lead", 4), ("contributor", 4), ("contact", 4), ("observer", 0)])
def test_forms_are_for_those_who_may_write(client, place, who, forms):
    CapabilityFactory(unit=place.town)
    page = matrix_page(client, place, getattr(place, who)).content.decode()
    assert len(re.findall(r"data-autosave[ >]", page)) == forms + 2 * (who in ("lead", "contributor"))


def test_a_closed_map_has_no_form_and_says_what_to_do(client, place):
    close(place)
    page = matrix_page(client, place, place.lead).content.decode()
    assert ("data-autosave " in page, "Reopen the map first." in page) == (False, True)


def test_an_empty_map_says_where_to_begin(client, place):
    region_map = place.stranger.memberships.get().region.maps.get()
    client.force_login(place.stranger)
    page = client.get(f"/workspace/maps/{region_map.pk}/matrix/").content.decode()
    assert "Add the first unit" in page


def count(client, place, user):
    client.force_login(user)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(f"/workspace/maps/{place.region_map.pk}/matrix/").status_code == 200
    return len(seen)


def fill(place, number):
    """More of everything, each with data in every branch."""
    for _ in range(number):
        unit = UnitFactory(region_map=place.region_map)
        unit.parents.add(place.region, place.city)
        priority = PriorityFactory(region_map=place.region_map)
        priority.codes.add(place.codes["nace:C10"])
        for kind in ("horizontal", "sectoral"):
            row = CapabilityFactory(unit=unit, kind=kind, priority=priority, priority_answer="value")
            row.codes.add(place.codes["nace:C21"])
        actor = ActorFactory(region_map=place.region_map)
        actor.units.add(unit, place.city)
        ActorTie.objects.create(region_map=place.region_map, source=actor, target=place.actor, kind="funds")
        space = SpaceFactory(region_map=place.region_map)
        space.units.add(unit)
        space.topics.add(priority)
        Mandate.objects.create(space=space, role="advises", who="Board")
        Opportunity.objects.create(region_map=place.region_map, topic="Open to all").units.add(unit)
        Strategy.objects.create(region_map=place.region_map, unit=unit, title="A strategy")


@pytest.mark.parametrize("who", ["lead", "contact", "observer"])
def test_matrix_detail_asks_the_same_queries_for_few_and_many_rows(client, place, who):
    user = getattr(place, who)
    few = count(client, place, user)
    fill(place, 12)
    assert count(client, place, user) == few
    assert few <= 25


def grow(place, number):
    """A large map: capabilities and actors of one city, and ties between them. Quick to make."""
    Capability.objects.bulk_create(
        Capability(
            region_map=place.region_map,
            unit=place.city,
            name=f"Field {at} of a name as long as those of real capabilities are",
            kind=("sectoral", "horizontal")[at % 2],
            strength_answer="value",
            strength=at % 5 + 1,
            priority=place.priority,
            priority_answer="value",
            position=at + 10,
        )
        for at in range(number)
    )
    actors = Actor.objects.bulk_create(
        Actor(
            region_map=place.region_map,
            key=f"grown-{at}",
            name=f"Actor {at} of the region",
            helix="business",
            position=at + 10,
        )
        for at in range(number)
    )
    link = Actor.units.through
    link.objects.bulk_create(link(actor=actor, territorialunit=place.city) for actor in actors)
    ActorTie.objects.bulk_create(
        ActorTie(region_map=place.region_map, source=first, target=second, kind="funds")
        for first, second in pairwise(actors)
    )


def page_text(client, place, asked=""):
    client.force_login(place.lead)
    reply = client.get(f"/workspace/maps/{place.region_map.pk}/matrix/{asked}")
    assert reply.status_code == 200
    return reply.content.decode()


def test_a_matrix_of_the_usual_size_has_no_parts(client, place):
    grow(place, 58)
    page = page_text(client, place)
    assert Capability.objects.filter(region_map=place.region_map).count() == 60
    assert (page.count('class="matrix-strength"'), "Find in this matrix" in page) == (60, False)
    assert ('class="pages"' in page, "continued from" in page) == (False, False)


def test_a_page_of_1500_rows_is_small_and_counts_the_whole(client, place):
    grow(place, 1500)
    page = page_text(client, place)
    assert len(page.encode()) < 300_000
    assert "1501 of 1502 strengths answered" in page
    assert re.findall(r"(?:Lines|Ties) \d+–\d+ of \d+", page) == [
        *("Lines 1–40 of 1504", "Lines 1–40 of 1504"),
        "Ties 1–60 of 1500",
    ]
    greek = client.get(
        f"/workspace/maps/{place.region_map.pk}/matrix/", headers={"accept-language": "el"}
    ).content
    assert len(greek) < 350_000


def test_each_row_of_a_large_matrix_stands_on_one_page(client, place):
    grow(place, 90)
    seen, asked = [], "?page=1"
    while asked:
        page = page_text(client, place, asked)
        seen += re.findall(r'id="capability-(\d+)"', page)
        next_page = re.search(r'href="(\?page=\d+)#matrix" rel="next"', page)
        asked = next_page[1] if next_page else ""
    keys = Capability.objects.filter(region_map=place.region_map).values_list("pk", flat=True)
    assert sorted(map(int, seen)) == sorted(keys)


def test_a_later_page_does_not_call_a_full_cell_empty(client, place):
    grow(place, 90)
    page = " ".join(page_text(client, place, "?page=2").split())
    assert "continued from the page before" in page
    assert "1 entry, on an earlier page" in page  # the council of the city
    assert "40–79 of 91" in page  # its actors: the first line is the region's


def test_rows_are_found_by_words_of_their_names(client, place):
    grow(place, 90)
    page = page_text(client, place, "?q=FIELD+7")
    found = re.findall(r">(Field \d+) of a name[^<]*</a>", page)
    assert sorted(found) == sorted(f"Field {at}" for at in (7, *range(70, 80), 17, 27, 37, 47, 57, 67, 87))
    assert page.count('name="q" value="FIELD 7"') == 2 * page.count('class="matrix-strength"')
    assert "91 entries, none with these words" in page  # the actors of the city
    nothing = page_text(client, place, "?q=nowhere")
    assert ("Nothing here has “nowhere” in its name" in nothing, "No unit yet" in nothing) == (True, False)


def test_a_row_leads_back_to_the_page_it_stands_on(client, place):
    grow(place, 90)
    row = Capability.objects.get(region_map=place.region_map, name__startswith="Field 89 ")
    at = f"capability-{row.pk}"
    client.force_login(place.lead)
    assert f"?at={at}#{at}" in client.get(f"/workspace/capability/{row.pk}/").content.decode()
    assert (
        f'id="{at}"' in page_text(client, place),
        f'id="{at}"' in page_text(client, place, f"?at={at}"),
    ) == (
        False,
        True,
    )
    tie = ActorTie.objects.filter(region_map=place.region_map).last()
    assert f'id="tie-{tie.pk}"' in page_text(client, place, f"?at=tie-{tie.pk}")
    assert "Lines 1–40" in page_text(client, place, "?at=nothing-7&page=1")


def test_saving_without_a_script_keeps_what_was_looked_for(client, place):
    client.force_login(place.lead)
    sent = {"strength": "5", "version": "1", "back": "matrix", "q": "elec & co"}
    reply = client.post(f"/workspace/capability/{place.capability.pk}/strength/", sent)
    at = f"capability-{place.capability.pk}"
    assert reply["Location"].partition("matrix/")[2] == f"?q=elec+%26+co&at={at}#{at}"


@pytest.mark.parametrize("asked", ["?page=x", "?page=999999", "?ties=-1", "?q=%00", "?at=unit-99999999999"])
def test_an_odd_address_is_answered_with_a_part_that_is_there(client, place, asked):
    grow(place, 70)
    assert 'class="pages"' in page_text(client, place, asked) or asked == "?q=%00"


@pytest.mark.parametrize("asked", ["?page=2", "?q=field"])
def test_parts_of_a_large_matrix_take_as_many_queries_at_90_and_at_900_rows(client, place, asked):
    client.force_login(place.lead)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/workspace/maps/{place.region_map.pk}/matrix/{asked}")
        return len(seen)

    grow(place, 90)
    few = queries()
    Actor.objects.filter(name__startswith="Actor").delete()
    grow(place, 900)
    assert (queries(), few <= 25) == (few, True)


@pytest.mark.parametrize("signs", ["%", '"', "🙂", "_ -"])
def test_signs_are_no_words_and_everything_is_shown(client, place, signs):
    grow(place, 90)
    page = page_text(client, place, f"?{urlencode({'q': signs})}")
    assert f"“{escape(signs)}” has no letter and no digit, so everything is shown." in page
    assert [words in page for words in ("in their names", "in its name", "none with these words")] == [
        False
    ] * 3
    assert ("Lines 1–40" in page, f'value="{escape(signs)}" maxlength' in page) == (True, True)
    assert "has no letter" not in page_text(client, place, "?q=%25+field")  # one word is enough
