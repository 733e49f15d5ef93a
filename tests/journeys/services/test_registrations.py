"""Registering: places, the waiting list, mails, withdrawing, deleting, forgetting."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from cohes3ion.accounts.letters import message_of
from cohes3ion.accounts.models import Mail
from cohes3ion.lib.tokens import token_hash
from journeys.enums import RegistrationState
from journeys.models import Event, Registration
from journeys.selectors.registrations import find_registration, personal_token
from journeys.services import event_care, registrations
from journeys.services.events import announce, cancel, set_times
from tests.factories.exchange import EventFactory, RegistrationFactory
from tests.factories.mapping import UserFactory

pytestmark = pytest.mark.django_db
LONG_AGO = dt.datetime(2021, 3, 25, 10, tzinfo=dt.UTC)
NOBODY = AnonymousUser()


def come(event, number, *, language="en", user=NOBODY, **values):
    values = {"name": f"Guest {number}", "email": f"guest{number}@test.invalid", **values}
    return registrations.register(
        event=event, values=values, user=user, language=language, zone="Europe/Dublin"
    )


@pytest.fixture
def event():
    return EventFactory(takes_registrations=True, capacity=2, online_url="https://meet.example/room")


def subjects():
    return list(Mail.objects.order_by("pk").values_list("to", "subject"))


def test_places_then_waiting_list_then_moving_up(event):
    first, second, third, fourth = (come(event, number) for number in range(1, 5))
    states = [row.state for row in (first, second, third, fourth)]
    assert states == ["registered", "registered", "waiting", "waiting"]
    assert [row.pk for row in registrations.withdraw(registration=first)] == [third.pk]
    assert registrations.withdraw(registration=first) == []
    assert [row.state for row in Registration.objects.order_by("pk")] == [
        *["withdrawn", "registered", "registered", "waiting"]
    ]
    assert subjects() == [
        ("guest1@test.invalid", f"You are registered: {event}"),
        ("guest2@test.invalid", f"You are registered: {event}"),
        ("guest3@test.invalid", f"Waiting list: {event}"),
        ("guest4@test.invalid", f"Waiting list: {event}"),
        ("guest3@test.invalid", f"You have a place: {event}"),
    ]


def test_nobody_overtakes_those_who_wait(event):
    for number in range(3):
        come(event, number)
    Event.objects.filter(pk=event.pk).update(capacity=3)
    # The place that was added is not given away before those who wait have been asked.
    assert come(event, 9).state == "waiting"
    assert [row.email for row in registrations.fill_places(event=event)] == ["guest2@test.invalid"]


def test_who_withdrew_may_come_again_and_an_address_counts_once_in_every_case(event):
    row = come(event, 1)
    assert come(event, 2, email="GUEST1@test.invalid").pk == row.pk
    assert come(event, 2, email="guest1@test.invalid").pk == row.pk
    assert [subject for _to, subject in subjects()] == [
        f"You are registered: {event}",
        f"You had registered already: {event}",
    ]
    registrations.withdraw(registration=row)
    assert come(event, 1).pk != row.pk


@pytest.mark.parametrize(
    "change",
    [
        {"state": "cancelled"},
        {"state": "draft"},
        {"takes_registrations": False},
        {"registration_until": timezone.now() - dt.timedelta(minutes=1)},
        {
            "starts_at": timezone.now() - dt.timedelta(days=2),
            "ends_at": timezone.now() - dt.timedelta(days=1),
        },
    ],
)
def test_a_closed_event_takes_nobody(event, change):
    Event.objects.filter(pk=event.pk).update(**change)
    with pytest.raises(registrations.NotOpen):
        come(event, 1)
    assert Registration.objects.count() == Mail.objects.count() == 0


def test_crowds_and_floods_of_mails_are_stopped(event, monkeypatch):
    monkeypatch.setattr(registrations, "CROWD", 2)
    monkeypatch.setattr(registrations, "MOST_MAILS", 2)
    come(event, 1)
    come(event, 2)
    with pytest.raises(registrations.TooMany):
        come(event, 3)
    come(event, 1)  # the mail that says so is the second one
    with pytest.raises(registrations.TooMany):
        come(event, 1)


def test_the_confirmation_speaks_the_persons_language_and_carries_the_event(event):
    come(event, 1, language="es", name="Łucja Παπαδοπούλου 王")
    mail = Mail.objects.get()
    message = message_of(mail).message()
    parts = {part.get_content_type(): part for part in message.walk()}
    calendar = parts["text/calendar"]
    assert calendar.get_param("method") == "PUBLISH"
    content = calendar.get_payload(decode=True).decode()
    assert "BEGIN:VEVENT" in content
    assert "meet.example/room" in content
    assert mail.language == "es"
    assert "Łucja Παπαδοπούλου 王" in mail.text
    assert "https://meet.example/room" in mail.text


def test_who_waits_does_not_get_the_link(event):
    for number in range(3):
        come(event, number)
    waiting = Mail.objects.order_by("pk").last()
    assert "meet.example" not in waiting.text + waiting.calendar


def test_only_the_hash_of_the_personal_link_is_kept(event):
    row = come(event, 1)
    token = personal_token(row)
    assert row.token_hash == token_hash(token)
    assert find_registration(key=token, user=NOBODY) == row
    for altered in (token[:-1], token + "A", token.swapcase(), f"own-{row.pk}", ""):
        assert find_registration(key=altered, user=NOBODY) is None
    assert token in Mail.objects.get().link


def test_ones_own_account_opens_ones_own_registration_only(event):
    user, other = UserFactory(), UserFactory()
    row = come(event, 1, user=user, email=user.email)
    assert find_registration(key=f"own-{row.pk}", user=user) == row
    assert find_registration(key=f"own-{row.pk}", user=other) is None
    # Registering a colleague does not make the registration one's own.
    assert come(event, 2, user=user).user is None


def test_deletion_takes_name_and_address_out_of_every_table(event):
    first = come(event, 1, name="Ada Canary", email="canary@test.invalid")
    for number in (2, 3):
        come(event, number)
    moved = registrations.forget(registration=first)
    assert [row.email for row in moved] == ["guest3@test.invalid"]
    assert not Registration.objects.filter(email="canary@test.invalid").exists()
    assert not Mail.objects.filter(to="canary@test.invalid").exists()


def test_forgetting_after_the_event_keeps_the_number_only(event, settings):
    settings.EVENT_PEOPLE_DAYS = 30
    for number, attended in ((1, True), (2, True), (3, False), (4, None)):
        RegistrationFactory(event=event, has_attended=attended, email=f"guest{number}@test.invalid")
    assert event_care.forget_old() == 0
    over = timezone.now() - dt.timedelta(days=31)
    Event.objects.filter(pk=event.pk).update(starts_at=over - dt.timedelta(hours=1), ends_at=over)
    assert event_care.forget_old() == 4
    event.refresh_from_db()
    assert (event.registrations.count(), event.people_reached) == (0, 2)


def test_forgetting_never_makes_an_unknown_number_zero(event):
    RegistrationFactory(event=event)
    over = timezone.now() - dt.timedelta(days=400)
    Event.objects.filter(pk=event.pk).update(starts_at=over - dt.timedelta(hours=1), ends_at=over)
    event_care.forget_old()
    event.refresh_from_db()
    assert event.people_reached is None


def test_reminders_go_once_in_the_last_day(event):
    soon = timezone.now() + dt.timedelta(hours=20)
    Event.objects.filter(pk=event.pk).update(starts_at=soon, ends_at=soon + dt.timedelta(hours=1))
    early = timezone.now() - dt.timedelta(days=3)
    RegistrationFactory(event=event, registered_at=early, email="early@test.invalid")
    RegistrationFactory(event=event, registered_at=early, email="waits@test.invalid", state="waiting")
    RegistrationFactory(event=event, email="just-now@test.invalid")
    event_care.remind()
    event_care.remind()
    assert subjects() == [("early@test.invalid", f"Soon: {event}")]


def test_changes_are_told_once_and_a_quiet_while_later_by_themselves(event):
    RegistrationFactory(event=event, email="guest@test.invalid")
    later = event.starts_at + dt.timedelta(hours=1)
    values = {"starts_at": later, "ends_at": later + dt.timedelta(hours=1)}
    event = set_times(event=event, values={**values, "time_zone": "Europe/Brussels"}, expected=1, by=None)
    assert event_care.tell_quiet_changes() == 0, "somebody may still be typing"
    Event.objects.filter(pk=event.pk).update(edited_at=timezone.now() - dt.timedelta(hours=1))
    assert event_care.tell_quiet_changes() == 1
    assert event_care.tell_changes(event=event) == 0
    assert subjects() == [("guest@test.invalid", f"Changed: {event}")]


def test_a_cancellation_reaches_everybody_who_counted_on_it(event):
    RegistrationFactory(event=event, email="has-a-place@test.invalid")
    RegistrationFactory(event=event, email="waits@test.invalid", state=RegistrationState.WAITING)
    RegistrationFactory(event=event, email="gone@test.invalid", state=RegistrationState.WITHDRAWN)
    RegistrationFactory(event=event, email="participant-1@demo.invalid")
    _event, told = cancel(event=event, reason="The hall burned down", expected=1, by=None)
    assert told == 3
    assert subjects() == [
        ("has-a-place@test.invalid", f"Cancelled: {event}"),
        ("waits@test.invalid", f"Cancelled: {event}"),
    ]
    mail = Mail.objects.earliest("pk")
    assert "The hall burned down" in mail.text
    assert "STATUS:CANCELLED" in mail.calendar
    assert registrations.fill_places(event=event) == []


def test_what_was_written_before_the_announcement_is_no_change(event):
    Event.objects.filter(pk=event.pk).update(state="draft", field_versions={"title": 4})
    draft = Event.objects.get(pk=event.pk)
    shown = announce(event=draft, expected=1, by=None)
    shown.refresh_from_db()
    assert not event_care.untold(shown)
