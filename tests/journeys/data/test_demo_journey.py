"""The visits of the demonstration, typed by hand from the notes on the case."""

import pytest

from governance.models import AreaOfImprovement
from journeys.models import Journey, Takeaway, Visit
from journeys.services.demo_journey import add_journey
from mapping.models import Exercise
from tests.factories.exchange import EventFactory, PracticeFactory
from tests.factories.mapping import ExerciseFactory, RegionFactory, RegionMapFactory
from tests.journeys.data.demo_files import read

CONTENT = read("journey")
# slug, host, time, semester, provenance
VISITS = [
    ("bilbao", "basque-country", "8 to 10 October 2019, on site", 1, "sourced"),
    ("essen", "ruhr-metropolis", "15 and 16 January 2020, on site", 1, "sourced"),
    ("calabria", "calabria", "3 and 4 June 2020, online", 2, "sourced"),
    ("stockholm", "stockholm", "Autumn 2020, online", 3, "sourced"),
    ("southern-ireland", "southern-ireland", "15 October 2020, online", 3, "sourced"),
    ("mazovia", "mazovia", "26 November 2020, online", 3, "sourced"),
    ("wales", "wales", "December 2020, online", 3, "sourced"),
    ("north-west-romania", "north-west-romania", "", None, "estimated"),
]


def test_visits_are_those_of_the_case():
    fields = ("slug", "host", "when", "semester", "provenance")
    assert [tuple(row[name] for name in fields) for row in CONTENT["visits"]] == VISITS


def test_every_visit_names_its_source_and_what_is_not_in_it():
    for row in CONTENT["visits"]:
        assert row["source"], row["slug"]
        assert all(address.startswith("http") for address in row["source"])
        assert row["unknown"], row["slug"]
    inferred = [row["slug"] for row in CONTENT["visits"] if "Semester" in str(row["unknown"])]
    assert inferred == ["bilbao", "essen", "calabria"], "a source places the others in semester 3"


def test_mazovia_took_something_home_for_each_of_its_four_needs():
    own = [row for row in CONTENT["takeaways"] if row["region"] == "mazovia"]
    assert {row["dimension"]: (row["visit"], row["practice"]) for row in own} == {
        "E1": ("stockholm", "regional-cores"),
        "E3": ("bilbao", "bizkaia-orekan"),
        "E4": ("wales", "sbri-centre"),
        "E5": ("southern-ireland", "cyber-ireland"),
    }


def test_invented_questions_say_so():
    texts = [text for row in CONTENT["questions"] for text in (row["text"], row["answer"]) if text]
    assert all(text.endswith("(Invented for the demonstration.)") for text in texts)


@pytest.mark.django_db
def test_the_journey_is_loaded_and_joined_to_what_is_there():
    exercise = ExerciseFactory()
    for slug in sorted({row[1] for row in VISITS}):
        region = RegionFactory(project=exercise.project, slug=slug)
        RegionMapFactory(exercise=exercise, region=region)
    mazovia = exercise.region_maps.get(region__slug="mazovia")
    area = AreaOfImprovement.objects.create(region_map=mazovia, text="Firms", dimension="E4")
    practice = PracticeFactory(region=mazovia.region, slug="sbri-centre")
    event = EventFactory(project=exercise.project, slug="visit-bilbao")
    journey = add_journey(exercise=exercise)
    visits = {row.slug: row for row in journey.visits.all()}
    assert list(visits) == [row[0] for row in VISITS]
    assert (visits["bilbao"].event, visits["wales"].event) == (event, None)
    assert list(visits["wales"].practices.all()) == [practice]
    row = Takeaway.objects.get(region_map=mazovia, practice=practice)
    assert (row.area, row.visit.slug, row.is_released, row.provenance) == (area, "wales", True, "invented")
    assert set(Takeaway.objects.values_list("provenance", flat=True)) == {"invented"}
    exercise.project.delete()
    assert (Exercise.objects.count(), Journey.objects.count(), Visit.objects.count()) == (0, 0, 0)
