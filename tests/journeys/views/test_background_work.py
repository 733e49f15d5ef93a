"""The coordinator sees what failed, in words, and starts it again."""

import uuid

import pytest
from django.urls import reverse

from governance.models import Analysis
from journeys.models import Document, Export
from mapping.enums import Role
from tests.factories.mapping import RegionMapFactory, member

pytestmark = pytest.mark.django_db
FAILED = {"state": "failed", "error_code": "TIME", "support_id": "abcd1234", "message": "soft limit"}


def failed(exercise, count=1):
    for _number in range(count):
        common = {"exercise": exercise, "fingerprint": uuid.uuid4().hex, **FAILED}
        Document.objects.create(**common)
        Export.objects.create(**common)
        Analysis.objects.create(**common, kind="gaps", method_version="stm-1")


@pytest.fixture
def region_map():
    return RegionMapFactory()


def test_job_list_gives_reason_and_support_number(client, region_map):
    failed(region_map.exercise)
    client.force_login(member(Role.COORDINATOR, region_map))
    page = client.get(reverse("journeys:job_list", args=[region_map.exercise.slug])).content.decode()
    assert page.count("This took longer than") == 3
    assert page.count("abcd1234") == 3
    assert page.count("Try again") == 3


def test_job_list_asks_as_often_for_one_as_for_many(client, region_map, django_assert_num_queries):
    client.force_login(member(Role.COORDINATOR, region_map))
    address = reverse("journeys:job_list", args=[region_map.exercise.slug])
    failed(region_map.exercise)
    with django_assert_num_queries(12):
        client.get(address)
    failed(region_map.exercise, 5)
    with django_assert_num_queries(12):
        client.get(address)


def test_job_retry_lets_it_wait_again(client, region_map):
    failed(region_map.exercise)
    client.force_login(member(Role.COORDINATOR, region_map))
    row = Document.objects.get()
    address = reverse("journeys:job_retry", args=[region_map.exercise.slug, "document", row.pk])
    assert client.post(address).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.attempts, row.error_code) == ("pending", 0, "")
    assert Document.sweep() == [row.pk]


def test_job_retry_of_content_made_meanwhile_changes_nothing(client, region_map):
    failed(region_map.exercise)
    row = Document.objects.get()
    Document.objects.create(
        exercise=row.exercise, region=row.region, fingerprint=row.fingerprint, state="done"
    )
    client.force_login(member(Role.COORDINATOR, region_map))
    address = reverse("journeys:job_retry", args=[row.exercise.slug, "document", row.pk])
    assert "asked for again since" in client.post(address, follow=True).content.decode()
    row.refresh_from_db()
    assert row.state == "failed"


def test_job_retry_of_another_kind_or_exercise_is_404(client, region_map):
    failed(RegionMapFactory().exercise)
    client.force_login(member(Role.COORDINATOR, region_map))
    for kind in ("document", "nonsense"):
        address = reverse(
            "journeys:job_retry", args=[region_map.exercise.slug, kind, Document.objects.get().pk]
        )
        assert client.post(address).status_code == 404
