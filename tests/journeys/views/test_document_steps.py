"""Documents are put on the public pages and taken off them again."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from cohes3ion.lib.jobs import JobState
from journeys.models import Document
from mapping.enums import Role
from tests.factories.mapping import RegionMapFactory, member

pytestmark = pytest.mark.django_db


def document(exercise, edition: int) -> Document:
    row = Document.objects.create(
        exercise=exercise, edition=edition, is_draft=False, state=JobState.DONE, fingerprint=str(edition)
    )
    row.file.save("document.pdf", ContentFile(b"%PDF-1.7"))
    return row


def address(name: str, row: Document) -> str:
    return reverse(f"journeys:document_{name}", args=[row.pk])


def public_status(row: Document) -> int:
    return Client().get(address("download", row)).status_code


def test_a_withdrawn_document_is_gone_and_the_one_before_is_public_again(client):
    region_map = RegionMapFactory()
    exercise = region_map.exercise
    coordinator = member(Role.COORDINATOR, region_map)
    client.force_login(coordinator)
    first, second = [document(exercise, edition) for edition in (1, 2)]
    for row in (first, second):
        client.post(address("publish", row))
    assert [public_status(row) for row in (first, second)] == [404, 200]
    refused = client.post(address("withdraw", second), {"reason": ""})
    assert (refused.status_code, "Write the reason" in refused.content.decode()) == (422, True)
    assert public_status(second) == 200
    said = client.post(
        address("withdraw", second), {"reason": "A wrong figure"}, follow=True
    ).content.decode()
    assert ("Edition 1 is public again" in said, "A wrong figure" in said) == (True, True)
    assert [public_status(row) for row in (first, second)] == [200, 404]
    assert client.get(address("download", second)).status_code == 200, "partners keep it"
    again = client.post(address("withdraw", second), {"reason": "Again"}, follow=True).content.decode()
    assert "nothing was done" in again
    client.post(address("withdraw", first), {"reason": "This too"})
    assert [public_status(row) for row in (first, second)] == [404, 404]
    assert "No document is published yet" in Client().get(reverse("journeys:document_list")).content.decode()
    second.refresh_from_db()
    assert (second.withdrawn_by, second.withdrawn_because) == (coordinator, "A wrong figure")


def test_the_public_document_can_be_withdrawn_after_many_newer_ones(client):
    region_map = RegionMapFactory()
    exercise = region_map.exercise
    client.force_login(member(Role.COORDINATOR, region_map))
    first = document(exercise, 1)
    client.post(address("publish", first))
    for edition in range(2, 14):
        document(exercise, edition)
    page = client.get(reverse("journeys:document_workspace", args=[exercise.slug])).content.decode()
    assert page.count(address("withdraw", first)) == 1
    assert page.count("/withdraw/") == 1
    client.force_login(member(Role.FACILITATOR, region_map))
    page = client.get(reverse("journeys:document_workspace", args=[exercise.slug])).content.decode()
    assert "/withdraw/" not in page
