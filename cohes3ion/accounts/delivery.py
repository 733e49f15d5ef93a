"""Giving mails to the mail server: tried again with growing pauses, and honest about what is not known."""

import datetime as dt
import logging
import smtplib
from typing import Any

from django.core.mail import get_connection
from django.db.models import F
from django.utils import timezone

from cohes3ion.accounts.letters import message_of
from cohes3ion.accounts.models import Mail, MailKind, MailState

log = logging.getLogger(__name__)
LEASE = dt.timedelta(minutes=6)  # longer than the hard time limit of a task
PAUSES = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480)]
AT_ONCE = 20


def deliver(*, mail_id: int) -> None:
    """Send one mail that is due. A second worker with the same id finds it taken and does nothing."""
    now = timezone.now()
    taken = Mail.objects.due().filter(pk=mail_id)
    if not taken.update(state=MailState.SENDING, lease_until=now + LEASE, attempts=F("attempts") + 1):
        return
    mail = Mail.objects.get(pk=mail_id)
    connection = get_connection()
    try:
        message = message_of(mail)
        connection.open()
    except (smtplib.SMTPException, OSError) as error:
        return try_later(mail, error)
    try:
        connection.send_messages([message])
    except smtplib.SMTPServerDisconnected as error:
        return doubt(mail, error)
    except smtplib.SMTPException as error:
        return give_up(mail, error) if is_final(error) else try_later(mail, error)
    except UnicodeError as error:
        return give_up(mail, error)
    except OSError as error:
        return doubt(mail, error)
    finally:
        close(connection)
    # The address in it, or the whole text about an account, opens something: it is not kept.
    kept = {"link": "", "calendar": "", "html": "", "unsubscribe": ""}
    if mail.kind in (MailKind.ACCOUNT, MailKind.NEWSLETTER):
        kept["text"] = ""
    end(mail, state=MailState.SENT, sent_at=timezone.now(), error="", **kept)


def close(connection: Any) -> None:
    """The answer about the mail is known; how the line ends is of no interest."""
    try:
        connection.close()
    except (smtplib.SMTPException, OSError) as error:
        log.info("The line to the mail server ended badly: %s", error)


def is_final(error: smtplib.SMTPException) -> bool:
    """The server refuses this mail for good (5xx). A 4xx asks to come again."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and int(error.smtp_code) >= 500


def end(mail: Mail, **values: Any) -> None:
    """Write how the attempt ended, only if this worker still has the mail."""
    mine = Mail.objects.filter(pk=mail.pk, state=MailState.SENDING, attempts=mail.attempts)
    mine.update(lease_until=None, **values)


def try_later(mail: Mail, error: Exception) -> None:
    """Certainly not sent. Wait longer each time; after the last time it stays as not sent."""
    if mail.attempts > len(PAUSES):
        return give_up(mail, error)
    log.warning("Mail %s was not sent, next try follows: %s", mail.support_id, error)
    next_try = timezone.now() + PAUSES[mail.attempts - 1]
    end(mail, state=MailState.WAITING, next_try_at=next_try, error=short(error))


def give_up(mail: Mail, error: Exception) -> None:
    if mail.doubts:
        return uncertain(mail, error)
    log.error("Mail %s was not sent: %s", mail.support_id, error)
    end(mail, state=MailState.FAILED, error=short(error))


def doubt(mail: Mail, error: Exception) -> None:
    """The line broke while the server had the mail. One more time with the same Message-ID, never a third."""
    if mail.doubts:
        return uncertain(mail, error)
    log.warning("Mail %s %s may have been sent, it is tried once more", mail.support_id, mail.message_id)
    next_try = timezone.now() + PAUSES[0]
    end(mail, state=MailState.WAITING, doubts=1, next_try_at=next_try, error=short(error))


def uncertain(mail: Mail, error: Exception) -> None:
    log.error("Mail %s %s may have been sent: %s", mail.support_id, mail.message_id, error)
    end(mail, state=MailState.UNCERTAIN, doubts=F("doubts") + 1, error=short(error))


def short(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]


def deliver_due() -> int:
    """Send what waits, and judge what a dead worker left behind. Returns how many were tried."""
    for mail in Mail.objects.abandoned():
        doubt(mail, TimeoutError("the worker stopped while sending"))
    due = list(Mail.objects.due().order_by("next_try_at").values_list("pk", flat=True)[:AT_ONCE])
    for pk in due:
        deliver(mail_id=pk)
    return len(due)
