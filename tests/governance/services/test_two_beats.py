"""Two beats look for who was named in the same moment: each person gets one mail."""

import threading

import pytest
from django.db import connection

from cohes3ion.accounts.models import Mail
from governance.models import Mention
from governance.services import mention_letters
from tests.factories.assessment import assessment
from tests.governance.services.test_mention_letters import say

# SQLite lets one writer in at a time: there, one comes after the other.
LOCKS = connection.vendor == "postgresql"
pytestmark = pytest.mark.django_db(transaction=True)


def test_two_beats_at_once_write_one_mail(monkeypatch):
    room = assessment()
    type(room.contributor).objects.filter(pk=room.contributor.pk).update(name="Luka Zupan")
    say(room)
    both, told, tell = threading.Barrier(2 if LOCKS else 1, timeout=20), [], mention_letters._tell

    def found(person):
        both.wait()
        return tell(person)

    monkeypatch.setattr(mention_letters, "_tell", found)

    def beat():
        try:
            told.append(mention_letters.send_due())
        finally:
            connection.close()

    beats = [threading.Thread(target=beat) for _n in range(2)]
    for thread in beats:
        thread.start()
        if not LOCKS:
            thread.join()
    for thread in beats:
        thread.join()
    assert sorted(told) == [0, 1]
    assert (Mail.objects.count(), Mention.objects.filter(mailed_at=None).count()) == (1, 0)
