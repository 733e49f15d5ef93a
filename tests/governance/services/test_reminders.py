"""Reminders: in the language of the person, once a day at most, none when the work is done."""

import datetime as dt

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cohes3ion.accounts.models import Mail
from cohes3ion.celery import app
from governance.models import Assignment, Reminder, ReminderRule, ReminderStop
from governance.selectors.open_work import open_work
from governance.selectors.reminder_texts import ReadyText, ready_text, stop_token, stopped_address
from governance.selectors.reminders import reminder_page
from governance.services import reminders as services
from governance.services.invitations import create_link
from governance.services.maps import open_consultation
from governance.tasks import send_reminders
from mapping.models import Exercise
from mapping.services.roles import take_role
from tests.factories.assessment import Assessment, assessment
from tests.factories.mapping import RegionMapFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
WORDS = ReadyText(subject="Due", text="Please look at E1.")


@pytest.fixture
def room(monkeypatch) -> Assessment:
    """A team with a section that was due yesterday; what beat does may leave at this hour."""
    monkeypatch.setattr(services, "FIRST_HOUR", 0)
    monkeypatch.setattr(services, "LAST_HOUR", 24)
    room = assessment()
    assigned(room, room.contributor, TODAY - DAY)
    return room


def assigned(room: Assessment, person, due_on, part: str = "E1") -> Assignment:
    return Assignment.objects.create(
        region_map=room.region_map, response=room.team, part=part, person=person, due_on=due_on
    )


def people(room: Assessment):
    return {row.address: row for row in open_work(exercise=room.region_map.exercise)}


def send(room: Assessment, person, **more):
    exercise = Exercise.objects.get(pk=room.region_map.exercise_id)
    to = people(room)[person.email]
    if "on" in more:
        return services.schedule(exercise=exercise, to=to, words=WORDS, by=room.coordinator, **more)
    return services.send_now(exercise=exercise, to=to, words=WORDS, by=room.coordinator)


def test_who_has_open_work_and_what(room):
    found = people(room)
    assert set(found) == {room.lead.email, room.contributor.email, room.contact.email, room.stakeholder.email}
    assert [len(found[person.email].items) for person in (room.lead, room.contributor)] == [1, 1]
    assert (found[room.contributor.email].is_overdue, found[room.lead.email].is_overdue) == (True, False)
    room.answer_all(room.team)
    type(room.of_stakeholder).objects.filter(pk=room.of_stakeholder.pk).update(state="submitted")
    assert set(people(room)) == {room.lead.email, room.contact.email}
    Exercise.objects.update(state="closed")
    assert people(Assessment(**vars(room) | {"region_map": type(room.region_map).objects.get()})) == {}


def test_the_words_are_in_the_language_of_the_person(room):
    type(room.contributor).objects.filter(pk=room.contributor.pk).update(language="el", name="Ελένη")
    words = ready_text(addressee=people(room)[room.contributor.email], exercise=room.region_map.exercise)
    assert ("Ελένη" in words.text, "Smart priorities" in words.text) == (True, True)


def test_a_language_without_translation_is_english_as_a_whole(room):
    type(room.contributor).objects.filter(pk=room.contributor.pk).update(language="ro")
    words = ready_text(addressee=people(room)[room.contributor.email], exercise=room.region_map.exercise)
    day = TODAY - DAY
    assert f"(was due on {day.day} {day:%B} {day.year})" in words.text


def test_it_leaves_through_the_outbox_with_a_way_to_stop(room):
    row = send(room, room.contributor)
    mail = Mail.objects.get()
    assert (mail.kind, mail.to, mail.reply_to) == ("reminder", room.contributor.email, room.coordinator.email)
    assert mail.text.startswith("Please look at E1.")
    assert f"/reminders/{stop_token(row)}/" in mail.text
    assert mail.link.endswith("/workspace/")
    assert (row.mail, row.posted_on, row.state) == (mail, TODAY, "posted")


def test_never_twice_a_day(room):
    send(room, room.contributor)
    with pytest.raises(services.RemindedToday):
        send(room, room.contributor)
    other = assessment()  # another round, the same person
    assigned(other, room.contributor, TODAY)
    other.region_map.region.memberships.create(
        user=room.contributor, role="contributor", project=other.region_map.exercise.project
    )
    with pytest.raises(services.RemindedToday):
        send(other, room.contributor)
    Reminder.objects.update(posted_on=TODAY - DAY)
    send(room, room.contributor)
    with pytest.raises(IntegrityError), transaction.atomic():  # whoever asks, the database refuses a second
        Reminder.objects.filter(posted_on=TODAY - DAY).update(posted_on=TODAY)
    assert Mail.objects.count() == 2


def test_who_wants_none_gets_none(room):
    row = send(room, room.contributor)
    assert (stopped_address(stop_token(row)), stopped_address("altered")) == (room.contributor.email, None)
    waiting = send(room, room.lead, on=TODAY + DAY)
    services.stop_reminders(address=room.lead.email, stop=True)
    services.stop_reminders(address=room.lead.email, stop=True)
    waiting.refresh_from_db()
    assert (waiting.state, ReminderStop.objects.count()) == ("declined", 1)
    with pytest.raises(services.NotWanted):
        send(room, room.lead)
    services.stop_reminders(address=room.lead.email, stop=False)
    assert send(room, room.lead).state == "posted"


def test_a_scheduled_one_is_not_sent_when_the_work_is_done(room):
    send(room, room.contributor, on=TODAY)
    send(room, room.lead, on=TODAY)
    send(room, room.contact, on=TODAY + DAY)
    room.answer_all(room.team)
    assert services.send_due() == 1
    states = dict(Reminder.objects.values_list("address", "state"))
    assert states == {
        room.contributor.email: "done",
        room.lead.email: "posted",
        room.contact.email: "waiting",
    }
    assert services.send_due() == 0


def test_what_still_waits_in_the_outbox_is_taken_back(room):
    done, stopped = send(room, room.contributor), send(room, room.lead)
    services.stop_reminders(address=room.lead.email, stop=True)
    gone = send(room, room.contact)
    Mail.objects.filter(to=room.contact.email).update(state="sending")  # a worker has it already
    room.answer_all(room.team)
    type(room.team).objects.filter(pk=room.of_units[0].pk).update(state="submitted")
    services.send_due()
    states = [type(row).objects.get(pk=row.pk).state for row in (done, stopped, gone)]
    assert (states, Mail.objects.count()) == (["done", "declined", "posted"], 1)


def test_a_second_schedule_takes_the_place_of_the_first(room):
    send(room, room.contributor, on=TODAY + DAY)
    send(room, room.contributor, on=TODAY + 2 * DAY)
    assert Reminder.objects.get().send_on == TODAY + 2 * DAY
    send(room, room.contributor)
    assert sorted(Reminder.objects.values_list("state", flat=True)) == ["cancelled", "posted"]


def part_of_the_map(room: Assessment, person) -> None:
    Assignment.objects.create(region_map=room.region_map, part="actors", person=person, due_on=TODAY)


@pytest.mark.parametrize("name", ["contributor", "contact", "stakeholder"])
def test_who_may_no_longer_do_the_work_is_not_reminded(room, name):
    """Whole responses, sections and parts of the map: an address has work again with its role."""
    Assignment.objects.create(
        region_map=room.region_map, response=room.of_units[0], part="E1", person=room.contact, due_on=TODAY
    )
    part_of_the_map(room, room.contributor)
    part_of_the_map(room, room.contact)
    person = getattr(room, name)
    before = {address: len(row.items) for address, row in people(room).items()}
    assert before[person.email] == {"contributor": 2, "contact": 3, "stakeholder": 1}[name]
    seat = person.memberships.get()
    take_role(membership=seat, by=room.coordinator)
    others = {address: n for address, n in before.items() if address != person.email}
    assert {address: len(row.items) for address, row in people(room).items()} == others
    seat.pk = None
    seat.save(force_insert=True)
    assert {address: len(row.items) for address, row in people(room).items()} == before


def test_a_role_elsewhere_is_none_here(room):
    """Of another region, of another unit, or another one that does not take the work."""
    region, project = room.region_map.region, room.region_map.exercise.project
    Assignment.objects.create(
        region_map=room.region_map, response=room.of_units[0], part="E1", person=room.contact
    )
    other = assessment(region_map=RegionMapFactory(exercise=room.region_map.exercise))
    for person in (room.contributor, room.contact, room.stakeholder):
        person.memberships.all().delete()
        member_of = other.region_map.region.memberships
        member_of.create(user=person, role="contributor", project=project)
        member_of.create(user=person, role="stakeholder", project=project)
        project.memberships.create(user=person, role="observer")
    region.memberships.create(
        user=room.contact, role="unit_contact", unit=room.of_units[1].unit, project=project
    )
    region.memberships.create(user=room.contributor, role="stakeholder", project=project)
    found = people(room)
    assert (room.contributor.email in found, room.stakeholder.email in found) == (False, False)
    assert [item.response for item in found[room.contact.email].items] == [room.of_units[1]]


def test_beat_reminds_nobody_whose_role_was_taken(room):
    """Neither by the rule nor on a day; what waits in the outbox is taken back. Others get theirs."""
    assigned(room, room.lead, TODAY, part="E2")
    services.set_rule(exercise=room.region_map.exercise, days_before=5, expected=1, by=room.coordinator)
    waiting, posted = send(room, room.contributor, on=TODAY), send(room, room.stakeholder)
    seats = [person.memberships.get() for person in (room.contributor, room.stakeholder)]
    for seat in seats:
        take_role(membership=seat, by=room.coordinator)
    assert services.send_due() == 1
    assert [Reminder.objects.get(pk=row.pk).state for row in (waiting, posted)] == ["done", "done"]
    assert list(Mail.objects.values_list("to", flat=True)) == [room.lead.email]
    assert Assignment.objects.filter(person=room.contributor).count() == 1
    seats[0].pk = None
    seats[0].save(force_insert=True)
    assert services.send_due() == 1
    assert Mail.objects.latest("pk").to == room.contributor.email


def test_the_rule_reminds_once_for_each_last_day(room):
    assigned(room, room.lead, TODAY + 3 * DAY, part="E2")
    assigned(room, room.contact, TODAY + 9 * DAY, part="E2")
    services.set_rule(exercise=room.region_map.exercise, days_before=5, expected=1, by=room.coordinator)
    assert services.send_due() == 2  # overdue, and due in three days; not the one in nine
    assert services.send_due() == 0
    Reminder.objects.update(posted_on=TODAY - DAY)
    assert services.send_due() == 0
    Assignment.objects.filter(person=room.lead).update(due_on=TODAY + DAY)
    assert services.send_due() == 1
    assert Mail.objects.latest("pk").to == room.lead.email


@pytest.mark.parametrize("off", ["demonstration", "no rule", "night", "draft"])
def test_the_round_reminds_nobody(room, off, monkeypatch):
    services.set_rule(exercise=room.region_map.exercise, days_before=5, expected=1, by=None)
    project = room.region_map.exercise.project
    if off == "demonstration":
        type(project).objects.update(is_demo=True)
    elif off == "no rule":
        ReminderRule.objects.update(days_before=None)
    elif off == "draft":
        Exercise.objects.update(state="draft")
    else:
        monkeypatch.setattr(services, "LAST_HOUR", 0)
    assert (services.send_due(), Mail.objects.count()) == (0, 0)


def test_in_a_demonstration_no_reminder_leaves(room):
    type(room.region_map.exercise.project).objects.update(is_demo=True)
    with pytest.raises(services.Invented):
        send(room, room.contributor)


def test_beat_rings_for_tasks_that_exist():
    """A name without a task would wait in the queue for good, and nobody would be reminded."""
    app.loader.import_default_modules()
    rung = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert "governance.send_reminders" in rung
    assert rung - set(app.tasks) == set()


def test_the_task_does_what_the_service_does(room):
    services.set_rule(exercise=room.region_map.exercise, days_before=5, expected=1, by=room.coordinator)
    send_reminders()
    assert [mail.to for mail in Mail.objects.all()] == [room.contributor.email]


def test_a_personal_link_is_named_but_never_repeated(room):
    region_map = open_consultation(region_map=room.region_map, expected=1, by=None)
    values = {"organisation": "A firm", "helix": "business", "email": "Firm@Test.invalid", "language": "en"}
    create_link(region_map=region_map, values={**values, "expires_at": None}, by=room.lead)
    to = people(room)["firm@test.invalid"]
    text = ready_text(addressee=to, exercise=region_map.exercise).text
    assert "Use the personal link in our e-mail of" in text
    row = services.send_now(exercise=region_map.exercise, to=to, words=WORDS, by=room.lead)
    assert (row.mail.link, row.person) == ("", None)


@pytest.mark.parametrize("units", [1, 20])
def test_the_page_asks_the_same_number_of_questions(units):
    room = assessment(units=units)
    for unit in room.units[1:]:
        room.region_map.region.memberships.create(
            user=type(room.lead).objects.create_user(f"u{unit.pk}@test.invalid"),
            role="unit_contact",
            project=room.region_map.exercise.project,
            unit=unit,
        )
    assigned(room, room.contributor, TODAY)
    page = reminder_page(exercise=room.region_map.exercise, user=room.coordinator)
    assert len(page.rows) == units + 3
    with CaptureQueriesContext(connection) as caught:
        reminder_page(exercise=room.region_map.exercise, user=room.coordinator)
    assert len(caught) == 12
