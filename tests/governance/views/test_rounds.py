"""The coordinator sets up a round in the browser."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.models import Answer
from mapping.enums import Role
from mapping.models import Exercise, NutsRegion, RegionMap
from tests.factories.assessment import assessment
from tests.factories.governance import VersionFactory
from tests.factories.mapping import RegionMapFactory, member

pytestmark = pytest.mark.django_db


def coordinator_of(region_map) -> Client:
    client = Client()
    client.force_login(member(Role.COORDINATOR, region_map))
    return client


def test_from_nothing_to_an_open_round():
    region_map, version = RegionMapFactory(), VersionFactory(is_shipped=True)
    NutsRegion.objects.create(
        version="2021", code="EL30", name="Attiki", level=2, country="EL", search="attiki"
    )
    client = coordinator_of(region_map)
    people = f"/workspace/people/{region_map.exercise.project.slug}/rounds/"
    assert client.get(f"{people}add/").status_code == 200
    sent = {"name": "Round 2027", "slug": "Round-2027", "questionnaire": version.pk}
    sent |= {"closes_on": "2027-03-31", "closes_time": "18:00", "time_zone": "Europe/Athens"}
    assert client.post(f"{people}create/", sent).status_code == 302
    exercise = Exercise.objects.get(slug="round-2027")
    assert exercise.closes_at == dt.datetime(2027, 3, 31, 15, 0, tzinfo=dt.UTC)
    setup = "/workspace/exercises/round-2027/setup/"
    assert "Attiki" in client.get(setup, {"q": "atti"}).content.decode()
    assert client.post(f"{setup}regions/", {"code": "el30"}).status_code == 302
    assert client.post(f"{setup}regions/", {"region": region_map.region_id}).status_code == 302
    assert RegionMap.objects.filter(exercise=exercise).count() == 2
    for wrong in ({"code": "XX"}, {"region": "²"}, {}):
        assert client.post(f"{setup}regions/", wrong).status_code == 302
    assert client.post(f"{setup}open/").status_code == 302
    assert Exercise.objects.get(slug="round-2027").accepts_answers
    assert 'value="2027-03-31"' in client.get(setup).content.decode()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"slug": "Ñandú x"}, "slug"),
        ({"questionnaire": "0"}, "questionnaire"),
        ({"closes_on": "31.03."}, "closes_on"),
        ({"opens_on": "2027-04-01", "closes_on": "2027-03-31"}, "closes_on"),
        ({"opens_on": "2027-04-01", "due_on": "2027-03-31"}, "due_on"),
        ({"closes_on": "2020-10-30", "closes_time": "18:00"}, "closes_on"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
    ],
)
def test_what_does_not_fit_is_said_at_the_field(values, field):
    region_map, version = RegionMapFactory(), VersionFactory(is_shipped=True)
    sent = {"name": "R", "slug": "r-1", "questionnaire": version.pk, "time_zone": "Europe/Madrid", **values}
    address = f"/workspace/people/{region_map.exercise.project.slug}/rounds/create/"
    reply = coordinator_of(region_map).post(address, sent)
    assert (reply.status_code, list(reply.context["form"].errors)) == (422, [field])


def test_a_region_of_another_partnership_is_404():
    region_map, other = RegionMapFactory(), RegionMapFactory()
    address = f"/workspace/exercises/{region_map.exercise.slug}/setup/regions/"
    assert coordinator_of(region_map).post(address, {"region": other.region_id}).status_code == 404


def test_a_save_one_second_too_late_is_409_with_the_time_and_the_text(client):
    room = assessment()
    last = timezone.now() - dt.timedelta(seconds=1)
    Exercise.objects.update(closes_at=last, time_zone="Europe/Athens")
    client.force_login(room.lead)
    sent = {"explanation": "Two hours of work", "version_explanation": "1"}
    reply = client.post(f"/workspace/responses/{room.team.pk}/1.1/save/", sent)
    page = reply.content.decode()
    assert reply.status_code == 409
    assert f"Closed on {Exercise.objects.get().closing_time}" in page
    assert "Two hours of work" in page
    # Kept in the history as a late text, and no answer.
    answer = Answer.objects.get()
    assert (answer.kind, answer.explanation) == ("unanswered", "")


def settings_of(client, exercise, version):
    """The settings as their form sends them, with its version."""
    page = client.get(f"/workspace/exercises/{exercise.slug}/setup/")
    return {
        "name": exercise.name,
        "questionnaire": version.pk,
        "time_zone": "Europe/Brussels",
        "version": page.context["page"].settings_version,
    }


def test_settings_saved_by_two_people_are_409_with_both_values():
    region_map, version = RegionMapFactory(), VersionFactory(is_shipped=True)
    exercise, client = region_map.exercise, coordinator_of(region_map)
    save = f"/workspace/exercises/{exercise.slug}/setup/save/"
    sent = settings_of(client, exercise, version)
    first = {**sent, "name": "Round of Ana", "closes_on": "2027-03-31"}
    assert client.post(save, first).status_code == 302
    assert client.post(save, first).status_code == 302, "the same again is no conflict"
    reply = client.post(save, {**sent, "name": "Round of Ben"})
    assert reply.status_code == 409
    assert "Now: Round of Ana" in reply.content.decode()
    assert "Yours: Round of Ben" in reply.content.decode()
    assert 'value="Round of Ben"' in reply.content.decode()
    assert Exercise.objects.get(pk=exercise.pk).name == "Round of Ana"
    now = reply.context["page"].settings_version
    assert client.post(save, {**sent, "name": "Round of Ben", "version": now}).status_code == 302
    assert Exercise.objects.get(pk=exercise.pk).name == "Round of Ben"


def test_settings_without_a_version_are_428_with_the_text():
    region_map, version = RegionMapFactory(), VersionFactory(is_shipped=True)
    exercise, client = region_map.exercise, coordinator_of(region_map)
    sent = {**settings_of(client, exercise, version), "name": "Another name"}
    del sent["version"]
    reply = client.post(f"/workspace/exercises/{exercise.slug}/setup/save/", sent)
    assert (reply.status_code, 'value="Another name"' in reply.content.decode()) == (428, True)
    assert Exercise.objects.get(pk=exercise.pk).name == exercise.name


def test_the_number_of_queries_does_not_grow():
    region_map = RegionMapFactory()
    client, counts = coordinator_of(region_map), []
    address = f"/workspace/exercises/{region_map.exercise.slug}/setup/"
    for more in (0, 3):
        RegionMapFactory.create_batch(more, exercise=region_map.exercise)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 11
