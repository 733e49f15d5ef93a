"""The reminders of a round: who can be reminded, with which words, and what became of those that left."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from governance.enums import ReminderState
from governance.models import Reminder, ReminderRule, ReminderStop
from governance.selectors.open_work import Addressee, open_work
from governance.selectors.reminder_texts import ReadyText, ready_text, spoken_language
from mapping.enums import Role
from mapping.models import Exercise, Membership

SHOWN = 50


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
class ReminderPage:
    exercise: Exercise
    rows: list[ReminderRow]
    # Reminders to addresses with nothing left to do, and older ones.
    sent: list[Reminder]
    rule: ReminderRule | None
    may_set_rule: bool

    @property
    def ready(self) -> list[ReminderRow]:
        return [row for row in self.rows if row.may_be_sent]

    @property
    def overdue(self) -> int:
        return sum(row.to.is_overdue for row in self.rows)

    @property
    def rule_version(self) -> int:
        return self.rule.version_of("days_before") if self.rule else 1


def reminded_regions(*, exercise: Exercise, user: Any) -> list[int] | None:
    """None: the whole round, for who runs it. A lead reminds the own region."""
    mine = list(Membership.objects.of(user).filter(project=exercise.project_id).values_list("role", "region"))
    if any(role in (Role.COORDINATOR, Role.FACILITATOR) for role, _region in mine):
        return None
    return [region for role, region in mine if role == Role.REGIONAL_LEAD and region is not None]


def reminder_page(*, exercise: Exercise, user: Any) -> ReminderPage:
    """A number of queries that does not grow with the people."""
    regions = reminded_regions(exercise=exercise, user=user)
    people = open_work(exercise=exercise, regions=regions)
    log = exercise.reminders.select_related("mail", "by", "region")
    if regions is not None:
        log = log.filter(region__in=regions)
    rows = list(log)
    scheduled = {row.address: row for row in rows if row.state == ReminderState.WAITING}
    last: dict[str, Reminder] = {}
    for row in rows:
        if row.posted_on is not None:
            last.setdefault(row.address, row)
    silent, today = _silent_and_reminded_today(people)
    return ReminderPage(
        exercise=exercise,
        rows=[
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
        ],
        sent=rows[:SHOWN],
        rule=ReminderRule.objects.filter(exercise=exercise).first(),
        may_set_rule=user.has_perm("governance.set_reminders", exercise),
    )


def _silent_and_reminded_today(people: list[Addressee]) -> tuple[set[str], set[str]]:
    addresses = [person.address for person in people]
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
