"""What the scheduler does for events: tells of changes, reminds, and forgets people in time."""

import datetime as dt
import logging

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from journeys.enums import EventState, RegistrationState
from journeys.models import Event, Registration
from journeys.selectors.calendars import sequence_of
from journeys.services import event_letters

log = logging.getLogger(__name__)
# Somebody may still be typing: after so long without a change the registered people are told.
QUIET = dt.timedelta(minutes=30)
AHEAD = dt.timedelta(hours=24)
# Who registered just now has the same mail already.
FRESH = dt.timedelta(hours=12)


def look_after_events() -> dict[str, int]:
    """How many mails about changes, how many reminders, how many registrations forgotten."""
    return {"changed": tell_quiet_changes(), "reminded": remind(), "forgotten": forget_old()}


def untold(event: Event) -> bool:
    """It changed in a way calendars take over, and the people who are registered do not know yet."""
    return event.state == EventState.ANNOUNCED and sequence_of(event) > event.told_sequence


@transaction.atomic
def tell_changes(*, event: Event) -> int:
    """Mail everybody who is registered or waits; each change is told once. Returns how many."""
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if not untold(event):
        return 0
    Event.objects.filter(pk=event.pk).update(told_sequence=sequence_of(event))
    people = list(people_of(event))
    for registration in people:
        event_letters.write_changed(registration)
    return len(people)


def people_of(event: Event) -> list[Registration]:
    """Those who have a place or wait for one."""
    rows = event.registrations.exclude(state=RegistrationState.WITHDRAWN)
    return list(rows.select_related("event").order_by("registered_at", "pk"))


def tell_quiet_changes() -> int:
    now = timezone.now()
    rows = Event.objects.filter(state=EventState.ANNOUNCED, ends_at__gt=now, edited_at__lte=now - QUIET)
    return sum(tell_changes(event=event) for event in rows if untold(event))


def remind() -> int:
    """Once in the last 24 hours before the start. Twice is once: the outbox knows the mail."""
    now = timezone.now()
    rows = Registration.objects.filter(
        event__state=EventState.ANNOUNCED,
        event__starts_at__gt=now,
        event__starts_at__lte=now + AHEAD,
        registered_at__lte=now - FRESH,
        state=RegistrationState.REGISTERED,
    ).select_related("event")
    for registration in rows:
        with transaction.atomic():
            event_letters.write_reminder(registration)
    return len(rows)


def forget_old() -> int:
    """Delete registrations whose time is over; how many took part stays, without names."""
    limit = timezone.now() - dt.timedelta(days=settings.EVENT_PEOPLE_DAYS)
    forgotten = 0
    for event in Event.objects.filter(ends_at__lte=limit, registrations__isnull=False).distinct():
        with transaction.atomic():
            forgotten += _forget_people(event)
    return forgotten


def _forget_people(event: Event) -> int:
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    rows = list(event.registrations.all())
    attended = sum(row.has_attended is True for row in rows) if event.was_held else 0
    if event.people_reached is None and attended:
        Event.objects.filter(pk=event.pk).update(people_reached=attended)
    for row in rows:
        event_letters.forget_letters(row)
    event.registrations.all().delete()
    log.info("Registrations of event %s were deleted: %s", event.pk, len(rows))
    return len(rows)
