"""The public diagnosis: works, hides what is not published, asks few questions of the database."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.models import MapEdition
from governance.services.analyses import withdraw_analysis
from governance.services.maps import Decision, adopt_map, publish_map, release_map
from journeys.models import MeetingCount, SummarySentence
from mapping.enums import Role
from tests.factories.exchange import ActionFactory, ActionPlanFactory
from tests.factories.mapping import ExerciseFactory, RegionMapFactory, UnitFactory, member
from tests.factories.region import analyse, publish, small_region, small_version

pytestmark = pytest.mark.django_db


def published_region(**options):
    region = small_region(ExerciseFactory(), small_version(), **options)
    publish(region.region_map)
    analyse(region.region_map.exercise)
    return region.region_map


def page_of(client, region_map):
    return client.get(reverse("journeys:region_detail", args=[region_map.region.slug]))


def test_region_detail_shows_the_finding_with_n_and_method(client):
    region_map = published_region()
    text = page_of(client, region_map).content.decode()
    assert "8 themes are about equally far from what the region needs" in text
    assert "8 of 8 invited answered" in text
    assert "Method stm-1 is this product" in text


def test_region_detail_tells_what_came_of_matchmaking_once_two_met(client):
    region_map = published_region()
    assert "Who found each other" not in page_of(client, region_map).content.decode()
    MeetingCount.objects.create(region=region_map.region, met=3, led=1)
    text = page_of(client, region_map).content.decode()
    assert "Here 3 times two organisations agreed to meet" in text
    assert f"/matchmaking/?region={region_map.region.slug}" in text


@pytest.mark.parametrize(
    ("link", "is_linked"),
    [("https://region.test/decision", True), ("javascript:alert(1)", False), ("", False)],
)
def test_the_day_of_adoption_is_written_in_words_and_leads_to_the_decision(client, link, is_linked):
    region_map = small_region(ExerciseFactory(), small_version()).region_map
    decision = Decision(on=dt.date(2026, 11, 28), body="Council", link=link)
    row = adopt_map(region_map=region_map, decision=decision, expected=region_map.version, by=None)
    row = release_map(region_map=row, expected=row.version, by=None)
    publish_map(region_map=row, expected=row.version, by=None)
    text = page_of(client, region_map).content.decode()
    assert ("28 November 2026 by Council" in text, "2026-11-28" in text) == (True, False)
    assert ("Read the decision" in text, "javascript:" in text) == (is_linked, False)
    client.cookies["django_language"] = "el"
    assert "28 Νοεμβρίου 2026" in page_of(client, region_map).content.decode()


def test_region_detail_is_404_until_published(client):
    region_map = RegionMapFactory()
    assert page_of(client, region_map).status_code == 404


def test_region_detail_keeps_the_published_edition_while_the_map_is_edited(client):
    region_map = published_region()
    UnitFactory(region_map=region_map, name="Not public yet")
    assert "Not public yet" not in page_of(client, region_map).content.decode()


def test_region_detail_hides_values_of_fewer_than_five(client):
    region_map = published_region(stakeholders=2)
    text = page_of(client, region_map).content.decode()
    assert "no group of fewer than five" in text


def test_region_detail_costs_the_same_with_one_and_with_many_regions(client, django_assert_num_queries):
    region_map = published_region()
    with django_assert_num_queries(5):
        page_of(client, region_map)
    content = MapEdition.objects.get(region_map=region_map).content
    for number in range(30):
        other = publish(RegionMapFactory(exercise=region_map.exercise))
        MapEdition.objects.filter(region_map=other).update(content=content, fingerprint=f"{number:064}")
    with django_assert_num_queries(5):
        page_of(client, region_map)


def test_summary_save_shows_the_coordinators_sentence_and_marks_it_when_figures_move(client):
    region_map = published_region()
    client.force_login(member(Role.COORDINATOR, region_map))
    address = reverse("journeys:summary_save", args=[region_map.pk, 1])
    client.post(address, {"text": "Our own words.", "version": "1", "figures": "0" * 64})
    assert SummarySentence.objects.get(region_map=region_map, slot=1).text == "Our own words."
    text = page_of(client, region_map).content.decode()
    assert "Our own words." in text
    assert "The figures have changed since this was written" in text


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.FACILITATOR, Role.REGIONAL_LEAD])
def test_summary_save_is_for_the_coordinator(client, role):
    region_map = published_region()
    client.force_login(member(role, region_map))
    address = reverse("journeys:summary_save", args=[region_map.pk, 1])
    assert client.post(address, {"text": "x", "version": "1", "figures": "0" * 64}).status_code == 403


def test_diagnosis_draft_is_for_the_partnership(client):
    region = small_region(ExerciseFactory(), small_version())
    address = reverse("journeys:diagnosis_draft", args=[region.region_map.pk])
    assert client.get(address).status_code == 302
    client.force_login(member(Role.CONTRIBUTOR, RegionMapFactory()))
    assert client.get(address).status_code == 404
    client.force_login(member(Role.CONTRIBUTOR, region.region_map))
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("key", ["gaps", "groups", "quadrant", "matrix", "spaces"])
def test_figure_downloads_hold_the_same_numbers_and_their_source(client, key):
    region_map = published_region()
    slug = region_map.region.slug
    svg = client.get(reverse("journeys:figure_svg", args=[slug, key]))
    csv = client.get(reverse("journeys:figure_csv", args=[slug, key]))
    assert (svg.status_code, csv.status_code) == (200, 200)
    assert region_map.exercise.name in svg.content.decode()
    assert region_map.exercise.name in csv.content.decode()
    assert csv.content.startswith(b"\xef\xbb\xbf")


def test_figure_of_an_unpublished_region_or_unknown_key_is_404(client):
    region_map = published_region()
    assert client.get(reverse("journeys:figure_svg", args=["nowhere", "gaps"])).status_code == 404
    assert client.get(reverse("journeys:figure_svg", args=[region_map.region.slug, "x"])).status_code == 404
    assert (
        client.get(reverse("journeys:figure_plotly", args=[region_map.region.slug, "groups"])).status_code
        == 404
    )


def test_figure_plotly_gives_the_gap_plot_as_data(client):
    region_map = published_region()
    reply = client.get(reverse("journeys:figure_plotly", args=[region_map.region.slug, "gaps"]))
    assert {"data", "layout"} <= set(reply.json())


def test_region_detail_shows_how_far_the_released_plan_is(client, django_assert_num_queries):
    region_map = published_region()
    address = reverse("journeys:region_detail", args=[region_map.region.slug])
    plan = ActionPlanFactory(region_map=region_map, published_at=None)
    for state in ("done", "started", "started", "planned"):
        ActionFactory(plan=plan, state=state)
    assert "actions done" not in client.get(address).content.decode()
    plan.published_at = timezone.now()
    plan.save()
    with django_assert_num_queries(5):
        html = client.get(address).content.decode()
    assert "1 of 4 actions done, 2 under way" in html
    plan.actions.filter(state="planned").update(state="done")
    assert "2 of 4 actions done, 2 under way" in client.get(address).content.decode()


def test_what_was_not_analysed_is_no_zero(client):
    """Before the first analysis, and after the only one was withdrawn: a dash, and why."""
    region = small_region(ExerciseFactory(), small_version())
    publish(region.region_map)
    for _time in range(2):
        page = page_of(client, region.region_map)
        text = " ".join(page.content.decode().split())
        assert page.context["page"].confirmed_gaps is None
        assert "Levels are not analysed yet." in text
        assert "The groups are not compared yet." in text
        assert "Synergies are not analysed yet." in text
        assert "Too few answers" not in text
        assert text.count("not analysed yet") >= 5
        for run in analyse(region.region_map.exercise).values():
            withdraw_analysis(analysis=run, reason="A wrong table", by=None)
