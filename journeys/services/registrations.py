"""Registering for an event: one place for one person, a waiting list that moves up, data that can be deleted.

Whoever changes who has a place holds the event's row FOR UPDATE, so two people never get the last one.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cohes3ion.lib.tokens import new_token, token_hash
from journeys.enums import EventState, RegistrationState
from journeys.models import Event, Registration
from journeys.selectors.events import is_open
from journeys.selectors.registrations import consent_words, personal_token, waiting_line
from journeys.services import event_letters

# Nobody's network address is kept for counting: an event takes so many new people in a while, a mailbox so
# many mails.
CROWD, WHILE = 60, dt.timedelta(minutes=10)
MOST_MAILS, HOURS = 8, 1


class NotOpen(Exception):
    """The event takes no registrations: never did, not any more, or it is cancelled."""


class NotHeld(Exception):
    """Nobody took part in an event that has not begun, or was cancelled."""


class ChangedMeanwhile(Exception):
    """Somebody else wrote this registration since the page was shown."""


class TooMany(Exception):
    """A crowd at this moment, or too many mails to this address: try again later."""


@transaction.atomic
def register(*, event: Event, values: dict[str, Any], user: Any, language: str, zone: str) -> Registration:
    """A place, or the end of the waiting list, with a mail about it. Raises NotOpen, TooMany.

    An address that is registered already gets a mail that says so; the page says the same to everybody.
    """
    event = _locked(event)
    if not is_open(event):
        raise NotOpen
    email = values["email"].strip().lower()
    if event_letters.mails_within(address=email, hours=HOURS) >= MOST_MAILS:
        raise TooMany
    there = event.registrations.filter(~Q(state=RegistrationState.WITHDRAWN), email=email).first()
    if there is not None:
        there.event = event
        event_letters.write_again(there)
        return there
    if event.registrations.filter(registered_at__gte=timezone.now() - WHILE).count() >= CROWD:
        raise TooMany
    registration = Registration.objects.create(
        **{**values, "email": email},
        event=event,
        user=user if user.is_authenticated and user.email.lower() == email else None,
        state=RegistrationState.REGISTERED if _has_room(event) else RegistrationState.WAITING,
        language=language,
        time_zone=zone,
        consent_text=consent_words(),
        token_hash=token_hash(new_token()),
    )
    registration.token_hash = token_hash(personal_token(registration))
    registration.save(update_fields=["token_hash"])
    event_letters.write_confirmation(registration)
    return registration


def _locked(event: Event) -> Event:
    return Event.objects.select_for_update(of=("self",)).get(pk=event.pk)


def _has_room(event: Event) -> bool:
    """Nobody overtakes those who wait."""
    if event.capacity is None:
        return True
    return not waiting_line(event).exists() and _holding(event) < event.capacity


def _holding(event: Event) -> int:
    return event.registrations.filter(state=RegistrationState.REGISTERED).count()


@transaction.atomic
def change_registration(*, registration: Registration, values: dict[str, Any], expected: int) -> Registration:
    """Name, organisation and group, as the person wants them. Raises ChangedMeanwhile."""
    _write(registration, expected=expected, **values)
    return registration


def _write(registration: Registration, *, expected: int, **values: Any) -> None:
    rows = Registration.objects.filter(pk=registration.pk, version=expected)
    if not rows.update(**values, version=expected + 1):
        raise ChangedMeanwhile
    registration.refresh_from_db()


@transaction.atomic
def withdraw(*, registration: Registration) -> list[Registration]:
    """Give the place back; the next ones get it and a mail. Twice is once. Returns who moved up."""
    event = _locked(registration.event)
    rows = Registration.objects.filter(pk=registration.pk).exclude(state=RegistrationState.WITHDRAWN)
    if not rows.update(state=RegistrationState.WITHDRAWN, version=registration.version + 1):
        return []
    return fill_places(event=event)


@transaction.atomic
def forget(*, registration: Registration) -> list[Registration]:
    """Delete all that is stored about the person, also in mails. Returns who moved up."""
    event = _locked(registration.event)
    event_letters.forget_letters(registration)
    Registration.objects.filter(pk=registration.pk).delete()
    return fill_places(event=event)


@transaction.atomic
def fill_places(*, event: Event) -> list[Registration]:
    """Give free places to those who wait longest, and tell them. Nothing happens once the event is over."""
    event = _locked(event)
    if event.state != EventState.ANNOUNCED or event.ends_at <= timezone.now():
        return []
    line = list(waiting_line(event).select_related("event"))
    free = len(line) if event.capacity is None else max(0, event.capacity - _holding(event))
    moved = line[:free]
    for registration in moved:
        registration.state = RegistrationState.REGISTERED
        registration.version += 1
        registration.save(update_fields=["state", "version"])
        event_letters.write_moved_up(registration)
    return moved


def note_attendance(*, registration: Registration, attended: bool | None, expected: int) -> Registration:
    """Whether the person took part; None: not known. Raises NotHeld, ChangedMeanwhile."""
    if attended is not None and not registration.event.was_held:
        raise NotHeld
    _write(registration, expected=expected, has_attended=attended)
    return registration
