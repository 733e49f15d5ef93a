"""Subscribing in two steps, ending it in one, and forgetting an address."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cohes3ion.accounts.letters import Letter
from cohes3ion.accounts.models import Mail, MailKind
from cohes3ion.accounts.outbox import hold_back, post
from journeys.enums import SubscriberState
from journeys.models import Delivery, Subscriber
from journeys.selectors.subscriptions import DAYS, confirm_link, consent_words, stop_link
from mapping.models import Project

# Nobody's network address is kept for counting: a partnership takes so many new addresses in a while, an
# address so many mails.
CROWD, WHILE = 60, dt.timedelta(minutes=10)
MOST_MAILS, HOURS = 3, 1
STOPPED_DAYS = 30


class TooMany(Exception):
    """A crowd at this moment: try again later."""


@transaction.atomic
def ask(*, project: Project, email: str, language: str) -> None:
    """Write to the address; only its owner can confirm. Raises TooMany.

    Whether the address is known shows in the mail alone, never on the page.
    """
    now = timezone.now()
    crowd = Subscriber.objects.filter(project=project, asked_at__gte=now - WHILE).count()
    if crowd >= CROWD:
        raise TooMany
    row, _is_new = Subscriber.objects.select_for_update().get_or_create(
        project=project,
        email=email.strip().lower(),
        defaults={"language": language, "consent_text": consent_words()},
    )
    if _mails_lately(row) >= MOST_MAILS:
        return
    if row.state == SubscriberState.CONFIRMED:
        return _write_known(row)
    row.generation += 0 if _is_new else 1
    row.state, row.language, row.consent_text, row.asked_at = "asked", language, consent_words(), now
    row.save()
    _write_question(row)


def _mails_lately(row: Subscriber) -> int:
    since = timezone.now() - dt.timedelta(hours=HOURS)
    rows = Mail.objects.filter(kind=MailKind.NEWSLETTER, to=row.email, created_at__gte=since)
    return rows.filter(key__startswith="newsletter-ask-").count()


def _post(row: Subscriber, what: str, letter: Any) -> None:
    with translation.override(row.language):
        subject, paragraphs, action, link = letter()
        mail = Letter(
            key=f"newsletter-ask-{row.pk}-{what}",
            kind=MailKind.NEWSLETTER,
            to=row.email,
            subject=subject,
            text="\n\n".join(paragraphs),
            language=row.language,
            action=action,
            link=link,
        )
    post(mail)


def _write_question(row: Subscriber) -> None:
    names = {"project": row.project.acronym, "days": DAYS}
    _post(
        row,
        f"{row.generation}",
        lambda: (
            _("Please confirm: newsletter of %(project)s") % names,
            [
                _("Somebody, most likely you, entered this address for the newsletter of %(project)s.")
                % names,
                _("Open the page and press the button there: only then do you get it.") % names,
                _("If it was not you, do nothing. After %(days)d days the address is deleted.") % names,
            ],
            _("Confirm the subscription"),
            confirm_link(row),
        ),
    )


def _write_known(row: Subscriber) -> None:
    names = {"project": row.project.acronym}
    _post(
        row,
        f"known-{timezone.now():%Y%m%d%H}",
        lambda: (
            _("You get the newsletter of %(project)s already") % names,
            [_("This address was entered once more. Nothing was changed.")],
            _("End the subscription"),
            stop_link(row),
        ),
    )


@transaction.atomic
def confirm(*, subscriber: Subscriber) -> None:
    """Twice is once."""
    asked = Subscriber.objects.filter(pk=subscriber.pk, state=SubscriberState.ASKED)
    asked.update(state=SubscriberState.CONFIRMED, confirmed_at=timezone.now())


@transaction.atomic
def stop(*, subscriber: Subscriber) -> None:
    """Twice is once. What waits for the address is held back; links that would confirm it are void."""
    row = Subscriber.objects.select_for_update().filter(pk=subscriber.pk).first()
    if row is None or row.state == SubscriberState.STOPPED:
        return
    hold_back(mails=list(Delivery.objects.filter(subscriber=row).values_list("mail", flat=True)))
    row.state, row.generation, row.asked_at = SubscriberState.STOPPED, row.generation + 1, timezone.now()
    row.save(update_fields=["state", "generation", "asked_at"])


@transaction.atomic
def forget(*, subscriber: Subscriber) -> None:
    """The address goes with every mail to it that was about newsletters."""
    mails = Delivery.objects.filter(subscriber=subscriber).values_list("mail", flat=True)
    Mail.objects.filter(pk__in=list(mails)).delete()
    Mail.objects.filter(key__startswith=f"newsletter-ask-{subscriber.pk}-").delete()
    subscriber.delete()


def forget_old() -> int:
    """Addresses nobody confirmed, and those that ended it a while ago. Returns how many."""
    now = timezone.now()
    late = Subscriber.objects.filter(state="asked", asked_at__lt=now - dt.timedelta(days=DAYS))
    ended = Subscriber.objects.filter(state="stopped", asked_at__lt=now - dt.timedelta(days=STOPPED_DAYS))
    rows = [*late, *ended]
    for row in rows:
        forget(subscriber=row)
    return len(rows)
