"""Two workers begin with the same newsletter at the same moment: every address gets one mail."""

import threading

import pytest
from django.utils import timezone

from cohes3ion.accounts.models import Mail
from journeys.models import Delivery
from journeys.selectors.newsletter_content import content_of
from journeys.services import mailings
from tests.at_once import LOCKS, at_once
from tests.factories.exchange import NewsletterFactory, SubscriberFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_workers_at_once_write_one_mail_to_each_address(monkeypatch):
    letter = NewsletterFactory(intro="Hello")
    SubscriberFactory.create_batch(5, project=letter.project, confirmed_at=timezone.now())
    seen = mailings.content_mark(content_of(letter))
    mailings.send(newsletter=letter, seen=seen, by=None)
    both, moulded = threading.Barrier(2 if LOCKS else 1, timeout=20), mailings.mould

    def looked(newsletter):
        both.wait()
        return moulded(newsletter)

    monkeypatch.setattr(mailings, "mould", looked)

    def work():
        return mailings.spread(newsletter_id=letter.pk)

    assert sum(at_once(work, work) if LOCKS else [work(), work()]) == 5
    assert (Mail.objects.count(), Delivery.objects.values("subscriber").distinct().count()) == (5, 5)
