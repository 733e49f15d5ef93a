"""Sending a newsletter: what it says is frozen, and every address gets one mail, whatever fails between."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cohes3ion.accounts.models import MailState
from cohes3ion.accounts.outbox import hold_back, let_go, post, post_again
from cohes3ion.lib.fingerprints import fingerprint
from journeys.enums import SubscriberState
from journeys.models import Delivery, Newsletter, Subscriber
from journeys.selectors.newsletter_content import content_of
from journeys.selectors.newsletters import recipients
from journeys.services.newsletter_letters import Mould, letter_to, mould, trial_letter
from journeys.services.newsletters import Sent
from mapping.services.records import keep_history


class NothingToSay(Exception):
    """Neither first words nor an item."""


class SomethingGone(Exception):
    """An item is not public any more: take it out first."""


class ChangedSince(Exception):
    """Not what the person looked at."""


def content_mark(content: dict[str, Any]) -> str:
    """Stands on the page with the button: what is sent is what was looked at."""
    return fingerprint(content)[:32]


@transaction.atomic
def send(*, newsletter: Newsletter, seen: str, by: Any) -> Newsletter:
    """Freeze it; a worker writes the mails. Raises Sent, ChangedSince, SomethingGone, NothingToSay."""
    row: Newsletter = Newsletter.objects.select_for_update().get(pk=newsletter.pk)
    if row.sent_at is not None:
        raise Sent
    content = content_of(row)
    if content_mark(content) != seen:
        raise ChangedSince
    if any(item.get("is_gone") for item in content["items"]):
        raise SomethingGone
    if not content["items"] and not row.intro.strip():
        raise NothingToSay
    row.content, row.sent_at, row.sent_by = content, timezone.now(), by
    row.version += 1
    row.save(update_fields=["content", "sent_at", "sent_by", "version"])
    keep_history(row, reason="sent_at", by=by)
    return row


def send_trial(*, newsletter: Newsletter, to: Any) -> None:
    """As it stands now, to whoever writes it; pressed twice within a minute, once."""
    content = content_of(newsletter)
    mark = f"{timezone.now():%y%m%d%H%M}-{content_mark(content)[:12]}"
    letter = trial_letter(newsletter=newsletter, content=content, to=to, mark=mark)
    post(letter, by=to)


def spread(*, newsletter_id: int) -> int:
    """One mail for every address that has none yet; how many were written. Stops when it is stopped."""
    newsletter = Newsletter.objects.unfinished().select_related("project").filter(pk=newsletter_id).first()
    if newsletter is None:
        return 0
    done = Delivery.objects.filter(newsletter=newsletter).values("subscriber")
    written, common = 0, mould(newsletter)
    for pk in list(recipients(newsletter).exclude(pk__in=done).values_list("pk", flat=True)):
        if not Newsletter.objects.unfinished().filter(pk=newsletter_id).exists():
            return written
        written += _write_to(newsletter, pk, common)
    Newsletter.objects.unfinished().filter(pk=newsletter_id).update(spread_at=timezone.now())
    return written


@transaction.atomic
def _write_to(newsletter: Newsletter, subscriber_id: int, common: Mould) -> bool:
    """The address is locked: two workers, or two languages of one number, never write to it twice."""
    rows = Subscriber.objects.select_for_update().filter(pk=subscriber_id, state=SubscriberState.CONFIRMED)
    subscriber = rows.first()
    number = {"newsletter__project": newsletter.project_id, "newsletter__number": newsletter.number}
    if subscriber is None or Delivery.objects.filter(subscriber=subscriber, **number).exists():
        return False
    mail = post(letter_to(newsletter=newsletter, subscriber=subscriber, of=common))
    Delivery.objects.create(newsletter=newsletter, subscriber=subscriber, mail=mail)
    return True


@transaction.atomic
def halt(*, newsletter: Newsletter) -> int:
    """No further mail leaves; how many were held back. Those on their way cannot be called back."""
    rows = Newsletter.objects.sent().filter(pk=newsletter.pk, stopped_at=None)
    rows.update(stopped_at=timezone.now())
    return hold_back(mails=_mails(newsletter))


@transaction.atomic
def go_on(*, newsletter: Newsletter) -> None:
    """What was held back goes, but not to those who ended their subscription meanwhile."""
    Newsletter.objects.sent().filter(pk=newsletter.pk).update(stopped_at=None)
    let_go(mails=_mails(newsletter))


def _mails(newsletter: Newsletter) -> list[int]:
    rows = Delivery.objects.filter(newsletter=newsletter, subscriber__state=SubscriberState.CONFIRMED)
    return list(rows.exclude(mail=None).values_list("mail", flat=True))


def try_again(*, newsletter: Newsletter) -> int:
    """Mails that were certainly not sent, once more; how many."""
    rows = Delivery.objects.filter(newsletter=newsletter, mail__state=MailState.FAILED)
    rows = rows.filter(subscriber__state=SubscriberState.CONFIRMED).select_related("mail")
    return sum(post_again(mail=row.mail) for row in rows)
