"""Undo pressed twice: whoever was slower is told what happened, and nothing happens again."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from mapping.models import Actor, Batch, RemovedRecord
from tests.factories.mapping import ActorFactory
from tests.factories.matrix import matrix

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(client):
    place = matrix()
    client.force_login(place.lead)
    return place


def remove(client, row):
    client.post(reverse("mapping:record_remove", args=["capability", row.pk]), {"version": row.version})
    return RemovedRecord.objects.first()


def press(client, removed):
    reply = client.post(reverse("mapping:record_restore", args=[removed.pk]), follow=True)
    return reply, " ".join(reply.content.decode().split())


def test_a_second_undo_says_that_it_is_back_already(client, place):
    removed = remove(client, place.capability)
    assert "is back as it was" in press(client, removed)[1]
    version = type(place.capability).objects.get(pk=place.capability.pk).version
    reply, page = press(client, removed)
    assert (reply.status_code, "is back already. Nothing was changed." in page) == (200, True)
    assert "is back as it was" not in page
    assert type(place.capability).objects.get(pk=place.capability.pk).version == version


def test_of_what_was_removed_again_the_newer_undo_is_offered(client, place):
    first = remove(client, place.capability)
    press(client, first)
    second = remove(client, type(place.capability).objects.get(pk=place.capability.pk))
    page = press(client, first)[1]
    assert "was brought back, and removed again since" in page
    assert reverse("mapping:record_restore", args=[second.pk]) in page
    assert not type(place.capability).objects.filter(pk=place.capability.pk).exists()


def test_what_is_too_old_says_how_long_it_is_kept(client, place):
    removed = remove(client, place.capability)
    RemovedRecord.objects.update(removed_at=timezone.now() - dt.timedelta(days=31))
    page = press(client, removed)[1]
    assert ("is kept for 30 days" in page, "is back already" in page) == (True, False)


def test_a_stranger_still_sees_nothing(client, place):
    removed = remove(client, place.capability)
    press(client, removed)
    client.force_login(place.stranger)
    assert press(client, removed)[0].status_code == 404


def test_a_merging_undone_twice_says_who_undid_it(client, place):
    keep, gone = (ActorFactory(region_map=place.region_map, name=name) for name in ("Hub", "Hubb"))
    pair = {"keep": keep.pk, "gone": gone.pk, "version_keep": "1", "version_gone": "1"}
    client.post(reverse("mapping:actor_merge_save", args=[place.region_map.pk]), pair)
    undo = reverse("mapping:batch_undo", args=[Batch.objects.get().pk])
    assert "All of it was undone" in client.post(undo, follow=True).content.decode()
    page = " ".join(client.post(undo, follow=True).content.decode().split())
    assert f"It was undone already by {place.lead}" in page
    assert Actor.objects.filter(pk=gone.pk).exists()


def test_a_merging_that_is_too_old_says_so(client, place):
    keep, gone = (ActorFactory(region_map=place.region_map, name=name) for name in ("Hub", "Hubb"))
    pair = {"keep": keep.pk, "gone": gone.pk, "version_keep": "1", "version_gone": "1"}
    client.post(reverse("mapping:actor_merge_save", args=[place.region_map.pk]), pair)
    Batch.objects.update(at=timezone.now() - dt.timedelta(days=31))
    undo = reverse("mapping:batch_undo", args=[Batch.objects.get().pk])
    page = client.post(undo, follow=True).content.decode()
    assert ("that works for 30 days" in page, "undone already" in page) == (True, False)
