"""What a region uses of practices, and what is suggested to it."""

import pytest
from django.test import Client
from django.urls import reverse

from governance.models import AreaOfImprovement
from journeys.models import PracticeUse
from mapping.enums import Role
from tests.factories.exchange import PracticeFactory, PracticeUseFactory
from tests.factories.mapping import RegionMapFactory, UnitFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def region_map():
    return RegionMapFactory()


def signed_in(role, region_map):
    client = Client()
    client.force_login(member(role, region_map))
    return client


def area(region_map, **values):
    return AreaOfImprovement.objects.create(
        **{"region_map": region_map, "text": "Meet more often", "dimension": "E3"} | values
    )


def page_of(region_map):
    return f"/workspace/maps/{region_map.pk}/practices/"


@pytest.mark.parametrize("rows", [1, 3])
def test_each_area_has_its_uses_and_suggestions(region_map, django_assert_num_queries, rows):
    unit = UnitFactory(region_map=region_map, kind="city")
    for n in range(rows):
        row = area(region_map, text=f"Meet {n}", position=n)
        row.units.add(unit)
        PracticeUseFactory(region_map=region_map, area=row, practice__dimensions=["E3"])
        PracticeFactory(title=f"Fits {n}", dimensions=["E3"], level="local")
    client = signed_in(Role.CONTRIBUTOR, region_map)
    # session, user; map, areas and units, uses; roles, gaps, domains, practices and codes
    with django_assert_num_queries(11):
        page = client.get(page_of(region_map)).context["page"]
    assert [len(line.uses) for line in page.areas] == [1] * rows
    fitting = [
        row.practice.title for row in page.areas[0].suggestions if row.practice.title.startswith("Fits")
    ]
    assert fitting == [f"Fits {n}" for n in range(rows)]
    assert page.areas[0].suggestions[0].reasons == [
        "It helps with E3 Dialogue between levels, the dimension of this area.",
        "It works at a level that this area is about: local.",
    ]


def test_no_area_no_suggestion_and_a_way_on(region_map):
    text = signed_in(Role.REGIONAL_LEAD, region_map).get(page_of(region_map)).content.decode()
    assert "No area of improvement yet" in text
    assert f"/workspace/maps/{region_map.pk}/synthesis/" in text
    assert "synthesis/" not in signed_in(Role.OBSERVER, region_map).get(page_of(region_map)).content.decode()


def test_a_practice_is_planned_written_about_and_removed(region_map):
    row, practice = area(region_map), PracticeFactory(dimensions=["E3"])
    client = signed_in(Role.CONTRIBUTOR, region_map)
    sent = {"practice": practice.slug, "area": row.pk}
    client.post(f"{page_of(region_map)}use/", sent)
    client.post(f"{page_of(region_map)}use/", sent)
    use = PracticeUse.objects.get()
    assert (use.area, use.state) == (row, "planned")
    changes = {"state": "done", "version_state": "1", "result": "They meet.", "version_result": "1"}
    assert client.post(f"/workspace/uses/{use.pk}/save/", changes).status_code == 302
    late = signed_in(Role.REGIONAL_LEAD, region_map).post(
        f"/workspace/uses/{use.pk}/save/", {"result": "They met once.", "version_result": "1"}
    )
    assert late.status_code == 409
    assert "They met once." in late.content.decode()
    use.refresh_from_db()
    assert (use.state, use.result) == ("done", "They meet.")
    assert "They meet." in client.get(f"/practices/{practice.slug}/").content.decode()
    client.post(f"/workspace/uses/{use.pk}/remove/", {"version": "1"})
    assert PracticeUse.objects.count() == 1
    client.post(f"/workspace/uses/{use.pk}/remove/", {"version": str(use.version)})
    assert PracticeUse.objects.count() == 0


def test_a_practice_or_area_that_is_gone_is_said(region_map):
    client = signed_in(Role.CONTRIBUTOR, region_map)
    gone = PracticeFactory(state="withdrawn")
    foreign = area(RegionMapFactory())
    there = PracticeFactory()
    for sent in ({"practice": gone.slug}, {"practice": there.slug, "area": foreign.pk}):
        reply = client.post(f"{page_of(region_map)}use/", sent, follow=True)
        assert "no longer there" in reply.content.decode()
    for sent in ({}, {"practice": "../x"}, {"practice": there.slug, "area": "one"}):
        assert client.post(f"{page_of(region_map)}use/", sent).status_code == 404
    assert PracticeUse.objects.count() == 0


def test_a_withdrawn_practice_stays_in_the_plan_with_a_note(region_map):
    use = PracticeUseFactory(region_map=region_map, practice__state="withdrawn")
    text = signed_in(Role.CONTRIBUTOR, region_map).get(page_of(region_map)).content.decode()
    assert use.practice.title in text
    assert "Practice withdrawn" in text
    assert "For no area in particular" in text


def test_a_result_that_is_too_long_is_said_and_kept(region_map):
    use = PracticeUseFactory(region_map=region_map)
    reply = signed_in(Role.CONTRIBUTOR, region_map).post(
        f"/workspace/uses/{use.pk}/save/", {"result": "long " * 1200, "version_result": "1"}
    )
    assert reply.status_code == 422
    assert "Shorten this to 5000 characters" in reply.content.decode()


def test_others_read_or_see_nothing(region_map):
    use = PracticeUseFactory(region_map=region_map, plan="We meet.")
    observer, stranger = signed_in(Role.OBSERVER, region_map), signed_in(Role.COORDINATOR, RegionMapFactory())
    text = observer.get(page_of(region_map)).content.decode()
    assert "We meet." in text
    assert "<textarea" not in text
    assert stranger.get(page_of(region_map)).status_code == 404
    neighbour = signed_in(Role.REGIONAL_LEAD, RegionMapFactory(exercise=region_map.exercise))
    for path in (
        f"{page_of(region_map)}use/",
        f"/workspace/uses/{use.pk}/save/",
        f"/workspace/uses/{use.pk}/remove/",
    ):
        sent = {"practice": use.practice.slug, "version": "1"}
        assert observer.post(path, sent).status_code == 403
        assert stranger.post(path, sent).status_code == 404
        assert neighbour.post(path, sent).status_code == 404


@pytest.mark.parametrize(("role", "links"), [(Role.STAKEHOLDER, 0), (Role.OBSERVER, 1)])
def test_a_use_leads_to_its_area_for_those_who_read_the_chain(client, role, links):
    region_map = RegionMapFactory(state="consultation")
    gap = area(region_map)
    use = PracticeUseFactory(region_map=region_map, area=gap)
    client.force_login(member(role, region_map))
    page = client.get(reverse("journeys:practice_detail", args=[use.practice.slug])).content.decode()
    chain = reverse("journeys:region_learning", args=[region_map.region.slug])
    assert ("Meet more often" in page, page.count(f"{chain}#area-{gap.pk}")) == (True, links)
    assert client.get(chain).status_code == (200 if links else 404)
