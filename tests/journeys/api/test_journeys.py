"""Journeys, visits, takeaways and questions in the API: what their pages show, to whom they show it."""

import pytest

from mapping.enums import Role
from tests.factories.exchange import (
    EventFactory,
    JourneyFactory,
    PracticeFactory,
    TakeawayFactory,
    VisitFactory,
    VisitQuestionFactory,
)
from tests.factories.mapping import RegionMapFactory, member
from tests.factories.region import publish

pytestmark = pytest.mark.django_db


def rows(client, name, **query):
    return client.get(f"/api/v1/{name}/", query).json()["results"]


def test_the_public_reads_what_is_public(client):
    journey = JourneyFactory()
    JourneyFactory(published_at=None)
    draft = PracticeFactory(state="draft", published_at=None)
    event = EventFactory(project=journey.exercise.project)
    visit = VisitFactory(journey=journey, event=event)
    visit.practices.add(draft, PracticeFactory(slug="a-ferry"))
    hidden = EventFactory(project=journey.exercise.project, state="draft")
    VisitFactory(journey=journey, event=hidden)
    region_map = publish(RegionMapFactory(exercise=journey.exercise))
    TakeawayFactory(visit=visit, region_map=region_map, is_released=True, practice=draft)
    TakeawayFactory(visit=visit, region_map=region_map)
    VisitQuestionFactory(visit=visit)
    assert [row["slug"] for row in rows(client, "journeys")] == [journey.slug]
    assert [(row["event"], row["practices"]) for row in rows(client, "visits")] == [
        (event.slug, ["a-ferry"]),
        (None, []),
    ]
    assert [(row["practice"], row["is_released"]) for row in rows(client, "takeaways")] == [(None, True)]
    assert rows(client, "visit-questions") == []


def test_partners_read_what_they_tell_each_other(client):
    journey = JourneyFactory(published_at=None)
    visit = VisitFactory(journey=journey)
    region_map = RegionMapFactory(exercise=journey.exercise)
    TakeawayFactory(visit=visit, region_map=region_map)
    VisitQuestionFactory(visit=visit, text="Who pays?", answer="All of us")
    client.force_login(member(Role.OBSERVER, region_map))
    assert [row["slug"] for row in rows(client, "visits", journey__slug=journey.slug)] == [visit.slug]
    assert len(rows(client, "takeaways", region_map__region__slug=region_map.region.slug)) == 1
    assert [row["answer"] for row in rows(client, "visit-questions")] == ["All of us"]
    client.force_login(member(Role.STAKEHOLDER, region_map))
    assert rows(client, "visit-questions") == rows(client, "takeaways") == []


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("journeys", 2), ("visits", 3), ("takeaways", 3)])
def test_queries_do_not_grow(client, name, queries, count, django_assert_num_queries):
    journey = JourneyFactory()
    for _n in range(count):
        JourneyFactory()
        visit = VisitFactory(journey=journey)
        visit.practices.add(PracticeFactory())
        region_map = publish(RegionMapFactory(exercise=journey.exercise))
        TakeawayFactory(visit=visit, region_map=region_map, is_released=True, practice=PracticeFactory())
    with django_assert_num_queries(queries):
        client.get(f"/api/v1/{name}/")
