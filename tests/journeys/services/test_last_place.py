"""Two people want the last place at the same moment: one gets it, the other waits."""

import contextlib
import threading

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from journeys.models import Event
from journeys.services import registrations
from tests.factories.exchange import EventFactory

# SQLite lets one writer in at a time: there, one comes after the other.
LOCKS = connection.vendor == "postgresql"
pytestmark = pytest.mark.django_db(transaction=True)


def come_together(event, monkeypatch):
    """Both have looked for the event before either goes on; then each registers."""
    both, outcomes = threading.Barrier(2, timeout=5), []
    counted = registrations._has_room

    def looked(row):
        """Without the lock both count before either writes; with it the second one waits at the row."""
        room = counted(row)
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(timeout=0.5)
        return room

    monkeypatch.setattr(registrations, "_has_room", looked)

    def come(number):
        try:
            values = {"name": f"Guest {number}", "email": f"guest{number}@test.invalid"}
            row = registrations.register(
                event=event, values=values, user=AnonymousUser(), language="en", zone=""
            )
            outcomes.append(row.state)
        finally:
            if LOCKS:
                connection.close()

    if not LOCKS:
        for number in range(2):
            come(number)
        return sorted(outcomes)
    people = [threading.Thread(target=come, args=(number,)) for number in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return sorted(outcomes)


@pytest.fixture
def event():
    return EventFactory(takes_registrations=True, capacity=1)


def test_one_gets_the_last_place_and_the_other_waits(event, monkeypatch):
    assert come_together(event, monkeypatch) == ["registered", "waiting"]


def test_negative_control_without_the_lock_both_get_it(event, monkeypatch):
    monkeypatch.setattr(registrations, "_locked", lambda row: Event.objects.get(pk=row.pk))
    assert come_together(event, monkeypatch) == ["registered", "registered" if LOCKS else "waiting"]
