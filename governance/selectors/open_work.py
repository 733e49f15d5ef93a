"""Who still has something to do in a round, and what: the people a reminder can go to."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q
from django.utils import timezone

from cohes3ion.accounts.addresses import one_address
from governance.enums import Group, ResponseState
from governance.models import Assignment, PersonalLink, Response
from governance.selectors.assignments import Task, tasks_of
from mapping.enums import MapState, Role
from mapping.models import Exercise, Membership, Region

WRITABLE = (ResponseState.DRAFT, ResponseState.RETURNED)


@dataclass(frozen=True, kw_only=True)
class OpenItem:
    """One thing that waits: a whole response, an assigned part, or the answers of a personal link."""

    due_on: dt.date | None
    response: Response | None = None
    task: Task | None = None
    link: PersonalLink | None = None

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < timezone.localdate()


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """An address with everything that waits for it. `key` names it on pages."""

    key: str
    address: str
    name: str
    language: str
    region: Region
    # None: without an account here.
    user_id: int | None = None
    items: list[OpenItem] = field(default_factory=list)

    @property
    def due_on(self) -> dt.date | None:
        """The earliest last day."""
        return min((item.due_on for item in self.items if item.due_on), default=None)

    @property
    def is_overdue(self) -> bool:
        return any(item.is_overdue for item in self.items)


def open_work(*, exercise: Exercise, regions: Iterable[int] | None = None) -> list[Addressee]:
    """Overdue first, then by last day and name. The number of queries does not grow with the people.

    `regions`: only these; None: the whole round. An address with several things has them all in one entry.
    """
    if not exercise.accepts_answers:
        return []
    inside = Q(region_map__exercise=exercise)
    if regions is not None:
        inside &= Q(region_map__region__in=list(regions))
    found: dict[str, Addressee] = {}
    for person, item in [*_responses(exercise, inside), *_assignments(inside), *_links(exercise, inside)]:
        there = found.setdefault(person.address, person)
        there.items.append(item)
    return sorted(
        found.values(), key=lambda row: (not row.is_overdue, row.due_on or dt.date.max, row.name.casefold())
    )


def _person(user: Any, region: Region) -> Addressee:
    return Addressee(
        key=f"user-{user.pk}",
        address=one_address(user.email),
        name=user.name or user.email,
        language=user.language or "en",
        region=region,
        user_id=user.pk,
    )


def _responses(exercise: Exercise, inside: Q) -> Iterable[tuple[Addressee, OpenItem]]:
    """Responses that are not sent: the lead for the team, the contacts for a unit, else the respondent.

    Nobody is asked for what they may not do any more: each while the role lasts.
    """
    rows = list(
        Response.objects.filter(inside, state__in=WRITABLE, personal_link=None).select_related(
            "unit", "region_map__region", "questionnaire_version__questionnaire"
        )
    )
    seats = Membership.objects.filter(
        region__in={row.region_map.region_id for row in rows},
        role__in=[Role.REGIONAL_LEAD, Role.UNIT_CONTACT, Role.STAKEHOLDER],
        user__is_active=True,
    ).select_related("user")
    leads: dict[int, list[Any]] = {}
    contacts: dict[int, list[Any]] = {}
    asked: dict[tuple[int, int], list[Any]] = {}
    for seat in seats.order_by("pk"):
        if seat.role == Role.REGIONAL_LEAD:
            leads.setdefault(seat.region_id, []).append(seat.user)
        elif seat.role == Role.STAKEHOLDER:
            asked[seat.region_id, seat.user_id] = [seat.user]
        elif seat.unit_id:
            contacts.setdefault(seat.unit_id, []).append(seat.user)
    for row in rows:
        people = {
            Group.TEAM: leads.get(row.region_map.region_id, []),
            Group.UNIT: contacts.get(row.unit_id, []),
            Group.STAKEHOLDER: asked.get((row.region_map.region_id, row.respondent_id), []),
        }[Group(row.group)]
        for user in people:
            yield _person(user, row.region_map.region), OpenItem(due_on=exercise.due_on, response=row)


def _assignments(inside: Q) -> Iterable[tuple[Addressee, OpenItem]]:
    """Assigned parts that are not done, of people who may do them and of organisations with an address."""
    rows = Assignment.objects.in_hands().filter(inside, done_at=None)
    rows = rows.filter(Q(person__is_active=True) | ~Q(email=""))
    related = ("person", "region_map__region", "region_map__exercise", "response__unit")
    for task in tasks_of(rows.select_related(*related, "response__questionnaire_version__questionnaire")):
        if task.is_done:
            continue
        row, region = task.row, task.row.region_map.region
        if row.person is not None:
            yield _person(row.person, region), OpenItem(due_on=row.due_on, task=task)
        else:
            addressee = Addressee(
                key=f"work-{row.pk}",
                address=row.email,
                name=row.organisation,
                language=(region.languages or ["en"])[0],
                region=region,
            )
            yield addressee, OpenItem(due_on=row.due_on, task=task)


def _links(exercise: Exercise, inside: Q) -> Iterable[tuple[Addressee, OpenItem]]:
    """During the consultation: organisations with a link by e-mail that have not sent their answers."""
    rows = PersonalLink.objects.usable().filter(
        inside, response__state__in=WRITABLE, region_map__state=MapState.CONSULTATION
    )
    for link in rows.exclude(email="").select_related("region_map__region", "response"):
        addressee = Addressee(
            key=f"link-{link.pk}",
            address=one_address(link.email),
            name=link.organisation,
            language=link.language or "en",
            region=link.region_map.region,
        )
        last = timezone.localtime(link.expires_at).date() if link.expires_at else None
        days = [day for day in (exercise.due_on, last) if day]
        yield addressee, OpenItem(due_on=min(days, default=None), link=link)


def only_due(addressee: Addressee, *, within: dt.timedelta) -> Addressee:
    """What is due soon, or was due already."""
    last = timezone.localdate() + within
    items = [item for item in addressee.items if item.due_on is not None and item.due_on <= last]
    return replace(addressee, items=items)
