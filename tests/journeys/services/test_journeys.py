"""Journeys: made among partners, put in order, made public."""

import pytest

from cohes3ion.lib.versions import StaleVersion
from journeys.models import Visit
from journeys.services.journeys import (
    add_journey,
    add_question,
    add_takeaway,
    add_visit,
    publish_journey,
)
from tests.factories.exchange import JourneyFactory, VisitFactory
from tests.factories.mapping import ExerciseFactory, RegionFactory, RegionMapFactory, UserFactory

pytestmark = pytest.mark.django_db


def order(journey):
    return list(Visit.objects.filter(journey=journey).values_list("title", flat=True))


def test_a_journey_is_for_partners_until_it_is_made_public():
    person = UserFactory()
    journey = add_journey(
        exercise=ExerciseFactory(), values={"title": "Τα ταξίδια μας", "aim": ""}, by=person
    )
    assert (journey.published_at, journey.edited_by) == (None, person)
    shown = publish_journey(journey=journey, public=True, expected=1, by=person)
    assert shown.published_at is not None
    with pytest.raises(StaleVersion):
        publish_journey(journey=shown, public=False, expected=1, by=person)
    assert publish_journey(journey=shown, public=False, expected=2, by=person).published_at is None


def test_a_new_visit_stands_at_the_end():
    journey = JourneyFactory()
    for title in ("First", "Second", "Third"):
        add_visit(journey=journey, values={"title": title, "host_id": RegionFactory().pk}, by=None)
    assert order(journey) == ["First", "Second", "Third"]


def test_what_regions_write_is_agreed_and_not_public_by_itself():
    visit, person = VisitFactory(), UserFactory()
    region_map = RegionMapFactory(exercise=visit.journey.exercise)
    takeaway = add_takeaway(visit=visit, region_map=region_map, learned="Meet outside", by=person)
    question = add_question(visit=visit, region=region_map.region, text="Who pays?", by=person)
    assert (takeaway.is_released, takeaway.provenance, takeaway.position) == (False, "agreed", 1)
    assert (question.asked_by, question.answer) == (person, "")
