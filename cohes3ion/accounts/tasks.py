"""What a worker does for people: sending the mails of the outbox, forgetting what has had its time."""

from celery import shared_task

from cohes3ion.accounts import delivery
from cohes3ion.accounts.limits import forget_counts
from cohes3ion.accounts.once import forget_old_replies


@shared_task(name="accounts.deliver")
def deliver(mail_id: int) -> None:
    delivery.deliver(mail_id=mail_id)


@shared_task(name="accounts.deliver_due")
def deliver_due() -> None:
    """What was lost between commit and broker, and what is to be tried again."""
    delivery.deliver_due()


@shared_task(name="accounts.forget_replies")
def forget_replies() -> None:
    """Replies kept for a retry, once nobody retries any more, and counts of minutes long over."""
    forget_old_replies()
    forget_counts()
