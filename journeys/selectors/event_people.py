"""Who takes part in an event: for its organisers only."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from cohes3ion.lib.list_pages import Paginator
from journeys.enums import RegistrationState
from journeys.models import Event, Registration

PER_PAGE = 100


@dataclass(frozen=True, kw_only=True)
class People:
    event: Event
    page: Page[Any]
    registered: int
    waiting: int
    attended: int
    # How many have a mark at all: nobody marked is not nobody came.
    noted: int


def people_counts(event: Event) -> dict[str, int]:
    counts: dict[str, int] = event.registrations.aggregate(
        registered=Count("pk", filter=Q(state=RegistrationState.REGISTERED)),
        waiting=Count("pk", filter=Q(state=RegistrationState.WAITING)),
        attended=Count("pk", filter=Q(has_attended=True)),
        noted=Count("has_attended"),
    )
    return counts if event.was_held else counts | {"attended": 0, "noted": 0}


def people(*, event: Event, page: str | None) -> People:
    """In the order of their registration; who waits or withdrew stands where they came."""
    rows = Registration.objects.filter(event=event)
    return People(event=event, page=Paginator(rows, PER_PAGE).get_page(page), **people_counts(event))


def find_person(*, pk: int, user: Any) -> Registration | None:
    rows = Registration.objects.visible_to(user).filter(pk=pk)
    return rows.select_related("event__project", "event__region").first()


def people_columns() -> list[str]:
    return [
        _("Name"),
        _("E-mail"),
        _("Organisation"),
        _("Group"),
        _("State"),
        _("Registered at (UTC)"),
        _("Took part"),
    ]


def people_rows(*, event: Event) -> Iterator[list[Any]]:
    """For a table of the organisers; an unknown attendance is an empty cell."""
    words = {True: _("Yes"), False: _("No"), None: None}
    held = event.was_held
    for row in Registration.objects.filter(event=event).iterator():
        yield [
            row.name,
            row.email,
            row.organisation or None,
            str(row.get_helix_display()) or None,
            str(row.get_state_display()),
            row.registered_at.strftime("%Y-%m-%d %H:%M"),
            words[row.has_attended if held else None],
        ]
