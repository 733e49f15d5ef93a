"""Mails are rows first: none lost, none sent twice without need, nothing said that is not known (P45)."""

import datetime as dt
import logging

import pytest
from django.core import mail as django_mail
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cohes3ion.accounts import delivery
from cohes3ion.accounts.delivery import PAUSES, deliver, deliver_due
from cohes3ion.accounts.letters import Letter, message_of
from cohes3ion.accounts.models import Mail
from cohes3ion.accounts.outbox import post, post_again
from tests.accounts.mail_server import mail_server
from tests.factories.mapping import UserFactory

pytestmark = pytest.mark.django_db


def letter(**values: str) -> Letter:
    given = {
        "key": "one",
        "kind": "invitation",
        "to": "zoë@test.invalid",
        "subject": "Γεια σου",
        "text": "A\n\nB",
    }
    return Letter(**{**given, "to": "zoe@test.invalid", "link": "https://a.example/x", **values})


def due_again(row: Mail) -> Mail:
    Mail.objects.filter(pk=row.pk).update(next_try_at=timezone.now())
    row.refresh_from_db()
    return row


@pytest.fixture
def server(settings):
    with mail_server(settings) as server:
        yield server


def test_a_mail_is_sent_once_and_its_address_forgotten(server):
    row = post(letter())
    assert post(letter()).pk == row.pk
    deliver_due()
    deliver(mail_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts, row.link) == ("sent", 1, "")
    (taken,) = server.taken
    assert taken["Message-ID"] == row.message_id
    texts = [part.get_payload(decode=True).decode() for part in taken.walk() if not part.is_multipart()]
    assert [("https://a.example/x" in text, "http://evil" in text) for text in texts] == [(True, False)] * 2


def test_p45_a_line_dropped_before_250_is_tried_once_more_and_said_to_be_uncertain(server, caplog):
    """Accepted, then dropped: two copies at most, with one Message-ID; the log says "may have been sent"."""
    server.how = "drop"
    row = post(letter())
    deliver_due()
    row.refresh_from_db()
    assert (row.state, row.doubts) == ("waiting", 1)
    deliver_due()  # too early
    assert len(server.taken) == 1
    for _try in range(3):
        due_again(row)
        deliver_due()
    row.refresh_from_db()
    assert (row.state, row.doubts, len(server.taken)) == ("uncertain", 2, 2)
    assert {taken["Message-ID"] for taken in server.taken} == {row.message_id}
    assert all("may have been sent" in entry.message for entry in caplog.records)
    assert len(caplog.records) == 2


def test_p45_negative_control_a_doubt_taken_for_a_failure(server, caplog, monkeypatch):
    """As many do: tried again and again, a copy each time, and the log claims that none was sent."""
    monkeypatch.setattr(delivery, "doubt", delivery.try_later)
    server.how = "drop"
    row = post(letter())
    for _try in range(4):
        deliver_due()
        due_again(row)
    assert len(server.taken) == 4
    assert not any("may have been sent" in entry.message for entry in caplog.records)


def test_p45_a_server_that_answers_makes_no_doubt(server, caplog):
    """The control: the same way with a server that says 250 leaves one copy and no word in the log."""
    caplog.set_level(logging.WARNING)
    row = post(letter())
    deliver_due()
    due_again(row)
    deliver_due()
    row.refresh_from_db()
    assert (row.state, row.doubts, len(server.taken), caplog.records) == ("sent", 0, 1, [])


def test_the_second_try_after_a_doubt_may_succeed(server):
    server.how = "drop"
    row = post(letter())
    deliver_due()
    server.how = "take"
    due_again(row)
    deliver_due()
    row.refresh_from_db()
    assert (row.state, len(server.taken)) == ("sent", 2)


def test_a_refused_address_is_not_tried_again(server):
    server.how = "refuse"
    row = post(letter())
    deliver_due()
    row.refresh_from_db()
    assert (row.state, row.attempts, server.taken) == ("failed", 1, [])
    server.how = "take"
    assert post_again(mail=row) is True
    deliver_due()
    row.refresh_from_db()
    assert (row.state, row.error) == ("sent", "")
    assert post_again(mail=row) is False


@pytest.mark.parametrize("how", ["later", "nobody answers"])
def test_pauses_grow_until_it_is_given_up(server, settings, how):
    server.how = how
    settings.EMAIL_PORT = settings.EMAIL_PORT if how == "later" else 9
    row = post(letter())
    pauses = []
    for _try in PAUSES:
        deliver_due()
        row.refresh_from_db()
        pauses.append(round((row.next_try_at - timezone.now()) / dt.timedelta(minutes=1)))
        due_again(row)
    assert (row.state, pauses) == ("waiting", [1, 5, 30, 120, 480])
    deliver_due()
    row.refresh_from_db()
    assert (row.state, row.attempts, server.taken) == ("failed", 6, [])
    assert row.link == "https://a.example/x"


def test_what_a_dead_worker_left_is_tried_once_more(server):
    row = post(letter())
    gone = timezone.now() - dt.timedelta(seconds=1)
    for expected in ("waiting", "uncertain"):
        Mail.objects.filter(pk=row.pk).update(state="sending", attempts=1, lease_until=gone)
        deliver_due()
        row.refresh_from_db()
        assert row.state == expected
    assert server.taken == []


def test_a_mail_of_a_change_that_was_undone_is_never_sent():
    with transaction.atomic():
        post(letter())
        transaction.set_rollback(True)
    assert (deliver_due(), Mail.objects.count()) == (0, 0)


def test_the_html_says_the_same_and_loads_nothing():
    row = post(
        letter(text="<b>Name</b> & Söhne\n\nSecond", subject="Line\nbreak", reply_to="lead@test.invalid")
    )
    message = message_of(row)
    html = message.alternatives[0][0]
    assert message.subject == "Line break"
    assert message.reply_to == ["lead@test.invalid"]
    assert "&lt;b&gt;Name&lt;/b&gt; &amp; Söhne" in html
    assert "<b>Name</b> & Söhne" in message.body
    assert not any(word in html for word in ("<img", "<link", "<style", "style=", "url("))


def test_a_reset_mail_goes_through_the_outbox_and_is_not_kept(server):
    person = UserFactory(email="anna@test.invalid")
    for address in (person.email, "nobody@test.invalid"):
        reply = Client().post(reverse("account_reset_password"), {"email": address})
        assert reply.status_code == 302
    assert Mail.objects.filter(state="waiting", kind="account").count() == 2
    deliver_due()
    assert len(server.taken) == 2
    assert set(Mail.objects.values_list("state", "text")) == {("sent", "")}
    assert django_mail.outbox == []


def test_a_worker_sends_what_was_committed(worker, wait_until, settings):
    """The worker process has its own settings: it keeps the mail in its memory and says so in the row."""
    row = post(letter())
    wait_until(lambda: Mail.objects.get(pk=row.pk).state == "sent", seconds=20, what="a sent mail")
