"""Who was named and has not looked gets one mail: not at once, not twice, and only for what they may see."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cohes3ion.accounts.models import Mail
from governance.models import Comment, Mention, ReminderStop, Thread
from governance.selectors.reminder_texts import stop_token, stopped_address
from governance.services import mention_letters, threads
from governance.services.mention_letters import send_due
from governance.tasks import tell_who_was_named
from mapping.models import Membership
from tests.at_once import at_once
from tests.factories.assessment import Assessment, assessment

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Assessment:
    room = assessment()
    for person, name in ((room.lead, "Ana Novak"), (room.contributor, "Luka Zupan")):
        person.name = name
        person.save()
    return room


def say(room: Assessment, text: str = "@Luka, is it the guarantee?", *, minutes_ago: int = 16) -> Thread:
    thread = threads.start_answer_thread(response=room.team, key=("1.1", None), text=text, by=room.lead)
    named_at = timezone.now() - dt.timedelta(minutes=minutes_ago)
    Comment.objects.filter(thread=thread).update(at=named_at)
    return thread


def test_the_mail_says_who_and_leads_there(room, settings):
    thread = say(room)
    tell_who_was_named()
    mail = Mail.objects.get()
    link = f"{settings.SITE_URL}/workspace/responses/{room.team.pk}/1.1/#thread-{thread.pk}"
    assert (mail.to, mail.subject) == (room.contributor.email, "Ana Novak named you in a discussion")
    assert (mail.link, mail.action) == (link, "Open the discussion")
    assert mail.text.split("\n\n")[:2] == [
        "Dear Luka Zupan,",
        "Ana Novak named you in a discussion and waits for your answer.",
    ]
    assert "guarantee" not in mail.text  # what is said stays on the site


def test_one_mail_for_all_and_none_again(room, settings):
    talks = [say(room), say(room, "And this, @Luka?")]
    assert (send_due(), send_due()) == (1, 0)
    mail = Mail.objects.get()
    at = f"{settings.SITE_URL}/workspace/responses/{room.team.pk}/1.1/#thread-"
    assert mail.text.split("\n\n")[2].splitlines() == [f"- Ana Novak: {at}{talk.pk}" for talk in talks]
    assert (mail.subject, mail.link.endswith("/workspace/")) == ("You were named in 2 discussions", True)


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_write_one_mail(room, monkeypatch):
    say(room)
    both, tell = threading.Barrier(2, timeout=20), mention_letters._tell

    def found(person):
        both.wait()
        return tell(person)

    monkeypatch.setattr(mention_letters, "_tell", found)
    assert sorted(at_once(send_due, send_due)) == [0, 1]
    assert (Mail.objects.count(), Mention.objects.filter(mailed_at=None).count()) == (1, 0)


def test_who_was_told_is_left_in_peace_for_a_while(room):
    say(room)
    send_due()
    say(room, "Once more, @Luka")
    assert send_due() == 0
    Mention.objects.filter(mailed_at__isnull=False).update(mailed_at=timezone.now() - dt.timedelta(hours=3))
    assert send_due() == 1


@pytest.mark.parametrize(
    "minutes_ago, sent", [(14, 0), (16, 1), (7 * 24 * 60 - 60, 1), (7 * 24 * 60 + 60, 0)]
)
def test_not_while_they_are_at_work_and_not_after_a_week(room, minutes_ago, sent):
    say(room, minutes_ago=minutes_ago)
    assert send_due() == sent


def looked(room):
    Mention.objects.update(seen_at=timezone.now())


def taken_back(room):
    Comment.objects.update(removed_at=timezone.now())


def left_the_team(room):
    Membership.objects.filter(user=room.contributor).delete()


def wants_no_mail(room):
    ReminderStop.objects.create(address=room.contributor.email)


def gone(room):
    type(room.contributor).objects.filter(pk=room.contributor.pk).update(is_active=False)


def invented(room):
    type(room.contributor).objects.filter(pk=room.contributor.pk).update(is_demo=True)


@pytest.mark.parametrize("why", [looked, taken_back, left_the_team, wants_no_mail, gone, invented])
def test_no_mail(room, why):
    say(room)
    why(room)
    assert (send_due(), Mail.objects.count()) == (0, 0)


def test_the_mail_stops_with_its_own_link(room):
    say(room)
    send_due()
    token = stop_token(Mention.objects.get())
    assert f"/reminders/{token}/" in Mail.objects.get().text
    assert stopped_address(token) == room.contributor.email


def test_in_the_language_of_the_person(room):
    type(room.contributor).objects.filter(pk=room.contributor.pk).update(language="el")
    say(room)
    send_due()
    mail = Mail.objects.get()
    assert (mail.language, mail.text.startswith("Χαίρετε, Luka Zupan,")) == ("el", True)
    assert mail.subject == "Αναφορά σε εσάς σε συζήτηση, από: Ana Novak"


@pytest.mark.parametrize("n", [1, 30])
def test_thirty_discussions_take_as_many_queries_as_one(room, n):
    for number in range(n):
        say(room, f"Number {number}, @Luka?")
    with CaptureQueriesContext(connection) as asked:
        assert send_due() == 1
    assert len(asked) == 9
