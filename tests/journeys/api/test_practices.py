"""Practices and their uses for programs: what the pages show, and no more."""

import pytest

from governance.models import AreaOfImprovement
from tests.factories.exchange import PracticeFactory, PracticeUseFactory
from tests.factories.mapping import RegionMapFactory
from tests.factories.region import publish

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 3])
def test_published_and_withdrawn_practices_are_listed(client, django_assert_num_queries, rows):
    PracticeFactory.create_batch(rows, theme="support", dimensions=["E5"], unknown=["level"])
    PracticeFactory(state="withdrawn", withdrawn_because="It failed.", title="ZZ")
    PracticeFactory(state="submitted", published_at=None)
    with django_assert_num_queries(3):
        found = client.get("/api/v1/practices/").json()["results"]
    assert [row["state"] for row in found] == ["published"] * rows + ["withdrawn"]
    assert (found[0]["dimensions"], found[0]["unknown"]) == (["E5"], ["level"])
    assert found[-1]["withdrawn_because"] == "It failed."
    assert {"returned_because", "expert_by", "search", "edited_by"} & set(found[0]) == set()
    assert client.get("/api/v1/practices/?theme=support").json()["count"] == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_uses_of_published_maps_are_listed(client, django_assert_num_queries, rows):
    published = publish(RegionMapFactory())
    area = AreaOfImprovement.objects.create(region_map=published, text="Meet", dimension="E3")
    uses = [PracticeUseFactory(region_map=published, area=area, result="They meet.") for _n in range(rows)]
    PracticeUseFactory()  # of a map at work
    PracticeUseFactory(region_map=published, practice__state="draft", practice__published_at=None)
    with django_assert_num_queries(2):
        found = client.get("/api/v1/practice-uses/").json()["results"]
    assert [(row["practice"], row["area"], row["result"]) for row in found] == [
        (use.practice.slug, area.pk, "They meet.") for use in uses
    ]
