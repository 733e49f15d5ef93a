"""Two people want the last place at the same moment: one gets it, the other waits."""

import contextlib
import threading
from functools import partial

import pytest
from django.contrib.auth.models import AnonymousUser

from journeys.models import Event
from journeys.services import registrations
from tests.at_once import LOCKS, at_once
from tests.factories.exchange import EventFactory

pytestmark = pytest.mark.django_db(transaction=True)


def come_together(event, monkeypatch):
    """Both have looked for the event before either goes on; then each registers."""
    both = threading.Barrier(2, timeout=5)
    counted = registrations._has_room

    def looked(row):
        """Without the lock both count before either writes; with it the second one waits at the row."""
        room = counted(row)
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(timeout=0.5)
        return room

    monkeypatch.setattr(registrations, "_has_room", looked)

    def come(number):
        values = {"name": f"Guest {number}", "email": f"guest{number}@test.invalid"}
        row = registrations.register(event=event, values=values, user=AnonymousUser(), language="en", zone="")
        return row.state

    people = [partial(come, number) for number in range(2)]
    return sorted(at_once(*people) if LOCKS else [person() for person in people])


@pytest.fixture
def event():
    return EventFactory(takes_registrations=True, capacity=1)


def test_one_gets_the_last_place_and_the_other_waits(event, monkeypatch):
    assert come_together(event, monkeypatch) == ["registered", "waiting"]


def test_negative_control_without_the_lock_both_get_it(event, monkeypatch):
    monkeypatch.setattr(registrations, "_locked", lambda row: Event.objects.get(pk=row.pk))
    assert come_together(event, monkeypatch) == ["registered", "registered" if LOCKS else "waiting"]
