"""Good practices as everybody reads them."""

import pytest
from django.test import Client
from django.utils import timezone

from governance.models import AreaOfImprovement
from journeys.models import Practice
from journeys.services.rows import SEARCHED
from mapping.enums import Role
from mapping.models import Code, CodeList
from tests.factories.exchange import (
    ActionFactory,
    PracticeFactory,
    PracticeUseFactory,
    TakeawayFactory,
    VisitFactory,
)
from tests.factories.mapping import RegionFactory, RegionMapFactory, member
from tests.factories.region import publish

pytestmark = pytest.mark.django_db
WITHDRAWN = {"state": "withdrawn", "withdrawn_because": "The programme ended badly."}


def findable(**values):
    practice = PracticeFactory(**values)
    Practice.objects.filter(pk=practice.pk).update(search=SEARCHED[Practice](practice))
    return practice


def titles(reply):
    return [line.practice.title for line in reply.context["page"].lines]


def area(region_map, **values):
    return AreaOfImprovement.objects.create(
        **{"region_map": region_map, "text": "Meet more often", "dimension": "E3"} | values
    )


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_list_shows_published_ones_in_four_queries(client, django_assert_num_queries, rows):
    for n in range(rows):
        findable(title=f"Practice {n}", dimensions=["E3"])
    findable(title="A draft", state="draft", published_at=None)
    findable(title="Gone", **WITHDRAWN)
    # domains, countries, their names; count and rows
    with django_assert_num_queries(4 + bool(rows)):
        reply = client.get("/practices/")
    assert titles(reply) == [f"Practice {n}" for n in range(rows)]
    assert ("No practice is published yet" in reply.content.decode()) is (rows == 0)


def test_a_thousand_practices_come_in_pages(client, django_assert_num_queries):
    region = RegionFactory(nuts_codes=["PL91"])
    Practice.objects.bulk_create(
        Practice(
            project=region.project,
            region=region,
            slug=f"p-{n}",
            title=f"Practice {n:04}",
            state="published",
            published_at=timezone.now(),
        )
        for n in range(1000)
    )
    with django_assert_num_queries(5):
        reply = client.get("/practices/?page=56")
    assert titles(reply) == [f"Practice {n:04}" for n in range(990, 1000)]
    assert titles(client.get("/practices/?page=nonsense"))[0] == "Practice 0000"
    assert titles(client.get("/practices/?page=9999"))[-1] == "Practice 0999"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=lodz", ["Łódź learns"]),
        ("q=LÓDŹ learns", ["Łódź learns"]),
        ("q=lodz cork", []),
        ("q=cork", ["Clusters"]),
        ("theme=support", ["Clusters"]),
        ("level=local", ["Łódź learns"]),
        ("country=PL", ["Łódź learns"]),
        ("dimension=E5", ["Clusters"]),
        ("domain=nace:K", ["Clusters"]),
        ("domain=nace:K62", ["Clusters"]),
        ("domain=nace:C", ["Clusters", "Łódź learns"]),  # no practice has it, so nobody offers it
        ("theme=nonsense", ["Clusters", "Łódź learns"]),
        ("country=XX&q=%00", ["Clusters", "Łódź learns"]),
        ("q=" + "x" * 101, ["Clusters", "Łódź learns"]),
        ("dimension=E5&country=PL", []),
    ],
)
def test_list_is_narrowed(client, asked, found):
    nace = CodeList.objects.create(key="nace", title="NACE")
    top = Code.objects.create(code_list=nace, key="nace:K", code="K", label="Information")
    code = Code.objects.create(code_list=nace, key="nace:K62", code="K62", label="Programming", parent=top)
    clusters = findable(
        title="Clusters", location="Cork", theme="support", dimensions=["E5", "E4"], region__country="IE"
    )
    clusters.codes.add(code, top)
    findable(title="Łódź learns", level="local", dimensions=["E3"], region__country="PL")
    reply = client.get(f"/practices/?{asked}")
    assert (reply.status_code, titles(reply)) == (200, found)
    assert ("Nothing found" in reply.content.decode()) is (found == [])


def test_detail_says_what_no_source_tells_and_what_is_our_reading(client):
    practice = PracticeFactory(
        description="It was done.",
        level="local",
        conditions="Trust\nA budget",
        unknown=["level", "evidence"],
        sources=["https://region.eu/practice"],
        provenance="sourced",
        keywords="one, two ,",
    )
    reply = client.get(f"/practices/{practice.slug}/")
    text = reply.content.decode()
    page = reply.context["page"]
    assert [(part.name, part.is_unknown) for part in page.texts if part.is_unknown] == [("evidence", True)]
    assert text.count("Not found in the sources") == 1
    assert text.count("our reading; no source says it") == 1
    assert text.count("Not written yet") == 7
    assert (page.conditions, page.keywords) == (["Trust", "A budget"], ["one", "two"])
    assert 'href="https://region.eu/practice"' in text
    assert "Expert opinion" not in text


def test_expert_opinion_stands_apart_without_a_name(client):
    person = member(Role.FACILITATOR, RegionMapFactory())
    practice = PracticeFactory(
        expert_opinion="Well told.", expert_at=timezone.now(), expert_by=person, sources=[]
    )
    text = client.get(f"/practices/{practice.slug}/").content.decode()
    assert "Well told." in text.partition('id="opinion"')[2]
    assert person.name not in text


def test_a_withdrawn_practice_can_still_be_read_with_the_reason(client):
    practice = PracticeFactory(**WITHDRAWN)
    text = client.get(f"/practices/{practice.slug}/").content.decode()
    assert "This practice was withdrawn" in text
    assert "The programme ended badly." in text
    never = PracticeFactory(state="withdrawn", published_at=None)
    assert client.get(f"/practices/{never.slug}/").status_code == 404


def test_a_draft_is_read_by_its_region_and_who_runs_the_round():
    region_map = RegionMapFactory()
    draft = PracticeFactory(region=region_map.region, state="draft", published_at=None)
    seen = {}
    for role in Role:
        client = Client()
        client.force_login(member(role, region_map))
        seen[role] = client.get(f"/practices/{draft.slug}/").status_code
    assert {role for role, status in seen.items() if status == 200} == {
        Role.REGIONAL_LEAD,
        Role.CONTRIBUTOR,
        Role.COORDINATOR,
        Role.FACILITATOR,
    }
    assert set(seen.values()) == {200, 404}


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_shows_what_is_public_of_it(client, django_assert_num_queries, rows):
    practice = PracticeFactory(dimensions=["E3"])
    for _n in range(rows):
        published = publish(RegionMapFactory())
        PracticeUseFactory(practice=practice, region_map=published, result="It worked.")
        PracticeUseFactory(practice=practice, result="Not yet public.")
        area(published)
        VisitFactory().practices.add(practice)
        ActionFactory(plan__region_map=published).practices.add(practice)
        ActionFactory().practices.add(practice)  # of a map that is not published
        for is_released in (True, False):
            TakeawayFactory(practice=practice, region_map=published, is_released=is_released)
    with django_assert_num_queries(9):
        reply = client.get(f"/practices/{practice.slug}/")
    page, text = reply.context["page"], reply.content.decode()
    assert [len(page.uses), len(page.visits), len(page.actions), len(page.needs)] == [rows] * 4
    assert len(page.takeaways) == rows
    linked = [*page.visits, *page.actions]
    assert all(row.address and f'href="{row.address}"' in text for row in linked)
    assert "It worked." in text
    assert "Not yet public." not in text


def test_a_need_it_is_used_for_is_no_longer_offered(client):
    practice, published = PracticeFactory(dimensions=["E3"]), publish(RegionMapFactory())
    PracticeUseFactory(practice=practice, region_map=published, area=area(published))
    assert client.get(f"/practices/{practice.slug}/").context["page"].needs == []


@pytest.mark.parametrize("rows", [1, 3])
def test_region_page_joins_areas_uses_and_suggestions(client, django_assert_num_queries, rows):
    region_map = RegionMapFactory()
    areas = [area(region_map, position=n, text=f"Meet {n}") for n in range(rows)]
    published = publish(region_map)
    used = PracticeFactory(title="In use", dimensions=["E3"])
    PracticeFactory(title="Fits", dimensions=["E3"])
    PracticeFactory(title="Own", dimensions=["E3"], region=region_map.region)
    PracticeFactory(title="Other dimension", dimensions=["E5"])
    PracticeFactory(title="Withdrawn", dimensions=["E3"], **WITHDRAWN)
    PracticeFactory(title="Draft", dimensions=["E3"], state="draft", published_at=None)
    for row in areas:
        PracticeUseFactory(practice=used, region_map=published, area=row, plan="We meet.")
    address = f"/regions/{region_map.region.slug}/practices/"
    client.get(address)  # SQLite is asked once whether it knows JSON
    with django_assert_num_queries(6):
        reply = client.get(address)
    lines = reply.context["page"].areas
    assert [[use.practice.title for use in line.uses] for line in lines] == [["In use"]] * rows
    assert [[row.practice.title for row in line.suggestions] for line in lines] == [["Fits"]] * rows
    assert [reasons for _use, reasons in lines[0].used] == [
        ["It helps with E3 Dialogue between levels, the dimension of this area."]
    ]
    assert "Own" in reply.content.decode()


def test_region_page_is_there_with_a_published_map_only(client):
    region_map = RegionMapFactory()
    assert client.get(f"/regions/{region_map.region.slug}/practices/").status_code == 404
    empty = publish(RegionMapFactory())
    text = client.get(f"/regions/{empty.region.slug}/practices/").content.decode()
    assert "No area of improvement is published" in text
