"""Mails about events, in the language of the person, with the event as a calendar file."""

import datetime as dt
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cohes3ion.accounts.letters import Letter
from cohes3ion.accounts.models import Mail, MailKind
from cohes3ion.accounts.outbox import post
from cohes3ion.lib.tokens import token_hash
from journeys.enums import RegistrationState
from journeys.models import Event, Registration
from journeys.selectors.calendars import calendar_file, sequence_of
from journeys.selectors.event_times import when_of
from journeys.selectors.registrations import personal_link, personal_token, place_in_line

# Addresses of the demonstration's invented people lead nowhere.
NOBODY = "@demo.invalid"


def key_of(registration: Registration) -> str:
    """What the keys of all mails about one registration begin with."""
    return f"event-{registration.pk}-"


def write_confirmation(registration: Registration) -> None:
    """Registered, or on the waiting list."""
    if registration.state == RegistrationState.WAITING:
        place = place_in_line(registration)
        _write(
            registration,
            "waiting",
            lambda title: _("Waiting list: %(event)s") % {"event": title},
            lambda: [
                _("All places are taken. You are number %(place)d on the waiting list.") % {"place": place},
                _("As soon as a place is free, it is yours, and we write to you."),
            ],
        )
        return
    _write(
        registration,
        "registered",
        lambda title: _("You are registered: %(event)s") % {"event": title},
        lambda: [_("You have a place."), *_how_to_join(registration.event)],
    )


def write_again(registration: Registration) -> None:
    """Somebody typed an address that is registered already: at most one such mail in an hour."""
    hour = timezone.now().strftime("%Y%m%d%H")
    waits = registration.state == RegistrationState.WAITING
    _write(
        registration,
        f"again-{hour}",
        lambda title: _("You had registered already: %(event)s") % {"event": title},
        lambda: [
            _("This address was entered once more. Nothing was changed."),
            _("You are on the waiting list.") if waits else _("You have a place."),
        ],
    )


def write_moved_up(registration: Registration) -> None:
    _write(
        registration,
        f"moved-up-{registration.version}",
        lambda title: _("You have a place: %(event)s") % {"event": title},
        lambda: [
            _("A place has become free, and it is yours."),
            _("If you cannot come, please give it to the next person with your personal link."),
            *_how_to_join(registration.event),
        ],
    )


def write_changed(registration: Registration) -> None:
    _write(
        registration,
        f"changed-{sequence_of(registration.event)}",
        lambda title: _("Changed: %(event)s") % {"event": title},
        lambda: [
            _("Something about this event has changed. What stands below is what counts now."),
            _("The file that comes with this mail changes the entry in your calendar."),
        ],
    )


def write_cancelled(registration: Registration) -> None:
    reason = registration.event.cancelled_because
    _write(
        registration,
        "cancelled",
        lambda title: _("Cancelled: %(event)s") % {"event": title},
        lambda: [_("This event will not take place."), _("Why: %(reason)s") % {"reason": reason}],
    )


def write_reminder(registration: Registration) -> None:
    event = registration.event
    _write(
        registration,
        f"reminder-{event.starts_at:%Y%m%d%H%M}",
        lambda title: _("Soon: %(event)s") % {"event": title},
        lambda: [
            _("This is to remind you. We look forward to seeing you."),
            *_how_to_join(event),
            _("If you cannot come, please give your place to the next person with your personal link."),
        ],
    )


def forget_letters(registration: Registration) -> None:
    """Mails hold the name and the address: they go with the registration."""
    Mail.objects.filter(key__startswith=key_of(registration)).delete()


def mails_within(*, address: str, hours: int) -> int:
    """How many mails about events went to an address lately."""
    since = timezone.now() - dt.timedelta(hours=hours)
    return Mail.objects.filter(kind=MailKind.EVENT, to=address, created_at__gte=since).count()


def _how_to_join(event: Event) -> list[str]:
    return [_("Take part online: %(address)s") % {"address": event.online_url}] if event.online_url else []


def _write(registration: Registration, what: str, subject: Any, paragraphs: Any) -> None:
    """Subject and paragraphs are made inside the person's language; the same thing is said once only."""
    if registration.email.endswith(NOBODY):
        return
    event = registration.event
    has_place = registration.state == RegistrationState.REGISTERED
    with translation.override(registration.language):
        text = [
            _("Dear %(name)s,") % {"name": registration.name},
            *paragraphs(),
            "\n".join(_facts(event, registration)),
            _(
                "With your personal link you see your registration, change it, withdraw, or have your data "
                "deleted. Opening it changes nothing."
            ),
        ]
        letter = Letter(
            key=f"{key_of(registration)}{what}",
            kind=MailKind.EVENT,
            place=f"region-{event.region_id}" if event.region_id else f"project-{event.project_id}",
            to=registration.email,
            subject=subject(event.title),
            text="\n\n".join(text),
            language=registration.language,
            action=_("My registration"),
            link=_lasting_link(registration),
            calendar=calendar_file([event], with_link=has_place).decode(),
        )
    post(letter)


def _lasting_link(registration: Registration) -> str:
    """Links are made from the key of the site: after a new key the next mail brings one that works."""
    digest = token_hash(personal_token(registration))
    if digest != registration.token_hash:
        Registration.objects.filter(pk=registration.pk).update(token_hash=digest)
    return personal_link(registration)


def _facts(event: Event, registration: Registration) -> list[str]:
    when = when_of(event, reader_zone=registration.time_zone)
    return [
        line
        for line in (
            event.title,
            f"{when} ({when.zone})" if when.zone else str(when),
            when.elsewhere,
            event.place,
            event.organiser,
        )
        if line
    ]
