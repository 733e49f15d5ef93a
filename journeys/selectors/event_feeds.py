"""What calendar programs may read, and by whose secret address."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from cohes3ion.lib.tokens import token_hash
from journeys.models import CalendarLink, Event
from journeys.selectors.events import narrowed

MOST_IN_FEED = 2_000


def feed_events(*, user: Any, wanted: dict[str, str]) -> QuerySet[Event]:
    """What a calendar reads: announced and cancelled ones, never drafts; of too many the latest."""
    found = narrowed(Event.objects.visible_to(user).published(), wanted=wanted)
    keys = found.order_by("-starts_at", "-pk").values_list("pk", flat=True)[:MOST_IN_FEED]
    return Event.objects.filter(pk__in=list(keys)).order_by("starts_at", "pk")


def reader_of(*, token: str) -> Any:
    """Whose calendar asks; None for an address that was renewed, altered or never made."""
    link = CalendarLink.objects.filter(token_hash=token_hash(token), user__is_active=True)
    found = link.select_related("user").first()
    return found.user if found else None


def link_made_at(*, user: Any) -> dt.datetime | None:
    """When the person's calendar link was made; None when there is none."""
    return CalendarLink.objects.filter(user=user).values_list("made_at", flat=True).first()
