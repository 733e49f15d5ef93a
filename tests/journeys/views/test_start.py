"""The start page and the list of regions."""

import pytest
from django.urls import reverse

from tests.factories.mapping import ExerciseFactory, RegionFactory, RegionMapFactory
from tests.factories.region import analyse, publish, small_region, small_version

pytestmark = pytest.mark.django_db


def test_start_says_so_when_nothing_is_published(client):
    RegionMapFactory()
    text = client.get(reverse("journeys:start")).content.decode()
    assert "Nothing is published yet" in text


def test_start_shows_each_region_with_its_state_and_links_only_public_ones(client):
    region = small_region(ExerciseFactory(), small_version())
    publish(region.region_map)
    analyse(region.region_map.exercise)
    pending = RegionMapFactory(exercise=region.region_map.exercise).region
    text = client.get(reverse("journeys:start")).content.decode()
    assert reverse("journeys:region_detail", args=[region.region_map.region.slug]) in text
    assert pending.name in text
    assert reverse("journeys:region_detail", args=[pending.slug]) not in text


def test_start_costs_the_same_with_one_and_with_sixty_regions(client, django_assert_num_queries):
    region = small_region(ExerciseFactory(), small_version())
    publish(region.region_map)
    analyse(region.region_map.exercise)
    with django_assert_num_queries(4):
        client.get(reverse("journeys:start"))
    for _number in range(59):
        RegionMapFactory(exercise=region.region_map.exercise)
    with django_assert_num_queries(4):
        client.get(reverse("journeys:start"))


@pytest.mark.parametrize("word", ["malopolska", "MAŁOPOLSKA", "PL21"])
def test_region_list_finds_by_name_without_accents_and_by_code(client, word):
    exercise = ExerciseFactory()
    region = RegionFactory(project=exercise.project, name="Małopolska", nuts_codes=["PL21"])
    publish(RegionMapFactory(exercise=exercise, region=region))
    reply = client.get(reverse("journeys:region_list"), {"q": word})
    assert reply.url == reverse("journeys:region_detail", args=[region.slug])


@pytest.mark.parametrize("word", ["nowhere", "<script>alert(1)</script>", "%00", "x" * 5000])
def test_region_list_finds_nothing_kindly(client, word):
    publish(RegionMapFactory())
    reply = client.get(reverse("journeys:region_list"), {"q": word})
    assert reply.status_code == 200
    assert "Nothing found" in reply.content.decode()
    assert "<script>alert" not in reply.content.decode()


@pytest.mark.parametrize("name", ["method", "accessibility", "privacy", "document_list"])
def test_pages_of_the_site_answer_without_data(client, name):
    assert client.get(reverse(f"journeys:{name}")).status_code == 200
