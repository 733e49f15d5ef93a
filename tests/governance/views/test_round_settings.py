"""Saving the settings of a round writes what was changed there, and nothing else."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.forms import model_to_dict
from django.utils import timezone

from governance.models import QuestionnaireVersion, Response
from mapping.models import Exercise
from tests.factories.governance import VersionFactory
from tests.factories.mapping import RegionMapFactory
from tests.governance.views.test_rounds import coordinator_of

pytestmark = pytest.mark.django_db
LONG_AGO, LATER = dt.date(2020, 10, 30), dt.date(2099, 5, 1)
NOON = dt.datetime(2099, 5, 1, 10, 0, tzinfo=dt.UTC)


@pytest.fixture
def exercise() -> Exercise:
    exercise = RegionMapFactory().exercise
    VersionFactory(is_shipped=True).exercises.add(exercise)
    Exercise.objects.update(state="open", closes_at=None, due_on=None, opens_on=None)
    return exercise


def shown(client, exercise) -> dict[str, str]:
    """Everything the page's form sends when nothing is touched."""
    page = client.get(f"/workspace/exercises/{exercise.slug}/setup/")
    form = page.context["form"]
    sent = {field.html_name: field.value() for field in form}
    for field in form:
        widget = field.field.widget
        sent[field.html_name] = widget.format_value(sent[field.html_name]) if sent[field.html_name] else ""
    sent = {name: value[0] if isinstance(value, list) else value for name, value in sent.items()}
    return {**sent, "version": str(page.context["page"].settings_version)}


def save(client, exercise, **changed):
    sent = {**shown(client, exercise), **changed}
    return client.post(f"/workspace/exercises/{exercise.slug}/setup/save/", sent)


def columns(exercise) -> dict:
    return model_to_dict(Exercise.objects.get(pk=exercise.pk))


def coordinator(exercise):
    return coordinator_of(exercise.region_maps.get())


@pytest.mark.parametrize(
    "stored",
    [
        {"due_on": LONG_AGO},
        {"due_on": LONG_AGO, "opens_on": dt.date(2020, 1, 1)},
        {"due_on": LATER, "closes_at": NOON},
        {"due_on": None, "closes_at": NOON},
        {"closes_at": NOON + dt.timedelta(seconds=59, microseconds=5), "time_zone": "Europe/Athens"},
        {"closes_at": dt.datetime(2020, 10, 30, 22, 59, 59, tzinfo=dt.UTC)},
        {"closes_at": dt.datetime(2099, 10, 25, 0, 30, tzinfo=dt.UTC)},  # an hour that comes twice
        {"closes_at": dt.datetime(2099, 10, 25, 1, 30, tzinfo=dt.UTC)},
        {"closes_at": NOON, "time_zone": "Asia/Tokyo"},
    ],
)
def test_a_save_without_a_change_changes_nothing(exercise, stored):
    """Once it closed a running round on its due day, years ago."""
    Exercise.objects.update(**stored)
    client, before = coordinator(exercise), columns(exercise)
    reply = save(client, exercise)
    assert (reply.status_code, columns(exercise)) == (302, before)


def test_the_questionnaire_that_is_asked_stays_a_choice_whoever_made_it(exercise):
    QuestionnaireVersion.objects.update(is_shipped=False, project=None)
    client, before = coordinator(exercise), columns(exercise)
    assert (save(client, exercise).status_code, columns(exercise)) == (302, before)
    other = VersionFactory()
    assert save(client, exercise, questionnaire=other.pk).status_code == 422


def test_negative_control_a_change_is_written(exercise):
    client, before = coordinator(exercise), columns(exercise)
    assert save(client, exercise, name="Another", due_on="2099-04-30").status_code == 302
    assert columns(exercise) == {**before, "name": "Another", "due_on": dt.date(2099, 4, 30)}
    assert Exercise.objects.get().accepts_answers


def test_the_due_day_and_the_last_day_are_two(exercise):
    client, before = coordinator(exercise), columns(exercise)
    sent = {"due_on": "2099-04-30", "closes_on": "2099-05-01", "closes_time": "12:00"}
    assert save(client, exercise, **sent).status_code == 302
    local = dt.datetime(2099, 5, 1, 12, 0, tzinfo=ZoneInfo(exercise.time_zone))
    assert columns(exercise) == {**before, "due_on": dt.date(2099, 4, 30), "closes_at": local}
    assert save(client, exercise, closes_on="", closes_time="").status_code == 302
    assert columns(exercise) == {**before, "due_on": dt.date(2099, 4, 30)}


def test_a_last_day_that_has_passed_is_refused_with_the_way_to_close(exercise):
    client, before = coordinator(exercise), columns(exercise)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    reply = save(client, exercise, closes_on=str(yesterday), name="Kept as typed")
    page = reply.content.decode()
    assert (reply.status_code, columns(exercise)) == (422, before)
    assert "This moment has passed, so the round would be closed at once." in page
    assert 'value="Kept as typed"' in page


def test_one_that_passed_by_itself_does_not_keep_other_settings_from_being_saved(exercise):
    Exercise.objects.update(closes_at=timezone.now() - dt.timedelta(days=3))
    client, before = coordinator(exercise), columns(exercise)
    assert save(client, exercise, name="Another").status_code == 302
    assert columns(exercise) == {**before, "name": "Another"}


def test_a_new_round_is_due_on_its_last_day_unless_it_says_otherwise(exercise):
    client, version = coordinator(exercise), QuestionnaireVersion.objects.get()
    for slug, due, found in [("one", "", LATER), ("two", "2099-04-01", dt.date(2099, 4, 1))]:
        sent = {"name": slug, "slug": slug, "questionnaire": version.pk, "time_zone": "UTC", "due_on": due}
        address = f"/workspace/people/{exercise.project.slug}/rounds/create/"
        assert client.post(address, {**sent, "closes_on": str(LATER)}).status_code == 302
        assert Exercise.objects.get(slug=slug).due_on == found


def test_who_opens_a_round_whose_last_moment_has_passed_is_told(exercise):
    Exercise.objects.update(closes_at=dt.datetime(2020, 10, 30, tzinfo=dt.UTC), state="closed")
    client = coordinator(exercise)
    address = f"/workspace/exercises/{exercise.slug}/setup/"
    assert "Nobody can write yet" in client.post(f"{address}open/", follow=True).content.decode()
    Exercise.objects.update(closes_at=None, state="closed")
    reply = client.post(f"{address}open/", follow=True).content.decode()
    assert ("Nobody can write yet" in reply, "The round is open." in reply) == (False, True)
    assert Response.objects.count() == 1
