"""How was this computed: from a number to its formula, inputs, run, and the answers one may see."""

import pytest
from django.urls import reverse

from governance.models import Response
from mapping.enums import Role
from tests.factories.mapping import ExerciseFactory, RegionMapFactory, member
from tests.factories.region import analyse, publish, small_region, small_version

pytestmark = pytest.mark.django_db
MEASURES = {
    "gaps": [("theme", "E1"), ("overall", "all")],
    "synergies": [
        ("region", "pairs"),
        ("spaces", "coverage"),
        ("priorities", "all"),
        ("network", "units"),
        ("network", "actors"),
    ],
}


@pytest.fixture
def region():
    region = small_region(ExerciseFactory(), small_version())
    publish(region.region_map)
    return region


def address(run, region, measure, key):
    return reverse("journeys:number_detail", args=[run.pk, region.region_map.region.slug, measure, key])


def test_number_detail_shows_formula_inputs_thresholds_seed_and_run(client, region):
    runs = analyse(region.region_map.exercise)
    for kind, measures in MEASURES.items():
        for measure, key in measures:
            reply = client.get(address(runs[kind], region, measure, key))
            text = reply.content.decode()
            assert (reply.status_code, "<math" in text) == (200, True), (measure, key)
            assert runs[kind].fingerprint[:12] in text
            assert f"seed {runs[kind].seed}" in text
            assert "Traceback" not in text


def test_every_explanation_linked_from_the_diagnosis_is_there(client, region):
    analyse(region.region_map.exercise)
    text = client.get(
        reverse("journeys:region_detail", args=[region.region_map.region.slug])
    ).content.decode()
    links = {part.split('"')[0] for part in text.split('href="')[1:] if part.startswith("/numbers/")}
    assert len(links) >= 8 + 1 + 5 + 1  # themes, the level over all, the synergies' and at least one pair
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_a_theme_by_hand(client, region):
    """Everybody says 3 and 4 is needed: level 3, gap 1; eight of eight answered."""
    run = analyse(region.region_map.exercise)["gaps"]
    text = client.get(address(run, region, "theme", "E1")).content.decode()
    assert "Needed level 4, set by the region; level now 3.00." in text
    assert '<span class="answer-number">1.00</span>' in text
    assert "8 <small>of 8 invited" in text


def test_the_public_sees_the_teams_answers_only(client, region):
    run = analyse(region.region_map.exercise)["gaps"]
    text = client.get(address(run, region, "theme", "E1")).content.decode()
    assert "1 answer<" in text
    assert "Stakeholder 1" not in text


@pytest.mark.parametrize(
    ("role", "seen", "hidden"),
    [
        (Role.FACILITATOR, "Stakeholder 1", "no such words"),
        (Role.COORDINATOR, "Territorial units: Unit", "Stakeholder 1"),
        (Role.REGIONAL_LEAD, "Territorial units: Unit", "Stakeholder 1"),
        (Role.OBSERVER, "None.", "Stakeholder 1"),
    ],
)
def test_partners_see_the_answers_of_their_role(client, region, role, seen, hidden):
    run = analyse(region.region_map.exercise, public=False)["gaps"]
    client.force_login(member(role, region.region_map))
    text = client.get(address(run, region, "theme", "E1")).content.decode()
    assert seen in text
    assert hidden not in text


def test_a_run_that_is_not_public_is_404_for_strangers(client, region):
    run = analyse(region.region_map.exercise, public=False)["gaps"]
    assert client.get(address(run, region, "theme", "E1")).status_code == 404
    client.force_login(member(Role.COORDINATOR, RegionMapFactory()))
    assert client.get(address(run, region, "theme", "E1")).status_code == 404


@pytest.mark.parametrize(
    ("measure", "key"),
    [("theme", "E99"), ("overall", "E1"), ("nothing", "E1"), ("pair", "1-2"), ("theme", "x" * 200)],
)
def test_a_number_that_does_not_exist_is_404(client, region, measure, key):
    run = analyse(region.region_map.exercise)["gaps"]
    assert client.get(address(run, region, measure, key)).status_code == 404


def test_a_hidden_value_stays_hidden(client):
    region = small_region(ExerciseFactory(), small_version(), stakeholders=2, level=2)
    publish(region.region_map)
    run = analyse(region.region_map.exercise)["gaps"]
    text = client.get(address(run, region, "theme", "E1")).content.decode()
    assert "fewer than five answered" in text
    assert '<span class="answer-number">2.00</span>' not in text


def test_number_detail_needs_the_same_queries_with_many_answers(client, region, django_assert_num_queries):
    run = analyse(region.region_map.exercise)["gaps"]
    with django_assert_num_queries(3):
        client.get(address(run, region, "theme", "E1"))
    Response.objects.filter(region_map=region.region_map).update(label="Renamed")
    with django_assert_num_queries(3):
        client.get(address(run, region, "theme", "E2"))
