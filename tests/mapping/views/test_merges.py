"""The page on which two actors become one: as quick with 1,500 of them as with five."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from mapping.models import Actor, ActorTie, Batch
from mapping.services.merging import merge_actors, undo_merge
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


def pair_of(place):
    other = Actor.objects.filter(region_map=place.region_map).exclude(pk=place.actor.pk).get()
    keep = Actor.objects.get(pk=place.actor.pk)
    sent = {"keep": keep.pk, "gone": other.pk, "version_keep": keep.version, "version_gone": other.version}
    return keep, other, sent


@pytest.mark.parametrize("turned", [False, True])
def test_who_merges_the_same_two_second_is_told_who_was_first(client, place, turned):
    keep, gone, sent = pair_of(place)
    merge_actors(keep=keep, gone=gone, versions=(keep.version, gone.version), by=place.contributor)
    client.force_login(place.lead)
    if turned:
        sent |= {"keep": sent["gone"], "gone": sent["keep"]}
    reply = client.post(f"/workspace/maps/{place.region_map.pk}/merge/save/", sent)
    page = reply.content.decode()
    said = f"“{gone.name}” became part of “{keep.name}”: {place.contributor} merged them meanwhile."
    assert (reply.status_code, escape(said) in page) == (409, True)
    assert (f'href="/workspace/actor/{keep.pk}/"' in page, "Choose two different" in page) == (True, False)
    assert (Batch.objects.count(), Actor.objects.filter(pk=keep.pk).count()) == (1, 1)


def test_an_actor_that_was_only_removed_was_merged_by_nobody(client, place):
    keep, gone, sent = pair_of(place)
    batch = merge_actors(keep=keep, gone=gone, versions=(keep.version, gone.version), by=place.contributor)
    undo_merge(batch=batch, by=place.contributor)
    Actor.objects.filter(pk=gone.pk).delete()
    client.force_login(place.lead)
    reply = client.post(f"/workspace/maps/{place.region_map.pk}/merge/save/", sent)
    page = reply.content.decode()
    assert (reply.status_code, "Choose two different actors" in page, "meanwhile" in page) == (
        422,
        True,
        False,
    )
