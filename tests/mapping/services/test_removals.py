"""P13: what was removed comes back byte by byte, and who still writes in it is told."""

import datetime as dt

import pytest
from django.core import serializers
from django.utils import timezone

from governance.models import AreaOfImprovement, GovernanceSpace
from governance.services.synthesis import ITEMS
from mapping.models import RemovedRecord
from mapping.selectors.kinds import KINDS
from mapping.services import removals
from mapping.services.removals import NotRestorable, remove_record, restore_record
from tests.factories.matrix import matrix
from tests.factories.synthesis import AreaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return matrix()


def bytes_of(row) -> str:
    """A row with its links, and the rows that are part of it."""
    fresh = type(row).objects.get(pk=row.pk)
    names = [name for name in ("services", "mandates", "nuts") if hasattr(fresh, name)]
    parts = [part for name in names for part in getattr(fresh, name).all()]
    return serializers.serialize("json", [fresh, *parts])


@pytest.mark.parametrize("kind", ["capability", "space", "strategy", "opportunity"])
def test_p13_a_removed_row_comes_back_byte_by_byte(place, kind):
    row = getattr(place, kind)
    before = bytes_of(row)
    remove_record(kind=KINDS[kind], row=row, expected=1, by=place.lead)
    assert not type(row).objects.filter(pk=row.pk).exists()
    restore_record(removed=RemovedRecord.objects.get(), by=place.contributor)
    assert bytes_of(row) == before
    entry = row.history.first()
    assert (entry.history_change_reason, entry.history_user) == ("restored", place.contributor)


def test_p13_negative_control_a_row_kept_without_what_left_with_it(place, monkeypatch):
    """As a copy of the row alone: it comes back, and its parts and the links to it do not."""
    monkeypatch.setattr(removals, "pack", lambda row: ([removals.packed(row)], []))
    before = bytes_of(place.space)
    remove_record(kind=KINDS["space"], row=place.space, expected=1, by=place.lead)
    restore_record(removed=RemovedRecord.objects.get(), by=place.lead)
    assert GovernanceSpace.objects.count() == 1
    assert bytes_of(place.space) != before


def test_p13_links_of_other_rows_come_back_too(place):
    kind = KINDS["priority"]
    type(place.capability).objects.update(priority=None, priority_answer="unanswered")
    place.space.topics.add(place.priority)
    place.space.mandates.all().delete()
    remove_record(kind=kind, row=place.priority, expected=1, by=place.lead)
    assert GovernanceSpace.objects.get().topics.count() == 0
    restore_record(removed=RemovedRecord.objects.get(), by=place.lead)
    assert list(GovernanceSpace.objects.get().topics.all()) == [place.priority]


def test_p13_it_comes_back_once_and_not_after_30_days(place):
    remove_record(kind=KINDS["capability"], row=place.capability, expected=1, by=place.lead)
    removed = RemovedRecord.objects.get()
    RemovedRecord.objects.update(removed_at=timezone.now() - dt.timedelta(days=31))
    with pytest.raises(NotRestorable):
        restore_record(removed=removed, by=place.lead)
    RemovedRecord.objects.update(removed_at=timezone.now())
    restore_record(removed=removed, by=place.lead)
    with pytest.raises(NotRestorable):
        restore_record(removed=removed, by=place.lead)


def test_p13_what_it_belonged_to_is_gone(place):
    remove_record(kind=KINDS["capability"], row=place.capability, expected=1, by=place.lead)
    place.city.delete()
    with pytest.raises(NotRestorable):
        restore_record(removed=RemovedRecord.objects.get(), by=place.lead)


def test_p13_undo_stands_in_the_message_and_works_without_a_script(client, place):
    client.force_login(place.lead)
    page = client.post(f"/workspace/capability/{place.capability.pk}/remove/", {"version": "1"}, follow=True)
    removed = RemovedRecord.objects.get()
    action = f"/workspace/removed/{removed.pk}/restore/"
    assert f'<form action="{action}"' in page.content.decode()
    page = client.post(action, follow=True).content.decode()
    assert ("“Electronics” is back as it was." in page, "strength-" in page) == (True, True)


def test_p13_writing_in_a_removed_row_says_who_removed_it(client, place):
    remove_record(kind=KINDS["capability"], row=place.capability, expected=1, by=place.contributor)
    client.force_login(place.contact)
    address = f"/workspace/capability/{place.capability.pk}/description/"
    reply = client.post(address, {"description": "Written for an hour", "version": "1"})
    text = reply.content.decode()
    assert (reply.status_code, f"by {place.contributor.name}" in text) == (409, True)
    assert ("was deleted on" in text, "Written for an hour" in text, "Bring it back" in text) == (True,) * 3
    client.force_login(place.stranger)
    assert client.post(address, {"description": "x", "version": "1"}).status_code == 404


def test_p13_a_conclusion_comes_back_and_says_so_too(client, place):
    area = AreaFactory(region_map=place.region_map, text="Meet more often")
    area.units.add(place.city)
    before = bytes_of(area)
    remove_record(kind=ITEMS["area"], row=area, expected=1, by=place.lead)
    client.force_login(place.lead)
    address = f"/workspace/maps/{place.region_map.pk}/synthesis/area/{area.pk}/"
    reply = client.post(address, {"text": "Better said", "version_text": "1"})
    assert (reply.status_code, "Better said" in reply.content.decode()) == (409, True)
    client.post(f"/workspace/removed/{RemovedRecord.objects.get().pk}/restore/")
    assert (bytes_of(area), AreaOfImprovement.objects.count()) == (before, 1)
