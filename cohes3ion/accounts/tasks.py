"""What a worker does for people: sending the mails of the outbox."""

from celery import shared_task

from cohes3ion.accounts import delivery


@shared_task(name="accounts.deliver")
def deliver(mail_id: int) -> None:
    delivery.deliver(mail_id=mail_id)


@shared_task(name="accounts.deliver_due")
def deliver_due() -> None:
    """What was lost between commit and broker, and what is to be tried again."""
    delivery.deliver_due()
