"""The API: read-only, scoped like the pages, and described by the committed schema."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from mapping.enums import Role
from tests.factories.exchange import ActionFactory, ActionPlanFactory
from tests.factories.mapping import ExerciseFactory, RegionMapFactory, UnitFactory, member
from tests.factories.region import analyse, publish, small_region, small_version

pytestmark = pytest.mark.django_db
LISTS = [
    "projects",
    "exercises",
    "regions",
    "units",
    "priorities",
    "capabilities",
    "actors",
    "spaces",
    "scores",
    "findings",
    "documents",
    "plans",
    "actions",
]
SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "openapi.yaml"


def filled():
    region = small_region(ExerciseFactory(), small_version())
    publish(region.region_map)
    analyse(region.region_map.exercise)
    ActionFactory(plan=ActionPlanFactory(region_map=region.region_map))
    return region.region_map


@pytest.mark.parametrize("name", [name for name in LISTS if name != "documents"])
def test_list_shows_published_rows_to_everybody(client, name):
    filled()
    assert client.get(f"/api/v1/{name}/").json()["count"] > 0


@pytest.mark.parametrize("name", LISTS)
def test_list_shows_nothing_unpublished_to_strangers(client, name):
    region = small_region(ExerciseFactory(), small_version())
    analyse(region.region_map.exercise, public=False)
    client.force_login(member(Role.CONTRIBUTOR, RegionMapFactory()))
    rows = client.get(f"/api/v1/{name}/").json()["results"]
    assert region.region_map.region.name not in str(rows)
    assert region.region_map.region.slug not in str(rows)


def test_row_of_another_partnership_is_404(client):
    unit = UnitFactory()
    client.force_login(member(Role.COORDINATOR, RegionMapFactory()))
    reply = client.get(f"/api/v1/units/{unit.pk}/")
    assert reply.status_code == 404
    assert reply.json()["detail"] == "Nothing was found at this address."


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written_through_the_api(client, method):
    unit = publish_unit()
    assert getattr(client, method)(f"/api/v1/units/{unit.pk}/").status_code in (403, 405)


def publish_unit():
    unit = UnitFactory()
    publish(unit.region_map)
    return unit


def test_scores_of_small_groups_are_withheld_from_everybody(client):
    region = small_region(ExerciseFactory(), small_version(), stakeholders=2)
    publish(region.region_map)
    rows = client.get("/api/v1/scores/").json()["results"]
    assert {row["group"] for row in rows} == {"team"}


def test_scores_follow_an_exercise_that_raised_the_limit(client):
    region_map = filled()
    exercise = region_map.exercise
    exercise.thresholds = {"k_public": {"value": 20, "reason": "a small country", "by": "the facilitator"}}
    exercise.save()
    rows = client.get("/api/v1/scores/").json()["results"]
    assert {row["group"] for row in rows} == {"team"}


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=abc", "page=999999"])
def test_pages_that_do_not_exist_are_404(client, query):
    publish_unit()
    assert client.get(f"/api/v1/units/?{query}").status_code == 404


@pytest.mark.parametrize("query", ["format=json", "page=1&page_size=5", "region_map__region__slug=nowhere"])
def test_parameters_of_a_list_are_taken(client, query):
    publish_unit()
    assert client.get(f"/api/v1/units/?{query}").status_code == 200


@pytest.mark.parametrize("query", ["regoin=nowhere", "ordering=password", "limit=5"])
def test_a_misspelt_filter_is_no_list_of_everything(client, query):
    publish_unit()
    reply = client.get(f"/api/v1/units/?{query}")
    assert (reply.status_code, reply.json()["code"]) == (400, "unknown_parameter")
    assert "region_map__region__slug" in reply.json()["detail"]


def test_page_size_is_capped(client):
    region_map = publish_unit().region_map
    for _n in range(105):
        UnitFactory(region_map=region_map)
    assert len(client.get("/api/v1/units/?page_size=100000").json()["results"]) == 100


@pytest.mark.parametrize("name", ["units", "capabilities", "spaces", "actors"])
def test_queries_do_not_grow_with_rows(client, name, django_assert_max_num_queries):
    version, exercise = small_version(), ExerciseFactory()
    for _n in range(3):
        publish(small_region(exercise, version).region_map)
    with django_assert_max_num_queries(8):
        client.get(reverse(f"api:{name.removesuffix('s').replace('capabilitie', 'capability')}-list"))


def test_schema_is_the_committed_one(tmp_path):
    target = tmp_path / "openapi.yaml"
    call_command("spectacular", file=str(target), validate=True, fail_on_warn=True)
    assert target.read_text() == SCHEMA.read_text()
