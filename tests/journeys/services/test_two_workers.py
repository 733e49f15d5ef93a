"""Two workers begin with the same newsletter at the same moment: every address gets one mail."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from cohes3ion.accounts.models import Mail
from journeys.models import Delivery
from journeys.selectors.newsletter_content import content_of
from journeys.services import mailings
from tests.factories.exchange import NewsletterFactory, SubscriberFactory

# SQLite lets one writer in at a time: there, one comes after the other.
LOCKS = connection.vendor == "postgresql"
pytestmark = pytest.mark.django_db(transaction=True)


def test_two_workers_at_once_write_one_mail_to_each_address(monkeypatch):
    letter = NewsletterFactory(intro="Hello")
    SubscriberFactory.create_batch(5, project=letter.project, confirmed_at=timezone.now())
    seen = mailings.content_mark(content_of(letter))
    mailings.send(newsletter=letter, seen=seen, by=None)
    both, written, moulded = threading.Barrier(2 if LOCKS else 1, timeout=20), [], mailings.mould

    def looked(newsletter):
        both.wait()
        return moulded(newsletter)

    monkeypatch.setattr(mailings, "mould", looked)

    def work():
        try:
            written.append(mailings.spread(newsletter_id=letter.pk))
        finally:
            connection.close()

    if LOCKS:
        workers = [threading.Thread(target=work) for _n in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    else:
        written = [mailings.spread(newsletter_id=letter.pk) for _n in range(2)]
    assert (len(written), sum(written)) == (2, 5)
    assert (Mail.objects.count(), Delivery.objects.values("subscriber").distinct().count()) == (5, 5)
