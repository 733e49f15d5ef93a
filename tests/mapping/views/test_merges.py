"""The page on which two actors become one: as quick with 1,500 of them as with five."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mapping.models import Actor, ActorTie
from tests.factories.matrix import matrix

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return matrix()


def grow(place, number):
    actors = Actor.objects.bulk_create(
        Actor(
            region_map=place.region_map,
            key=f"a-{at}",
            name=f"Institute {at:04}",
            helix="business",
            position=5,
        )
        for at in range(number)
    )
    ActorTie.objects.bulk_create(
        ActorTie(region_map=place.region_map, source=actor, target=place.actor, kind="funds")
        for actor in actors
    )


def page_of(client, place, asked=""):
    with CaptureQueriesContext(connection) as seen:
        reply = client.get(f"/workspace/maps/{place.region_map.pk}/merge/{asked}")
    assert reply.status_code == 200
    return reply.content.decode(), len(seen)


def test_choosing_takes_the_same_queries_for_few_and_many_actors(client, place):
    client.force_login(place.lead)
    grow(place, 2)
    _page, few = page_of(client, place)
    Actor.objects.filter(name__startswith="Institute").delete()
    grow(place, 300)
    page, many = page_of(client, place)
    assert (many, page.count("<option") >= 600) == (few, True)
    assert few <= 10


def test_comparing_two_takes_the_same_queries_beside_many_others(client, place):
    client.force_login(place.lead)
    other = Actor.objects.exclude(pk=place.actor.pk).get()
    asked = f"?keep={place.actor.pk}&gone={other.pk}"
    _page, few = page_of(client, place, asked)
    grow(place, 300)
    page, many = page_of(client, place, asked)
    assert (many, "<option" in page) == (few, False)


def test_a_pair_far_down_the_list_is_found(client, place):
    client.force_login(place.lead)
    grow(place, 600)
    for at, name in enumerate(("Zakopane Ski Museum", "Museum of Ski, Zakopane")):
        Actor.objects.create(
            region_map=place.region_map, key=f"z-{at}", name=name, helix="business", position=9999
        )
    page, _queries = page_of(client, place)
    likely = page.partition("Choose any two")[0]
    assert ("Zakopane Ski Museum" in likely, "Museum of Ski, Zakopane" in likely) == (True, True)
    assert "Institute 0001" not in likely


@pytest.mark.parametrize("asked", ["?keep=x&gone=1", "?keep=²&gone=1", "?keep=99999999999&gone=1", "?keep=1"])
def test_two_that_are_none_are_asked_for_again(client, place, asked):
    client.force_login(place.lead)
    page, _queries = page_of(client, place, asked)
    assert "Choose two different actors of this map." in page
