"""Where journeys are made: coordinators and facilitators, and the host's team for its visit."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from journeys.models import Journey, Visit
from journeys.views import visit_desk
from mapping.enums import Role
from tests.factories.exchange import EventFactory, JourneyFactory, PracticeFactory, VisitFactory
from tests.factories.mapping import RegionFactory, RegionMapFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def region_map():
    return RegionMapFactory()


@pytest.fixture
def coordinator(client, region_map):
    person = member(Role.COORDINATOR, region_map)
    client.force_login(person)
    return person


def address(name, *args):
    return reverse(f"journeys:{name}", args=args)


def test_a_journey_is_started_filled_and_made_public(client, region_map, coordinator):
    exercise = region_map.exercise
    reply = client.post(address("journey_create", exercise.slug), {"title": "Zwölf Städte", "aim": ""})
    journey = Journey.objects.get()
    assert reply.url == address("journey_edit", "zwolf-stadte")
    visit = {"title": "To the sea", "host_id": region_map.region_id}
    client.post(address("visit_add", journey.slug), visit)
    made = Visit.objects.get()
    assert (made.host, made.provenance, made.slug) == (region_map.region, "agreed", "to-the-sea")
    client.logout()
    assert client.get(address("journey_detail", journey.slug)).status_code == 404
    client.force_login(coordinator)
    client.post(address("journey_publish", journey.slug), {"public": "yes", "version": "1"})
    client.logout()
    assert "To the sea" in client.get(address("journey_detail", journey.slug)).content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [({"title": ""}, "Give the journey a name."), ({"title": "x" * 201}, "Shorten this to 200 characters")],
)
def test_a_journey_without_a_name_is_refused_with_its_aim(client, region_map, coordinator, sent, words):
    reply = client.post(address("journey_create", region_map.exercise.slug), {**sent, "aim": "To see"})
    page = reply.content.decode()
    assert (reply.status_code, words in page, "To see" in page) == (422, True, True)
    assert Journey.objects.count() == 0


def test_a_visit_needs_a_host_of_the_partnership(client, region_map, coordinator):
    journey = JourneyFactory(exercise=region_map.exercise)
    for host in ("", RegionFactory().pk, "abc"):
        reply = client.post(address("visit_add", journey.slug), {"title": "To the sea", "host_id": host})
        assert (reply.status_code, "To the sea" in reply.content.decode()) == (422, True)
    assert Visit.objects.count() == 0


def test_the_hosts_team_describes_its_visit_but_does_not_give_it_away(client, region_map):
    journey = JourneyFactory(exercise=region_map.exercise)
    visit = VisitFactory(journey=journey, host=region_map.region)
    practice = PracticeFactory(region=region_map.region)
    client.force_login(member(Role.CONTRIBUTOR, region_map))
    other = RegionFactory(project=region_map.exercise.project)
    sent = {"summary": "A tour", "version_summary": "1", "host_id": other.pk, "version_host_id": "1"}
    sent |= {"practices": [practice.pk], "version_practices": "1", "semester": "3", "version_semester": "1"}
    assert client.post(address("visit_save", visit.pk), sent).status_code == 302
    visit.refresh_from_db()
    assert (visit.summary, visit.host, visit.semester) == ("A tour", region_map.region, 3)
    assert list(visit.practices.all()) == [practice]
    assert client.get(address("journey_edit", journey.slug)).status_code == 403
    elsewhere = VisitFactory(journey=journey, host=other)
    assert client.get(address("visit_edit", elsewhere.pk)).status_code == 403


def test_where_a_visit_is_from_and_what_no_source_tells_can_be_written(client, region_map):
    visit = VisitFactory(
        journey__exercise=region_map.exercise, host=region_map.region, sources=["https://a.example/"]
    )
    client.force_login(member(Role.CONTRIBUTOR, region_map))
    sent = {"sources": "https://a.example/\r\n\r\nhttps://b.example/x", "version_sources": "1"}
    sent |= {"unknown": "Agenda\r\nNames of the experts", "version_unknown": "1"}
    assert client.post(address("visit_save", visit.pk), sent).status_code == 302
    visit.refresh_from_db()
    assert visit.sources == ["https://a.example/", "https://b.example/x"]
    assert visit.unknown == ["Agenda", "Names of the experts"]
    page = client.get(address("visit_edit", visit.pk)).content.decode()
    assert "https://a.example/\nhttps://b.example/x</textarea>" in page
    wrong = {"sources": "nowhere at all", "version_sources": "2", "unknown": "Place", "version_unknown": "2"}
    reply = client.post(address("visit_save", visit.pk), wrong)
    assert (reply.status_code, "nowhere at all" in reply.content.decode()) == (422, True)
    assert "“nowhere at all” is no web address" in reply.content.decode()
    visit.refresh_from_db()
    assert (len(visit.sources), visit.unknown) == (2, ["Place"])


def test_the_day_of_a_visit_is_that_of_where_it_takes_place(client, region_map, coordinator):
    """Midnight in Helsinki is the day before in UTC and in Brussels."""
    begins = dt.datetime(2031, 8, 1, tzinfo=ZoneInfo("Europe/Helsinki"))
    event = EventFactory(
        project=region_map.exercise.project,
        time_zone="Europe/Helsinki",
        is_all_day=True,
        starts_at=begins,
        ends_at=begins + dt.timedelta(days=1),
    )
    visit = VisitFactory(journey__exercise=region_map.exercise, event=event)
    practice = PracticeFactory(region=region_map.region)
    visit.practices.add(practice)
    pages = {
        address("visit_edit", visit.pk): "(2031-08-01)",
        address("journey_edit", visit.journey.slug): "1 August 2031",
        address("practice_detail", practice.slug): "1 August 2031",
    }
    for page, day in pages.items():
        assert day in client.get(page).content.decode(), page


def test_an_event_belongs_to_one_visit(client, region_map, coordinator):
    journey = JourneyFactory(exercise=region_map.exercise)
    event = EventFactory(project=region_map.exercise.project)
    first, second = VisitFactory(journey=journey, event=event), VisitFactory(journey=journey)
    sent = {"event_id": event.pk, "version_event_id": "1"}
    reply = client.post(address("visit_save", second.pk), sent)
    assert (reply.status_code, "That option is not part of this question" in reply.content.decode()) == (
        422,
        True,
    )
    assert event.title in client.get(address("visit_edit", first.pk)).content.decode()
    client.post(address("visit_save", first.pk), {"event_id": "", "version_event_id": "1"})
    assert client.post(address("visit_save", second.pk), sent).status_code == 302
    second.refresh_from_db()
    assert second.event == event


def test_an_event_taken_in_the_same_moment_is_told_and_nothing_breaks(
    client, region_map, coordinator, monkeypatch
):
    """Both had it on offer: the database keeps the first, the second chooses again."""
    journey = JourneyFactory(exercise=region_map.exercise)
    event = EventFactory(project=region_map.exercise.project)
    VisitFactory(journey=journey, event=event)
    second = VisitFactory(journey=journey)
    real, offered = visit_desk.visit_choices, []

    def late(**place):
        choices = real(**place)
        if not offered:
            choices["event_id"].append((event.pk, event.title))
        offered.append(True)
        return choices

    monkeypatch.setattr(visit_desk, "visit_choices", late)
    sent = {"event_id": event.pk, "version_event_id": "1", "summary": "Typed", "version_summary": "1"}
    reply = client.post(address("visit_save", second.pk), sent)
    assert (reply.status_code, len(offered)) == (422, 2)
    assert "Typed" in reply.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_as_often_for_many_rows(client, region_map, coordinator, rows, django_assert_num_queries):
    journey = JourneyFactory(exercise=region_map.exercise)
    for _n in range(rows):
        event = EventFactory(project=region_map.exercise.project)
        visit = VisitFactory(journey=journey, event=event)
        visit.practices.add(PracticeFactory(region=visit.host))
    with django_assert_num_queries(7):
        client.get(address("journey_edit", journey.slug))
    with django_assert_num_queries(9):
        client.get(address("visit_edit", visit.pk))
