"""The page of reminders: ready words, edited words, who is left out; and the way to stop them."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.models import Assignment, Reminder, ReminderStop
from governance.selectors.reminder_texts import stop_token
from mapping.enums import Role
from mapping.models import RegionMap
from tests.factories.assessment import Assessment, assessment
from tests.factories.mapping import RegionMapFactory, member

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def room() -> Assessment:
    room = assessment()
    Assignment.objects.create(
        region_map=room.region_map, response=room.team, part="E1", person=room.contributor, due_on=TODAY
    )
    return room


def at(room: Assessment, action: str = "") -> str:
    return reverse("governance:reminder_list", args=[room.region_map.exercise.slug]) + action


def key(person) -> str:
    return f"user-{person.pk}"


def test_the_coordinator_reads_changes_and_sends_a_text(client, room):
    client.force_login(room.coordinator)
    page = client.get(at(room)).content.decode()
    assert [words in page for words in (f"Dear {room.contributor.name},", "Smart priorities", "due on")] == [
        True
    ] * 3
    sent = {"who": key(room.contributor), "subject": "E1", "text": "Please <b>today</b>."}
    assert client.post(at(room, "send/"), sent).status_code == 302
    page = client.get(at(room)).content.decode()
    assert ("Reminded today" in page, "Waiting" in page) == (True, True)
    reply = client.post(at(room, "send/"), sent)
    assert (reply.status_code, "One a day is enough." in reply.content.decode()) == (409, True)
    assert "Please &lt;b&gt;today&lt;/b&gt;." in reply.content.decode()


def test_the_ready_text_goes_to_those_who_were_ticked(client, room):
    client.force_login(room.facilitator)
    sent = {"who": [key(room.contributor), key(room.lead), "user-0"]}
    client.post(at(room, "send-ready/"), sent)
    assert set(Reminder.objects.values_list("address", flat=True)) == {
        room.contributor.email,
        room.lead.email,
    }
    assert "No reminder left" in client.post(at(room, "send-ready/"), sent, follow=True).content.decode()


def test_a_lead_reminds_the_own_region_only(client, room):
    other = assessment(region_map=RegionMapFactory(exercise=room.region_map.exercise))
    client.force_login(other.lead)
    page = client.get(at(room)).content.decode()
    assert (other.lead.email in page, room.lead.email in page) == (True, False)
    sent = {"who": key(room.lead), "subject": "S", "text": "T"}
    assert client.post(at(room, "send/"), sent).status_code == 409
    row = Reminder.objects.create(
        exercise=room.region_map.exercise, region=room.region_map.region, address="a@b.invalid", name="N"
    )
    assert client.post(at(room, f"{row.pk}/cancel/")).status_code == 404
    client.force_login(room.lead)
    assert client.post(at(room, f"{row.pk}/cancel/")).status_code == 302
    assert Reminder.objects.get(pk=row.pk).state == "cancelled"


def test_the_list_is_narrowed_and_a_write_keeps_the_choice(client, room):
    other = assessment(region_map=RegionMapFactory(exercise=room.region_map.exercise))
    client.force_login(room.coordinator)
    only = f"?region={other.region_map.region.slug}"
    page = client.get(at(room, only)).content.decode()
    assert (other.lead.email in page, room.lead.email in page) == (True, False)
    assert other.lead.email not in client.get(at(room, "?late=1&page=99")).content.decode()
    sent = {"who": key(other.lead), "subject": "S", "text": "T"}
    assert client.post(at(room, f"send/{only}"), sent)["Location"] == at(room, only)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"subject": "", "text": "Kept text"}, "Write a subject."),
        ({"subject": "S", "text": " "}, "Write what you remind of."),
        ({"subject": "S", "text": "Kept text", "send_on": "soon"}, "Enter a date"),
        ({"subject": "S", "text": "Kept text", "send_on": "2020-01-01"}, "from tomorrow on"),
        ({"subject": "S" * 201, "text": "Kept text"}, "you wrote 201"),
    ],
)
def test_what_cannot_be_sent_says_why_and_stays(client, room, sent, words):
    client.force_login(room.coordinator)
    reply = client.post(at(room, "send/"), {"who": key(room.lead), **sent})
    page = reply.content.decode()
    assert (reply.status_code, words in page, sent["text"].strip() in page) == (422, True, True)
    assert Reminder.objects.count() == 0


def test_a_day_is_kept_and_shown(client, room):
    client.force_login(room.coordinator)
    day = TODAY + dt.timedelta(days=2)
    sent = {"who": key(room.lead), "subject": "S", "text": "My words", "send_on": str(day)}
    client.post(at(room, "send/"), sent)
    page = client.get(at(room)).content.decode()
    assert (f'value="{day}"' in page, "My words" in page, "Do not send" in page) == (True, True, True)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"days_before": "7", "version": "1"}, 302),
        ({"days_before": "", "version": "1"}, 302),
        ({"days_before": "0", "version": "1"}, 422),
        ({"days_before": "many", "version": "1"}, 422),
        ({"days_before": "7"}, 428),
        ({"days_before": "7", "version": "3"}, 409),
    ],
)
def test_the_rule_of_the_round(client, room, sent, status):
    client.force_login(room.coordinator)
    assert client.post(at(room, "rule/"), sent).status_code == status


def test_whoever_gets_reminders_can_stop_them_without_an_account(room):
    row = Reminder.objects.create(exercise=room.region_map.exercise, address="a@b.invalid", name="N")
    address = reverse("governance:reminder_stop", args=[stop_token(row)])
    browser = Client()
    assert "Stop reminding me" in browser.get(address).content.decode()
    assert ReminderStop.objects.count() == 0  # opening the link changes nothing
    page = browser.post(f"{address}save/", {"stop": "yes"}, follow=True).content.decode()
    assert ("Remind me again" in page, ReminderStop.objects.get().address) == (True, "a@b.invalid")
    browser.post(f"{address}save/", {"stop": "no"})
    assert ReminderStop.objects.count() == 0
    assert browser.get(address.replace("/reminders/", "/reminders/x")).status_code == 404


def test_strangers_and_members_without_the_right(client, room):
    client.force_login(assessment().coordinator)
    assert client.get(at(room)).status_code == 404
    for role in (Role.OBSERVER, Role.CONTRIBUTOR, Role.STAKEHOLDER):
        client.force_login(member(role, RegionMap.objects.get(pk=room.region_map.pk)))
        assert client.get(at(room)).status_code == 403
