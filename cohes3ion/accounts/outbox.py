"""The one door through which mails leave: a row in the transaction of what they tell about."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone

from cohes3ion.accounts.jobs import start_delivery
from cohes3ion.accounts.letters import Letter
from cohes3ion.accounts.models import Mail, MailState
from cohes3ion.lib.authors import stored


def post(letter: Letter, *, by: Any = None) -> Mail:
    """Write a mail down and have it sent after the commit. The same key is the same mail."""
    values = {**asdict(letter), "subject": letter.subject[:200]}
    author = stored(by)
    mail, is_new = Mail.objects.get_or_create(
        key=values.pop("key"), defaults={**values, "created_by": author}
    )
    if is_new:
        start_delivery(mail=mail)
    return mail


def post_again(*, mail: Mail) -> bool:
    """Try a mail that was not sent, or may not have been, once more. False when it is sent or waits."""
    again = Mail.objects.filter(pk=mail.pk, state__in=[MailState.FAILED, MailState.UNCERTAIN])
    if not again.update(state=MailState.WAITING, attempts=0, doubts=0, next_try_at=timezone.now()):
        return False
    start_delivery(mail=mail)
    return True


def hold_back(*, mails: Any) -> int:
    """Stop those of the mails that wait; what is on its way or sent cannot be called back."""
    waiting = Mail.objects.filter(pk__in=mails, state=MailState.WAITING)
    return int(waiting.update(state=MailState.STOPPED))


def let_go(*, mails: Any) -> int:
    """Let mails that were held back wait for the next round of sending."""
    stopped = Mail.objects.filter(pk__in=mails, state=MailState.STOPPED)
    return int(stopped.update(state=MailState.WAITING, next_try_at=timezone.now()))
