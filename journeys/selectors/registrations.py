"""Registrations: the personal link, what it opens, and the words a person agrees to."""

import base64
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from cohes3ion.lib.tokens import token_hash
from journeys.enums import RegistrationState
from journeys.models import Event, Registration
from journeys.selectors.event_times import When, when_of

OWN = "own-"


@dataclass(frozen=True, kw_only=True)
class RegistrationPage:
    registration: Registration
    event: Event
    when: When
    place_in_line: int | None
    is_over: bool

    @property
    def is_withdrawn(self) -> bool:
        return bool(self.registration.state == RegistrationState.WITHDRAWN)

    @property
    def shows_link(self) -> bool:
        return bool(self.event.online_url) and self.registration.state == RegistrationState.REGISTERED


def consent_words() -> str:
    """What is asked, and kept with the registration as it was shown."""
    return _(
        "I agree that my name, e-mail address, organisation and group are stored to organise this event. "
        "Only its organisers see them. They are deleted %(days)d days after the event, or earlier as soon "
        "as I ask for it with my personal link."
    ) % {"days": settings.EVENT_PEOPLE_DAYS}


def personal_token(registration: Registration) -> str:
    """The secret of the personal link, made again for every mail from the key of the site: only its hash is
    stored, and whoever reads the table cannot open anybody's link."""
    value = f"{registration.pk}/{registration.event_id}/{registration.registered_at.isoformat()}"
    secret = salted_hmac("journeys.registration", value, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(secret[:24]).decode()


def personal_link(registration: Registration) -> str:
    return settings.SITE_URL + reverse("journeys:event_registration", args=[personal_token(registration)])


def own_key(registration: Registration) -> str:
    """How one's own registration is named in an address when signed in: no secret, the session opens it."""
    return f"{OWN}{registration.pk}"


def find_registration(*, key: str, user: Any) -> Registration | None:
    """By the personal link, or one's own when signed in. None: altered, deleted, or expired."""
    rows = Registration.objects.select_related("event__project", "event__region")
    if key.startswith(OWN):
        number = key.removeprefix(OWN)
        if not user.is_authenticated or not (number.isascii() and number.isdigit() and len(number) < 10):
            return None
        return rows.filter(pk=int(number), user=user).first()
    return rows.filter(token_hash=token_hash(key)).first()


def registration_page(*, registration: Registration, zone: str) -> RegistrationPage:
    event = registration.event
    return RegistrationPage(
        registration=registration,
        event=event,
        when=when_of(event, reader_zone=zone or registration.time_zone),
        place_in_line=place_in_line(registration),
        is_over=event.ends_at <= timezone.now(),
    )


def place_in_line(registration: Registration) -> int | None:
    """Counted from 1; None for somebody who does not wait."""
    if registration.state != RegistrationState.WAITING:
        return None
    line = list(waiting_line(registration.event).values_list("pk", flat=True))
    return line.index(registration.pk) + 1 if registration.pk in line else None


def waiting_line(event: Event) -> QuerySet[Registration]:
    """Who comes next stands first."""
    rows = Registration.objects.filter(event=event, state=RegistrationState.WAITING)
    return rows.order_by("registered_at", "pk")


def held_data(registration: Registration) -> dict[str, Any]:
    """All that is stored about the person, for themselves."""
    row = registration
    return {
        "event": row.event.title,
        "name": row.name,
        "email": row.email,
        "organisation": row.organisation,
        "group": row.helix,
        "state": str(row.state),
        "language": row.language,
        "time_zone": row.time_zone,
        "consent": row.consent_text,
        "consent_at": row.consent_at.isoformat(),
        "registered_at": row.registered_at.isoformat(),
        "took_part": row.has_attended,
        "has_account": row.user_id is not None,
    }
