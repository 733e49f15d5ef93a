import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from governance.models import GovernanceScore, MapEdition
from governance.services.maps import reopen_map
from journeys.models import IndicatorReading
from journeys.selectors.chains import chain_of
from journeys.selectors.region_learning import region_learning
from journeys.services.practices import withdraw_practice
from mapping.enums import Role
from mapping.models import RegionMap
from tests.factories.exchange import (
    ActionFactory,
    ActionIndicatorFactory,
    ActionPlanFactory,
    PracticeFactory,
    PracticeUseFactory,
    TakeawayFactory,
)
from tests.factories.mapping import ExerciseFactory, RegionMapFactory, UserFactory, member
from tests.factories.region import publish
from tests.factories.synthesis import AreaFactory

pytestmark = pytest.mark.django_db


def linked(region_map, area, *, practice=None):
    """An area with every link of the chain."""
    practice = practice or PracticeFactory(region__project=region_map.exercise.project)
    PracticeUseFactory(practice=practice, region_map=region_map, area=area, plan="Try it")
    takeaway = TakeawayFactory(
        visit__journey__exercise=region_map.exercise,
        region_map=region_map,
        area=area,
        practice=practice,
        is_released=True,
    )
    action = ActionFactory(plan=ActionPlanFactory(region_map=region_map))
    action.areas.add(area)
    action.practices.add(practice)
    action.takeaways.add(takeaway)
    indicator = ActionIndicatorFactory(action=action, baseline=0, target=10)
    IndicatorReading.objects.create(indicator=indicator, on="2031-01-01", value=5)
    return practice, takeaway, action


def chain(region_map, user):
    page = region_learning(slug=region_map.region.slug, user=user)
    return chain_of(page=page, user=user)


def test_each_link_is_there_once_or_said_to_be_missing():
    region_map = RegionMapFactory()
    whole = AreaFactory(region_map=region_map)
    AreaFactory(region_map=region_map)
    practice, takeaway, action = linked(region_map, whole)
    publish(region_map)
    first, second = chain(region_map, UserFactory()).lines
    assert (first.practices, first.takeaways, [line.action for line in first.actions], first.missing) == (
        [practice],
        [takeaway],
        [action],
        [],
    )
    assert (second.practices, second.missing) == ([], ["practice", "visit", "action", "result"])


def test_an_action_that_was_given_up_leaves_the_chain_open():
    region_map = RegionMapFactory()
    area = AreaFactory(region_map=region_map)
    _practice, _takeaway, action = linked(region_map, area)
    action.state = "dropped"
    action.save()
    publish(region_map)
    (line,) = chain(region_map, UserFactory()).lines
    assert line.missing == ["action"]


def test_the_public_sees_no_draft_of_the_chain_and_partners_do():
    region_map = RegionMapFactory()
    area = AreaFactory(region_map=region_map)
    practice, takeaway, action = linked(region_map, area)
    practice.state, practice.published_at = "draft", None
    practice.save()
    takeaway.is_released = False
    takeaway.save()
    action.plan.published_at = None
    action.plan.save()
    publish(region_map)
    assert chain(region_map, UserFactory()).lines[0].missing == ["practice", "visit", "action", "result"]
    assert chain(region_map, member(Role.COORDINATOR, region_map)).lines[0].missing == []


def test_how_many_areas_lack_a_link_is_told():
    region_map = RegionMapFactory()
    linked(region_map, AreaFactory(region_map=region_map))
    for _n in range(2):
        AreaFactory(region_map=region_map)
    publish(region_map)
    assert [count for _words, count in chain(region_map, UserFactory()).open_links] == [2, 2, 2, 2]


def test_the_next_round_is_compared_once_it_is_public():
    first = RegionMapFactory(exercise=ExerciseFactory(opens_on="2030-01-01"))
    AreaFactory(region_map=first, dimension="E3")
    scored(first, 2.4)
    publish(first)
    later = RegionMapFactory(
        exercise=ExerciseFactory(project=first.exercise.project, opens_on="2032-01-01", name="Round two"),
        region=first.region,
    )
    scored(later, 3.1)
    first.exercise.refresh_from_db()

    def shown():
        page = region_learning(slug=first.region.slug, user=UserFactory(), exercise=first.exercise.slug)
        found = chain_of(page=page, user=UserFactory()).lines[0].next_round
        return found.before, found.after, found.exercise

    assert shown() == (2.4, None, "")
    publish(later)
    assert shown() == (2.4, 3.1, "Round two")
    newest = region_learning(slug=first.region.slug, user=UserFactory())
    assert (newest.region_map, [slug for slug, _name in newest.rounds]) == (
        later,
        [later.exercise.slug, first.exercise.slug],
    )
    assert region_learning(slug=first.region.slug, user=UserFactory(), exercise="none") is None


def test_from_the_action_of_a_map_at_work_a_partner_reaches_its_gap(client):
    region_map = RegionMapFactory()
    area = AreaFactory(region_map=region_map, text="Not public yet")
    _practice, _takeaway, action = linked(region_map, area)
    client.force_login(member(Role.OBSERVER, region_map))
    gap = f"/regions/{region_map.region.slug}/learning/?round={region_map.exercise.slug}"
    for page in ("plan_detail", "plan_board"):
        text = client.get(reverse(f"journeys:{page}", args=[action.plan_id])).content.decode()
        assert f"{gap}#area-{area.pk}" in text, page
    assert "Not public yet" in client.get(gap).content.decode()
    client.logout()
    assert client.get(gap).status_code == 404


def scored(region_map, mean):
    GovernanceScore.objects.create(
        region_map=region_map, group="all", code="E3", mean=mean, n=20, is_public=True, method_version="stm-1"
    )


def test_a_chain_stays_public_in_the_words_of_the_edition_while_the_map_is_revised(client):
    region_map = RegionMapFactory()
    area = AreaFactory(region_map=region_map, text="Meet more often")
    practice, takeaway, action = linked(region_map, area)
    publish(region_map)
    reopen_map(region_map=region_map, expected=RegionMap.objects.get(pk=region_map.pk).version, by=None)
    type(area).objects.filter(pk=area.pk).update(text="Under revision")
    (line,) = chain(region_map, AnonymousUser()).lines
    assert (line.area.text, line.missing) == ("Meet more often", [])
    pages = {
        "region_learning": [region_map.region.slug],
        "plan_detail": [action.plan_id],
        "practice_detail": [practice.slug],
        "visit_detail": [takeaway.visit.journey.slug, takeaway.visit.slug],
    }
    for name, args in pages.items():
        text = client.get(reverse(f"journeys:{name}", args=args)).content.decode()
        assert ("Under revision" in text, takeaway.learned in text) == (False, True), name
    assert (
        "Meet more often"
        in client.get(reverse("journeys:plan_detail", args=[action.plan_id])).content.decode()
    )
    (told,) = client.get("/api/v1/takeaways/").json()["results"]
    assert told["area_text"] == "Meet more often"
    assert client.get(f"/api/v1/takeaways/{takeaway.pk}/").json()["area_text"] == "Meet more often"
    journey = reverse("journeys:journey_detail", args=[takeaway.visit.journey.slug])
    for page in (journey, reverse("journeys:visit_detail", args=pages["visit_detail"])):
        text = client.get(page).content.decode()
        assert (f"#area-{area.pk}" in text, "Meet more often" in text) == (True, True), page
    # A map that never was public shows nothing of it.
    MapEdition.objects.filter(region_map=region_map).update(withdrawn_at=timezone.now())
    assert client.get(reverse("journeys:plan_detail", args=[action.plan_id])).status_code == 404


def test_a_practice_that_was_withdrawn_stays_in_the_chain_and_says_so(client):
    region_map = RegionMapFactory()
    practice, _takeaway, action = linked(region_map, AreaFactory(region_map=region_map))
    publish(region_map)
    pages = [
        reverse("journeys:region_learning", args=[region_map.region.slug]),
        reverse("journeys:plan_detail", args=[action.plan_id]),
    ]
    before = [client.get(page).content.decode() for page in pages]
    assert [(practice.title in text, "Withdrawn" in text) for text in before] == [(True, False)] * 2
    withdraw_practice(practice=practice, reason="It ended.", expected=practice.version_of("state"), by=None)
    after = [client.get(page).content.decode() for page in pages]
    assert [(practice.title in text, "Withdrawn" in text) for text in after] == [(True, True)] * 2


@pytest.mark.parametrize("areas", [1, 3])
def test_the_page_takes_the_same_queries_for_any_number_of_areas(client, django_assert_num_queries, areas):
    region_map = RegionMapFactory()
    for _n in range(areas):
        linked(region_map, AreaFactory(region_map=region_map))
    publish(region_map)
    with django_assert_num_queries(16):
        reply = client.get(reverse("journeys:region_learning", args=[region_map.region.slug]))
    assert len(reply.context["chain"].lines) == areas
