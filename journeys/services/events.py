"""Events as their organisers write them: made, changed, announced, cancelled."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cohes3ion.lib.ordered import end_of
from cohes3ion.lib.row_forms import Change
from cohes3ion.lib.tokens import new_token, token_hash
from cohes3ion.lib.zones import known_zone
from journeys.enums import EventState
from journeys.models import AgendaItem, CalendarLink, Event, Material
from journeys.selectors.calendars import sequence_of
from journeys.services import event_letters
from journeys.services.event_care import people_of
from journeys.services.rows import add_row, write_change
from mapping.enums import Provenance

MOST_POINTS, MOST_MATERIALS = 100, 50
# Names in addresses that mean something else.
TAKEN = ("feed",)


class NotADraft(Exception):
    """It is announced or cancelled already."""


class TooMany(Exception):
    """A programme has room for 100 points, an event for 50 materials."""


def create_event(*, values: dict[str, Any], by: Any) -> Event:
    """A draft that only its organisers see. Raises ValidationError."""
    provenance = Provenance.INVENTED if values["project"].is_demo else Provenance.AGREED
    values = {**values, "provenance": provenance, "state": EventState.DRAFT}
    if values["title"].strip().lower() in TAKEN:
        values["slug"] = f"event-{values['title'].strip().lower()}"
    event: Event = add_row(model=Event, values=values, by=by)
    return event


def set_times(*, event: Event, values: dict[str, Any], expected: int, by: Any) -> Event:
    """Start, end and zone are one thing: they are written together. Raises StaleVersion."""
    if not known_zone(values["time_zone"]):
        raise ValueError(values["time_zone"])
    change = Change(field="starts_at", values=values, version=expected)
    changed: Event = write_change(row=event, change=change, by=by)
    return changed


@transaction.atomic
def announce(*, event: Event, expected: int, by: Any) -> Event:
    """Show it to those it is open to. Raises StaleVersion, NotADraft."""
    if event.state != EventState.DRAFT:
        raise NotADraft
    change = Change(field="state", values={"state": EventState.ANNOUNCED}, version=expected)
    event = write_change(row=event, change=change, by=by)
    # Nobody is registered yet, so nobody waits to hear of what changed before.
    Event.objects.filter(pk=event.pk).update(told_sequence=sequence_of(event))
    return event


@transaction.atomic
def cancel(*, event: Event, reason: str, expected: int, by: Any) -> tuple[Event, int]:
    """It stays in lists and calendars, marked; everybody registered is told. Raises StaleVersion, NotADraft.

    Returns the event and how many people were written to.
    """
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if event.state != EventState.ANNOUNCED:
        raise NotADraft
    values = {
        "state": EventState.CANCELLED,
        "cancelled_because": reason,
        "cancelled_at": timezone.now(),
    }
    event = write_change(row=event, change=Change(field="state", values=values, version=expected), by=by)
    people = people_of(event)
    for registration in people:
        event_letters.write_cancelled(registration)
    return event, len(people)


@transaction.atomic
def add_point(*, event: Event, values: dict[str, Any], by: Any) -> AgendaItem:
    """At the end of the programme. Raises TooMany."""
    Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if event.agenda.count() >= MOST_POINTS:
        raise TooMany
    place = {"event": event, "position": end_of(event.agenda)}
    point: AgendaItem = add_row(model=AgendaItem, values={**values, **place}, by=by)
    return point


@transaction.atomic
def add_material(*, event: Event, values: dict[str, Any], by: Any) -> Material:
    """A link or a file; a file goes to a random name. Raises TooMany."""
    Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if event.materials.count() >= MOST_MATERIALS:
        raise TooMany
    return Material.objects.create(event=event, added_by=by, **values)


def remove_material(*, material: Material) -> None:
    """Its file goes after the commit."""
    name, storage = material.file.name, material.file.storage
    material.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def renew_calendar_link(*, user: Any) -> str:
    """A new secret address for the person's calendar; the old one is dead from now on."""
    token = new_token()
    CalendarLink.objects.update_or_create(
        user=user, defaults={"token_hash": token_hash(token), "made_at": timezone.now()}
    )
    return token
