"""Sentences of refused writes, also where it is not known who wrote."""

import pytest
from django.utils import timezone

from governance.api.refusals import gone
from governance.models import GroupEntry
from tests.factories.assessment import assessment

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("known", [True, False])
def test_who_removed_an_entry_begins_the_sentence(known):
    room = assessment()
    entry = GroupEntry(response=room.team, removed_at=timezone.now(), removed_by=room.lead if known else None)
    name = str(room.lead) if known else "Somebody else"
    assert str(gone(entry).detail).startswith(f"{name} removed this entry on ")
