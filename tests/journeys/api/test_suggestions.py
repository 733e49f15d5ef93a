"""Suggested practices for programs: what the region's pages show, to those whom they show it."""

import pytest

from governance.services.maps import reopen_map
from mapping.enums import Role
from mapping.models import RegionMap
from tests.factories.exchange import PracticeFactory, PracticeUseFactory
from tests.factories.mapping import RegionMapFactory, member
from tests.factories.region import publish
from tests.factories.synthesis import AreaFactory

pytestmark = pytest.mark.django_db


def address(region_map):
    return f"/api/v1/regions/{region_map.region.slug}/practice-suggestions/"


@pytest.fixture
def area():
    return AreaFactory(region_map=RegionMapFactory(), text="Cooperation of counties", dimension="E3")


def test_the_public_reads_suggestions_with_their_reasons_in_the_words_of_the_edition(client, area):
    practice = PracticeFactory(title="Counties in cooperation", dimensions=["E3"], evidence="It grew.")
    PracticeFactory(title="Money", dimensions=["E5"])
    PracticeFactory(title="At work", dimensions=["E3"], state="submitted", published_at=None)
    PracticeFactory(title="Ours", dimensions=["E3"], region=area.region_map.region)
    assert client.get(address(area.region_map)).status_code == 404
    publish(area.region_map)
    reopen_map(region_map=area.region_map, expected=RegionMap.objects.get().version, by=None)
    type(area).objects.update(text="Under revision")
    (line,) = client.get(address(area.region_map)).json()
    assert (line["area"], line["text"], line["dimension"]) == (area.pk, "Cooperation of counties", "E3")
    (row,) = line["suggestions"]
    assert (row["practice"], row["region"], row["is_own"]) == (
        practice.slug,
        practice.region.slug,
        False,
    )
    assert row["reasons"] == [
        "It helps with E3 Dialogue between levels, the dimension of this area.",
        "Words in both texts: cooperation and counties.",
        "Its record tells of results.",
    ]
    assert [(ground["code"], ground["values"]) for ground in row["grounds"]] == [
        ("dimension", ["E3"]),
        ("words", ["cooperation", "counties"]),
        ("evidence", []),
    ]


def test_the_map_at_work_is_for_those_who_work_on_it(client, area):
    region_map = area.region_map
    used = PracticeUseFactory(region_map=region_map, area=area, practice__dimensions=["E3"])
    free = PracticeFactory(dimensions=["E3"])
    at_work = f"{address(region_map)}?exercise={region_map.exercise.slug}"
    assert client.get(at_work).status_code == 404
    client.force_login(member(Role.STAKEHOLDER, region_map))
    assert client.get(at_work).status_code == 404
    client.force_login(member(Role.CONTRIBUTOR, region_map))
    (line,) = client.get(at_work).json()
    assert [row["practice"] for row in line["suggestions"]] == [free.slug]
    assert used.practice.slug not in str(line)
    assert client.get(f"{address(region_map)}?exercise=none").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(client, area, rows, django_assert_num_queries):
    for _n in range(rows):
        PracticeFactory(dimensions=["E3"])
        AreaFactory(region_map=area.region_map, text="More", dimension="E3")
    publish(area.region_map)
    with django_assert_num_queries(6):
        client.get(address(area.region_map))
