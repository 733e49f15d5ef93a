"""The only place that puts mails on the queue."""

import logging

from django.db import transaction
from kombu.exceptions import OperationalError

from cohes3ion.accounts.models import Mail
from cohes3ion.accounts.tasks import deliver

log = logging.getLogger(__name__)


def enqueue(mail_id: int) -> None:
    """Ring the bell. A broker that does not answer is no error: the sweep finds the row."""
    try:
        deliver.delay(mail_id)
    except (OperationalError, OSError) as error:
        log.warning("The broker does not answer, mail %s waits: %s", mail_id, error)


def start_delivery(*, mail: Mail) -> None:
    """Send after the commit: what is rolled back was never said."""
    transaction.on_commit(lambda: enqueue(mail.pk))
