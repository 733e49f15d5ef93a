"""The public pages of journeys: what everybody reads, and what only partners and organisers do."""

import pytest
from django.urls import reverse

from governance.models import AreaOfImprovement
from journeys.enums import Audience, EventState
from journeys.models import AgendaItem, Material, Visit
from mapping.enums import Role
from tests.factories.exchange import (
    EventFactory,
    JourneyFactory,
    PracticeFactory,
    RegistrationFactory,
    TakeawayFactory,
    VisitFactory,
)
from tests.factories.mapping import ExerciseFactory, RegionMapFactory, member
from tests.factories.region import publish

pytestmark = pytest.mark.django_db


def full_visit(journey, **fields):
    """A visit with everything a page shows of it."""
    event = EventFactory(project=journey.exercise.project, time_zone="Europe/Madrid")
    visit = VisitFactory(journey=journey, event=event, semester=2, summary="A tour", **fields)
    visit.practices.add(PracticeFactory(region=visit.host))
    region_map = RegionMapFactory(exercise=journey.exercise)
    area = AreaOfImprovement.objects.create(region_map=region_map, text="Meet more often")
    publish(region_map)
    TakeawayFactory(
        visit=visit,
        region_map=region_map,
        is_released=True,
        area=area,
        practice=PracticeFactory(region=visit.host),
    )
    AgendaItem.objects.create(event=event, title="Welcome", speakers="A mayor")
    Material.objects.create(event=event, title="Slides", url="https://slides.example/")
    return visit


def shown(client, name, *args, **query):
    return client.get(reverse(f"journeys:{name}", args=args), query).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_the_database_as_often_for_many_rows(client, django_assert_num_queries, rows):
    journey = JourneyFactory()
    for _n in range(rows):
        visit = full_visit(journey)
    for _n in range(rows - 1):
        JourneyFactory()
    with django_assert_num_queries(3):
        shown(client, "journey_list")
    with django_assert_num_queries(11):
        shown(client, "journey_detail", journey.slug)
    with django_assert_num_queries(12):
        shown(client, "visit_detail", journey.slug, visit.slug)


def test_a_journey_shows_its_visits_in_order_with_what_was_taken_home(client):
    journey = JourneyFactory()
    later, sooner = (
        full_visit(journey, position=2, title="Later"),
        full_visit(journey, title="Sooner", position=1),
    )
    page = shown(client, "journey_detail", journey.slug)
    assert page.index("Sooner") < page.index("Later")
    for visit in (later, sooner):
        takeaway = visit.takeaways.get()
        assert takeaway.learned in page
        assert f"What {takeaway.region_map.region} took home" in page
        assert takeaway.practice.title in page
    assert "25 March 2031, 11:00–13:00 (Europe/Madrid)" in page
    assert page.count("Semester 2") == 1


def test_a_journey_without_visits_says_so(client):
    journey = JourneyFactory()
    assert "The partners have not named a visit" in shown(client, "journey_detail", journey.slug)
    client.force_login(member(Role.COORDINATOR, RegionMapFactory(exercise=journey.exercise)))
    assert "Add the first visit" in shown(client, "journey_detail", journey.slug)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"when_words": "autumn 2020"}, "autumn 2020"),
        ({"sources": ["https://a.example/"]}, 'Date: <span class="not-said">Not found in the sources</span>'),
        ({}, 'Date: <span class="not-said">Not written yet</span>'),
    ],
)
def test_a_visit_without_event_says_what_is_known(client, fields, words):
    visit = VisitFactory(**fields)
    assert words in shown(client, "journey_detail", visit.journey.slug)
    assert words in shown(client, "visit_detail", visit.journey.slug, visit.slug)


@pytest.mark.parametrize("hidden", [{"state": EventState.DRAFT}, {"audience": Audience.MEMBERS}])
def test_an_event_that_is_not_for_everybody_tells_the_public_nothing(client, hidden):
    visit = VisitFactory()
    event = EventFactory(project=visit.journey.exercise.project, title="Not announced", **hidden)
    Visit.objects.filter(pk=visit.pk).update(event=event)
    page = shown(client, "visit_detail", visit.journey.slug, visit.slug)
    assert "The date is not announced yet" in page
    assert ("2031" in page, "Not announced" in page) == (False, False)
    client.force_login(member(Role.COORDINATOR, RegionMapFactory(exercise=visit.journey.exercise)))
    assert "25 March 2031" in shown(client, "visit_detail", visit.journey.slug, visit.slug)


def test_names_of_participants_are_for_organisers_and_the_count_for_everybody(client):
    visit = full_visit(JourneyFactory())
    RegistrationFactory(event=visit.event, name="Żaneta Ünal")
    RegistrationFactory(event=visit.event, name="Somebody waiting", state="waiting")
    region_map = RegionMapFactory(exercise=visit.journey.exercise)
    for person in (None, member(Role.CONTRIBUTOR, region_map)):
        if person:
            client.force_login(person)
        page = shown(client, "visit_detail", visit.journey.slug, visit.slug)
        assert ("Żaneta Ünal" in page, "1 person registered" in page) == (False, True)
    client.force_login(member(Role.FACILITATOR, region_map))
    page = shown(client, "visit_detail", visit.journey.slug, visit.slug)
    assert ("Żaneta Ünal" in page, "Somebody waiting" in page) == (True, False)


def test_a_visit_shows_agenda_materials_and_the_recording_with_its_captions(client):
    visit = full_visit(JourneyFactory())
    visit.event.recording_url = "https://video.example/1"
    visit.event.save()
    page = shown(client, "visit_detail", visit.journey.slug, visit.slug)
    assert "Welcome" in page
    assert "A mayor" in page
    assert page.count("Europe/Madrid") == 2
    assert "https://slides.example/" in page
    assert "Nobody has said whether it has captions." in page
    visit.event.captions_note = "Polish and English"
    visit.event.save()
    assert "Captions: Polish and English" in shown(client, "visit_detail", visit.journey.slug, visit.slug)


def test_takeaways_are_public_when_released_and_the_map_is_published(client):
    visit = VisitFactory()
    public = publish(RegionMapFactory(exercise=visit.journey.exercise))
    draft = RegionMapFactory(exercise=visit.journey.exercise)
    TakeawayFactory(visit=visit, region_map=public, learned="For all", is_released=True)
    TakeawayFactory(visit=visit, region_map=public, learned="Held back")
    TakeawayFactory(visit=visit, region_map=draft, learned="Map not public", is_released=True)
    texts = ("For all", "Held back", "Map not public")
    address = ("visit_detail", visit.journey.slug, visit.slug)
    assert [text in shown(client, *address) for text in texts] == [True, False, False]
    client.force_login(member(Role.OBSERVER, public))
    assert [text in shown(client, *address) for text in texts] == [True, True, True]


def test_a_practice_that_is_a_draft_is_not_named_to_the_public(client):
    takeaway = TakeawayFactory(is_released=True, practice=None)
    publish(takeaway.region_map)
    visit = takeaway.visit
    draft = PracticeFactory(region=visit.host, state="draft", published_at=None, title="Being written")
    visit.practices.add(draft)
    takeaway.practice = draft
    takeaway.save()
    for name, args in (
        ("visit_detail", [visit.journey.slug, visit.slug]),
        ("journey_detail", [visit.journey.slug]),
    ):
        page = shown(client, name, *args)
        assert (takeaway.learned in page, "Being written" in page) == (True, False)


def test_a_journey_finds_its_visits_when_there_are_a_thousand(client, django_assert_num_queries):
    journey = JourneyFactory()
    host = VisitFactory(journey=journey).host
    Visit.objects.bulk_create(
        Visit(journey=journey, host=host, slug=f"v{n}", title=f"Stop {n}", position=n + 10)
        for n in range(999)
    )
    with django_assert_num_queries(7):
        page = client.get(reverse("journeys:journey_detail", args=[journey.slug])).context["page"]
    assert (page.page.paginator.count, len(page.page.object_list)) == (1000, 30)
    last = shown(client, "journey_detail", journey.slug, page=34)
    assert ("Stop 998" in last, "Visit 1000:" in last) == (True, True)


def test_the_list_is_searched_and_paged(client):
    exercise = ExerciseFactory()
    JourneyFactory.create_batch(1000, exercise=exercise)
    JourneyFactory(exercise=exercise, title="To the Atlantic")
    page = client.get(reverse("journeys:journey_list")).context["page"]
    assert (page.page.paginator.count, len(page.page.object_list)) == (1001, 30)
    found = client.get(reverse("journeys:journey_list"), {"q": "atlantic"}).context["page"]
    assert [row.title for row in found.page] == ["To the Atlantic"]
    assert "Nothing found" in shown(client, "journey_list", q="nowhere")


def test_the_list_names_each_host_once_in_the_order_of_the_visits(client):
    journey = JourneyFactory()
    first, second = VisitFactory(journey=journey, position=2), VisitFactory(journey=journey, position=1)
    VisitFactory(journey=journey, position=3, host=second.host)
    (row,) = client.get(reverse("journeys:journey_list")).context["page"].page
    assert (row.hosts, row.stops) == ([second.host.name, first.host.name], 3)


def test_an_empty_list_says_what_to_do(client):
    assert "No journey is published yet" in shown(client, "journey_list")
    client.force_login(member(Role.COORDINATOR, RegionMapFactory()))
    page = shown(client, "journey_list")
    assert "Start one: give it a name" in page


def test_what_a_region_learned_stands_under_its_areas_and_links_back_to_the_visit(
    client, django_assert_num_queries
):
    region_map = RegionMapFactory()
    area = AreaOfImprovement.objects.create(region_map=region_map, text="Meet more often")
    AreaOfImprovement.objects.create(region_map=region_map, text="Count results")
    publish(region_map)
    journey = JourneyFactory(exercise=region_map.exercise)
    for number in range(3):
        visit = VisitFactory(journey=journey)
        practice = PracticeFactory(region=visit.host)
        TakeawayFactory(
            visit=visit,
            region_map=region_map,
            area=area,
            practice=practice,
            is_released=True,
            position=number,
        )
    TakeawayFactory(visit=visit, region_map=region_map, learned="Something else", is_released=True)
    with django_assert_num_queries(12):
        page = client.get(reverse("journeys:region_learning", args=[region_map.region.slug]))
    learned = page.context["page"]
    assert [(row.text, len(row.takeaways)) for row in learned.areas] == [
        ("Meet more often", 3),
        ("Count results", 0),
    ]
    assert [row.learned for row in learned.others] == ["Something else"]
    text = page.content.decode()
    assert reverse("journeys:visit_detail", args=[journey.slug, visit.slug]) in text
    visit_page = shown(client, "visit_detail", journey.slug, visit.slug)
    assert (
        f"{reverse('journeys:region_learning', args=[region_map.region.slug])}#area-{area.pk}" in visit_page
    )


def test_a_practice_leads_to_the_visit_from_which_it_was_taken_home(client):
    visit = full_visit(JourneyFactory())
    practice = visit.takeaways.get().practice
    address = reverse("journeys:visit_detail", args=[visit.journey.slug, visit.slug])
    assert address in shown(client, "practice_detail", practice.slug)
    assert reverse("journeys:practice_detail", args=[practice.slug]) in client.get(address).content.decode()


def test_areas_of_a_map_under_revision_stay_as_they_are_public(client):
    region_map = RegionMapFactory()
    area = AreaOfImprovement.objects.create(region_map=region_map, text="As published")
    publish(region_map)
    AreaOfImprovement.objects.filter(pk=area.pk).update(text="Being reworded")
    page = shown(client, "region_learning", region_map.region.slug)
    assert ("As published" in page, "Being reworded" in page) == (True, False)


def test_the_diagnosis_leads_to_what_the_region_learned(client):
    region_map = publish(RegionMapFactory())
    address = reverse("journeys:region_learning", args=[region_map.region.slug])
    assert address in shown(client, "region_detail", region_map.region.slug)


def test_a_visit_with_an_event_does_not_say_that_nobody_found_what_the_event_tells(client):
    words = ["Date", "Agenda", "Names of the experts", "What was shown", "Place", "How many came"]
    journey = JourneyFactory()
    told = full_visit(journey, unknown=words)
    bare = VisitFactory(journey=journey, event=None, summary="", unknown=words)
    event = VisitFactory(journey=journey, summary="", unknown=words, event=EventFactory()).event
    pages = {row.slug: shown(client, "visit_detail", journey.slug, row.slug) for row in journey.visits.all()}
    said = {
        slug: text.split("Not found in the sources</span>: ")[-1].split("</p>")[0]
        for slug, text in pages.items()
    }
    assert said[told.slug] == "Place, How many came"
    assert said[bare.slug] == ", ".join(words)
    assert said[Visit.objects.get(event=event).slug] == ", ".join(words[1:])
