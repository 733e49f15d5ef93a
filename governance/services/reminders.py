"""Sending reminders through the outbox: at once, on a day, or by the rule of the round; never twice a day."""

import datetime as dt
import logging
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cohes3ion.accounts.letters import Letter
from cohes3ion.accounts.models import Mail, MailKind, MailState
from cohes3ion.accounts.outbox import post
from cohes3ion.lib.versions import write_fields
from governance.enums import ReminderState
from governance.models import Reminder, ReminderRule, ReminderStop
from governance.selectors.open_work import Addressee, only_due, open_work
from governance.selectors.reminder_texts import ReadyText, ready_text, spoken_language, stop_line
from governance.selectors.reminders import wants_none
from mapping.enums import ExerciseState
from mapping.models import Exercise

log = logging.getLogger(__name__)
# What the scheduler sends leaves in working hours of the round.
FIRST_HOUR, LAST_HOUR = 7, 18


class RemindedToday(Exception):
    """This address got a reminder today."""


class NotWanted(Exception):
    """This address wants no reminders."""


class Invented(Exception):
    """The people of a demonstration are invented: no mail leaves."""


def _check_may_go(*, exercise: Exercise, address: str) -> None:
    if exercise.project.is_demo:
        raise Invented
    if wants_none(address=address):
        raise NotWanted


@transaction.atomic
def send_now(*, exercise: Exercise, to: Addressee, words: ReadyText, by: Any) -> Reminder:
    """Hand it to the outbox; what waited for this address is cancelled.

    Raises RemindedToday, NotWanted, Invented.
    """
    _check_may_go(exercise=exercise, address=to.address)
    waiting = Reminder.objects.filter(exercise=exercise, address=to.address, state=ReminderState.WAITING)
    waiting.update(state=ReminderState.CANCELLED)
    row = Reminder(**_columns(exercise, to, words), by=by)
    return _post_reminder(row)


def _columns(exercise: Exercise, to: Addressee, words: ReadyText) -> dict[str, Any]:
    return {
        "exercise": exercise,
        "region": to.region,
        "address": to.address,
        "person_id": to.user_id,
        "name": to.name[:200],
        "language": spoken_language(language=to.language),
        "subject": words.subject,
        "text": words.text,
    }


def _post_reminder(row: Reminder) -> Reminder:
    """One address, one reminder a day: the database decides between two senders. Raises RemindedToday."""
    row.state, row.posted_on = ReminderState.POSTED, timezone.localdate()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise RemindedToday from error
    with translation.override(row.language):
        action = _("Open my work")
    letter = Letter(
        key=f"reminder-{row.pk}",
        kind=MailKind.REMINDER,
        place=f"region-{row.region_id}" if row.region_id else f"project-{row.exercise.project_id}",
        to=row.address,
        reply_to=row.by.email if row.by is not None else "",
        subject=row.subject,
        text=f"{row.text}\n\n{stop_line(row=row, language=row.language)}",
        language=row.language,
        action=action if row.person_id else "",
        link=settings.SITE_URL + reverse("governance:workspace") if row.person_id else "",
    )
    row.mail = post(letter, by=row.by)
    row.save(update_fields=["mail"])
    return row


@transaction.atomic
def schedule(*, exercise: Exercise, to: Addressee, words: ReadyText, on: dt.date, by: Any) -> Reminder:
    """Send it on a day, unless the work is done by then; it takes the place of one that waits already.

    Raises NotWanted, Invented.
    """
    _check_may_go(exercise=exercise, address=to.address)
    row, _is_new = Reminder.objects.update_or_create(
        exercise=exercise,
        address=to.address,
        state=ReminderState.WAITING,
        defaults={**_columns(exercise, to, words), "send_on": on, "by": by, "at": timezone.now()},
    )
    return row


def cancel(*, reminder: Reminder) -> bool:
    rows = Reminder.objects.filter(pk=reminder.pk, state=ReminderState.WAITING)
    return bool(rows.update(state=ReminderState.CANCELLED))


def set_rule(*, exercise: Exercise, days_before: int | None, expected: int, by: Any) -> ReminderRule:
    """Whether the round reminds by itself. Raises StaleVersion."""
    rule, _is_new = ReminderRule.objects.get_or_create(exercise=exercise)
    changed: ReminderRule = write_fields(
        rule, field="days_before", values={"days_before": days_before}, expected=expected, by=by
    )
    return changed


def stop_reminders(*, address: str, stop: bool) -> None:
    """As the address itself wishes; twice is once. What waits for it is not sent."""
    if stop:
        ReminderStop.objects.get_or_create(address=address)
        mine = Reminder.objects.filter(address=address)
        mine.filter(state=ReminderState.WAITING).update(state=ReminderState.DECLINED)
        _withdraw(mine, state=ReminderState.DECLINED)
    else:
        ReminderStop.objects.filter(address=address).delete()


def _in_outbox(rows: QuerySet[Reminder]) -> QuerySet[Reminder]:
    """Handed over, and the mail server has not been asked again yet."""
    return rows.filter(state=ReminderState.POSTED, mail__state=MailState.WAITING)


def _withdraw(rows: QuerySet[Reminder], *, state: ReminderState) -> None:
    """Take mails back that still wait in the outbox. One that a worker took meanwhile is on its way."""
    for pk, mail_id in list(_in_outbox(rows).values_list("pk", "mail")):
        with transaction.atomic():
            gone, _rows = Mail.objects.filter(pk=mail_id, state=MailState.WAITING).delete()
            if gone:
                Reminder.objects.filter(pk=pk).update(state=state, posted_on=None)


def send_due() -> int:
    """What beat does: scheduled ones whose day has come, then the rules. Returns how many left."""
    sent = 0
    running = Exercise.objects.filter(state=ExerciseState.OPEN, project__is_demo=False)
    for exercise in running.select_related("project", "reminder_rule__edited_by"):
        if not _in_working_hours(exercise):
            continue
        rule = getattr(exercise, "reminder_rule", None)
        by_rule = rule is not None and rule.days_before is not None
        waiting = exercise.reminders.filter(state=ReminderState.WAITING, send_on__lte=timezone.localdate())
        if not by_rule and not waiting.exists() and not _in_outbox(exercise.reminders.all()).exists():
            continue
        people = {row.address: row for row in open_work(exercise=exercise)}
        _withdraw(exercise.reminders.exclude(address__in=people), state=ReminderState.DONE)
        sent += sum(_send_scheduled(row, people) for row in waiting)
        if by_rule:
            sent += _remind_by_rule(rule, exercise, list(people.values()))
    return sent


def _in_working_hours(exercise: Exercise) -> bool:
    hour = timezone.localtime(timezone.now(), ZoneInfo(exercise.time_zone)).hour
    return FIRST_HOUR <= hour < LAST_HOUR


def _send_scheduled(row: Reminder, people: dict[str, Addressee]) -> bool:
    """Send it, or give it up because the work is done; one that got another today waits for tomorrow."""
    with transaction.atomic():
        mine = Reminder.objects.filter(pk=row.pk, state=ReminderState.WAITING)
        current = mine.select_for_update(of=("self",)).select_related("by", "exercise").first()
        if current is None:
            return False
        if current.address not in people:
            mine.update(state=ReminderState.DONE)
            return False
        try:
            _post_reminder(current)
        except RemindedToday:
            return False
    return True


def _remind_by_rule(rule: ReminderRule, exercise: Exercise, people: list[Addressee]) -> int:
    """Once for each last day: of what is due within the days of the rule, or was due already."""
    silent = set(ReminderStop.objects.values_list("address", flat=True))
    kept = exercise.reminders.filter(automatic_for__isnull=False)
    reminded = set(kept.values_list("address", "automatic_for"))
    sent = 0
    for person in people:
        soon = only_due(person, within=dt.timedelta(days=rule.days_before or 0))
        if soon.due_on is None or person.address in silent or (person.address, soon.due_on) in reminded:
            continue
        words = ready_text(addressee=soon, exercise=exercise)
        row = Reminder(**_columns(exercise, soon, words), automatic_for=soon.due_on, by=rule.edited_by)
        try:
            with transaction.atomic():
                _post_reminder(row)
            sent += 1
        except RemindedToday:
            log.info("An address got a reminder today already; the rule waits for tomorrow")
    return sent
