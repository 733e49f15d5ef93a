"""The reminders of a round: who can be reminded, with which words, and what became of those that left."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.utils import timezone

from cohes3ion.lib.list_pages import Paginator
from governance.enums import ReminderState
from governance.models import Reminder, ReminderRule, ReminderStop
from governance.selectors.open_work import Addressee, open_work
from governance.selectors.reminder_texts import ReadyText, ready_text, spoken_language
from mapping.enums import Role
from mapping.models import Exercise, Membership, Region

SHOWN = 50
PER_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class ReminderRow:
    """One address: what waits, the ready words, and what it got so far."""

    to: Addressee
    words: ReadyText
    # Of the words: the person's, where it is translated.
    language: str
    last: Reminder | None
    scheduled: Reminder | None
    wants_none: bool
    got_one_today: bool

    @property
    def may_be_sent(self) -> bool:
        return not self.wants_none and not self.got_one_today


@dataclass(frozen=True, kw_only=True)
class Narrowed:
    """What of the list is looked at: one region, only what is overdue, which page."""

    region: str = ""
    late: bool = False
    page: Any = 1

    def fits(self, person: Addressee) -> bool:
        return self.region in ("", person.region.slug) and (person.is_overdue or not self.late)


@dataclass(frozen=True, kw_only=True)
class ReminderPage:
    exercise: Exercise
    narrowed: Narrowed
    # Of this page; `pages` has them all in numbers.
    rows: list[ReminderRow]
    pages: Page
    regions: list[Region]
    overdue: int
    # What became of the last ones.
    sent: list[Reminder]
    rule: ReminderRule | None
    may_set_rule: bool

    @property
    def rule_version(self) -> int:
        return self.rule.version_of("days_before") if self.rule else 1


def reminded_regions(*, exercise: Exercise, user: Any) -> list[int] | None:
    """None: the whole round, for who runs it. A lead reminds the own region."""
    mine = list(Membership.objects.of(user).filter(project=exercise.project_id).values_list("role", "region"))
    if any(role in (Role.COORDINATOR, Role.FACILITATOR) for role, _region in mine):
        return None
    return [region for role, region in mine if role == Role.REGIONAL_LEAD and region is not None]


def reminder_page(*, exercise: Exercise, user: Any, narrowed: Narrowed | None = None) -> ReminderPage:
    """A number of queries that does not grow with the people."""
    narrowed = narrowed or Narrowed()
    regions = reminded_regions(exercise=exercise, user=user)
    people = open_work(exercise=exercise, regions=regions)
    shown = [person for person in people if narrowed.fits(person)]
    pages = Paginator(shown, PER_PAGE).get_page(narrowed.page)
    log = exercise.reminders.select_related("mail", "by", "region")
    if regions is not None:
        log = log.filter(region__in=regions)
    if narrowed.region:
        log = log.filter(region__slug=narrowed.region)
    return ReminderPage(
        exercise=exercise,
        narrowed=narrowed,
        rows=_rows(exercise, list(pages.object_list)),
        pages=pages,
        regions=sorted({person.region for person in people}, key=lambda region: region.name),
        overdue=sum(person.is_overdue for person in shown),
        sent=list(log[:SHOWN]),
        rule=ReminderRule.objects.filter(exercise=exercise).first(),
        may_set_rule=user.has_perm("governance.set_reminders", exercise),
    )


def chosen_rows(*, exercise: Exercise, user: Any, keys: set[str]) -> list[ReminderRow]:
    """Those who were ticked and may get one: who got one today or wants none is left out."""
    people = open_work(exercise=exercise, regions=reminded_regions(exercise=exercise, user=user))
    rows = _rows(exercise, [person for person in people if person.key in keys])
    return [row for row in rows if row.may_be_sent]


def _rows(exercise: Exercise, people: list[Addressee]) -> list[ReminderRow]:
    """Each with its ready words and what it got so far. Three queries."""
    addresses = [person.address for person in people]
    scheduled: dict[str, Reminder] = {}
    last: dict[str, Reminder] = {}
    for row in exercise.reminders.filter(address__in=addresses):
        if row.state == ReminderState.WAITING:
            scheduled[row.address] = row
        if row.posted_on is not None:
            last.setdefault(row.address, row)
    silent, today = _silent_and_reminded_today(addresses)
    return [
        ReminderRow(
            to=person,
            words=ready_text(addressee=person, exercise=exercise),
            language=spoken_language(language=person.language),
            last=last.get(person.address),
            scheduled=scheduled.get(person.address),
            wants_none=person.address in silent,
            got_one_today=person.address in today,
        )
        for person in people
    ]


def _silent_and_reminded_today(addresses: list[str]) -> tuple[set[str], set[str]]:
    silent = ReminderStop.objects.filter(address__in=addresses).values_list("address", flat=True)
    today = Reminder.objects.filter(address__in=addresses, posted_on=timezone.localdate())
    return set(silent), set(today.values_list("address", flat=True))


def find_addressee(*, exercise: Exercise, user: Any, key: str) -> Addressee | None:
    """Somebody this person may remind; None when the work is done meanwhile, or it never was theirs."""
    regions = reminded_regions(exercise=exercise, user=user)
    people = open_work(exercise=exercise, regions=regions)
    return next((person for person in people if person.key == key), None)


def find_waiting(*, pk: int, exercise: Exercise, user: Any) -> Reminder | None:
    regions = reminded_regions(exercise=exercise, user=user)
    rows = exercise.reminders.filter(pk=pk)
    return (rows if regions is None else rows.filter(region__in=regions)).first()


def wants_none(*, address: str) -> bool:
    return ReminderStop.objects.filter(address=address).exists()
