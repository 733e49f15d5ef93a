"""How was this computed: from a number to its formula, inputs, run, and the answers one may see."""

import pytest
from django.urls import reverse

from governance.enums import Group
from governance.models import Answer, Finding, Response
from governance.services.thresholds import change_threshold
from mapping.enums import Role
from tests.factories.mapping import ExerciseFactory, RegionMapFactory, member
from tests.factories.region import analyse, publish, small_region, small_version

pytestmark = pytest.mark.django_db
MEASURES = {
    "gaps": [
        ("theme", "E1"),
        ("overall", "all"),
        ("statement", "1-1"),
        ("perception", "all"),
        ("order", "all"),
        ("gap-order", "all"),
    ],
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


def test_a_changed_threshold_stands_beside_the_numbers_of_its_own_analysis(client, region):
    exercise = region.region_map.exercise
    by = member(Role.FACILITATOR, region.region_map)
    change_threshold(
        exercise=exercise, name="strength_present", value=4, reason="Rated high", expected=1, by=by
    )
    exercise.refresh_from_db()
    runs = analyse(exercise)
    told = {
        kind: "Rated high" in client.get(address(runs[kind], region, *place)).content.decode()
        for kind, place in {"gaps": ("theme", "E1"), "synergies": ("region", "pairs")}.items()
    }
    assert told == {"gaps": False, "synergies": True}


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
    assert "Needed level 4, set by the region; level now 3.0." in text
    assert '<span class="answer-number">1.0</span>' in text
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


def test_earlier_runs_are_explained_to_the_facilitator_only(client, region):
    """Whoever reads two drafts one after the other knows what the one who answered in between said."""
    exercise = region.region_map.exercise
    runs = [analyse(exercise)["gaps"]]
    for level in (4, 5):
        Answer.objects.filter(response__label="Stakeholder 1").update(level=level)
        runs.append(analyse(exercise, public=False)["gaps"])
    for role, wanted in (
        (Role.FACILITATOR, [200, 200, 200]),
        (Role.COORDINATOR, [200, 404, 200]),
        (Role.REGIONAL_LEAD, [200, 404, 200]),
    ):
        user = member(role, region.region_map)
        client.force_login(user)
        pages = [client.get(address(run, region, "theme", "E1")) for run in runs]
        assert [page.status_code for page in pages] == wanted, role
        # The public one as the public reads it.
        as_public = "single answers are not public" in pages[0].content.decode()
        assert as_public is (role != Role.FACILITATOR), role
        read = Finding.objects.visible_to(user).values_list("analysis", flat=True)
        assert runs[1].pk not in read


def test_a_run_that_is_not_public_is_404_for_strangers(client, region):
    run = analyse(region.region_map.exercise, public=False)["gaps"]
    assert client.get(address(run, region, "theme", "E1")).status_code == 404
    client.force_login(member(Role.COORDINATOR, RegionMapFactory()))
    assert client.get(address(run, region, "theme", "E1")).status_code == 404


def test_a_statement_by_hand(client, region):
    """Eight say 3 with importance 4: all agree, and 4 / 32 x (4 - 3) = 0.125 for each of eight statements."""
    run = analyse(region.region_map.exercise)["gaps"]
    text = client.get(address(run, region, "statement", "1-1")).content.decode()
    assert '<span class="answer-number">3.0</span>' in text
    assert text.count("no group of fewer than five") >= 2  # one unit, and the stakeholders it would give away
    work = client.get(address(run, region, "order", "all")).content.decode()
    assert work.count("0.125") == 8
    public = client.get(address(run, region, "perception", "all")).content.decode()
    assert '<span class="answer-number">0</span>' in public


WAITING = {
    Role.FACILITATOR: ("Late organisation", "1 has not sent"),
    Role.REGIONAL_LEAD: ("Late organisation", "1 has not sent"),
    Role.COORDINATOR: ("", "1 has not sent"),
    Role.OBSERVER: ("", ""),
    None: ("", ""),
}


@pytest.mark.parametrize("role", WAITING)
def test_who_would_have_to_answer_is_told_by_role(client, role):
    region = small_region(ExerciseFactory(), small_version(), stakeholders=2)
    Response.objects.create(
        region_map=region.region_map,
        questionnaire_version=region.team.questionnaire_version,
        group=Group.STAKEHOLDER,
        label="Late organisation",
    )
    publish(region.region_map)
    run = analyse(region.region_map.exercise)["gaps"]
    if role is not None:
        client.force_login(member(role, region.region_map))
    text = client.get(address(run, region, "theme", "E1")).content.decode()
    name, count = WAITING[role]
    assert ("Late organisation" in text, "Who would have to answer" in text) == (bool(name), bool(count))
    assert count in text


@pytest.mark.parametrize(
    ("measure", "key"),
    [
        ("theme", "E99"),
        ("statement", "9-9"),
        ("perception", "1-1"),
        ("overall", "E1"),
        ("nothing", "E1"),
        ("pair", "1-2"),
        ("theme", "x" * 200),
    ],
)
def test_a_number_that_does_not_exist_is_404(client, region, measure, key):
    run = analyse(region.region_map.exercise)["gaps"]
    assert client.get(address(run, region, measure, key)).status_code == 404


def test_a_hidden_value_stays_hidden(client):
    region = small_region(ExerciseFactory(), small_version(), stakeholders=2, level=2)
    publish(region.region_map)
    run = analyse(region.region_map.exercise)["gaps"]
    text = client.get(address(run, region, "theme", "E1")).content.decode()
    assert "no group of fewer than five" in text
    assert '<span class="answer-number">2.0</span>' not in text


def test_number_detail_needs_the_same_queries_with_many_answers(client, region, django_assert_num_queries):
    run = analyse(region.region_map.exercise)["gaps"]
    with django_assert_num_queries(4):
        client.get(address(run, region, "theme", "E1"))
    Response.objects.filter(region_map=region.region_map).update(label="Renamed")
    with django_assert_num_queries(4):
        client.get(address(run, region, "theme", "E2"))
