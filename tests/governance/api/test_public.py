"""Published findings in the API: of two regions, both must have released their map."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Finding
from mapping.enums import Role
from tests.factories.mapping import ExerciseFactory, member
from tests.factories.region import analyse, publish, small_region, small_version

pytestmark = pytest.mark.django_db
LIST = "/api/v1/findings/"


@pytest.fixture
def pair():
    """Two regions of one round, analysed together; the second has not released its map."""
    exercise, version = ExerciseFactory(), small_version()
    open_region, draft = (small_region(exercise, version).region_map for _n in range(2))
    publish(open_region)
    analyse(exercise)
    assert Finding.objects.filter(code="region_pair").count() == 2
    return open_region, draft


def test_a_pair_with_an_unreleased_region_is_nobodys_outside(client, pair):
    _open, draft = pair
    found = client.get(LIST, {"code": "region_pair"}).json()["results"]
    assert found == []
    assert draft.region.slug not in client.get(LIST, {"page_size": 100}).content.decode()
    for row in Finding.objects.filter(code="region_pair"):
        assert client.get(f"{LIST}{row.pk}/").status_code == 404


def test_the_coordinator_of_both_reads_the_pair(client, pair):
    open_region, _draft = pair
    client.force_login(member(Role.COORDINATOR, open_region))
    assert len(client.get(LIST, {"code": "region_pair"}).json()["results"]) == 2


def test_a_map_published_in_another_round_opens_nothing_of_this_one(client, pair):
    _open, draft = pair
    other = small_region(ExerciseFactory(project=draft.exercise.project), small_version()).region_map
    other.region = draft.region
    other.save()
    publish(other)
    assert client.get(LIST, {"code": "region_pair"}).json()["results"] == []


def test_the_list_reads_no_inputs_and_no_results(client, pair):
    with CaptureQueriesContext(connection) as asked:
        client.get(LIST)
    assert [row for row in asked.captured_queries if '"governance_analysis"."inputs"' in row["sql"]] == []
