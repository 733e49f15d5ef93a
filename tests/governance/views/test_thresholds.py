"""A facilitator changes a threshold with a reason; runs say which numbers they used."""

import pytest
from django.urls import reverse

from governance.models import Analysis, GovernanceScore, ThresholdChange
from governance.services.thresholds import change_threshold
from mapping.enums import Role
from tests.factories.mapping import ExerciseFactory, RegionMapFactory, UserFactory, member
from tests.factories.region import analyse, publish, small_region, small_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return small_region(ExerciseFactory(), small_version())


@pytest.fixture
def facilitator(client, region):
    user = member(Role.FACILITATOR, region.region_map)
    client.force_login(user)
    return user


def save(client, region, name="min_difference", **sent):
    address = reverse("governance:threshold_save", args=[region.region_map.exercise.slug, name])
    return client.post(address, {"value": "0.5", "reason": "Our scale is coarse", "version": "1", **sent})


def stored(region):
    region.region_map.exercise.refresh_from_db()
    return region.region_map.exercise.thresholds


def test_threshold_save_keeps_number_reason_and_history(client, region, facilitator):
    reply = save(client, region, value="0,5")
    assert reply.status_code == 302
    assert stored(region) == {
        "min_difference": {"value": 0.5, "reason": "Our scale is coarse", "by": facilitator.name}
    }
    row = ThresholdChange.objects.get()
    assert (row.version, row.edited_by, row.value) == (2, facilitator, 0.5)
    text = client.get(reply.url).content.decode()
    assert "Our scale is coarse" in text
    assert "1 number differs" in text


def test_threshold_save_back_to_the_methods_own(client, region, facilitator):
    save(client, region)
    reply = save(client, region, reset="1", value="", version="2", reason="Not needed any more")
    assert reply.status_code == 302
    assert stored(region) == {}
    assert [row.value for row in ThresholdChange.objects.all()] == [None, 0.5]


def test_an_old_version_shows_both_numbers(client, region, facilitator):
    other = UserFactory(name="Ana Novak")
    exercise = region.region_map.exercise
    change_threshold(exercise=exercise, name="min_difference", value=0.4, reason="Hers", expected=1, by=other)
    reply = save(client, region, reason="My own reason")
    text = reply.content.decode()
    assert reply.status_code == 409
    assert "Ana Novak changed this number" in text
    assert "It is 0.4 now." in text
    assert "My own reason" in text
    assert stored(region)["min_difference"]["value"] == 0.4


@pytest.mark.parametrize(
    ("name", "sent", "status", "words"),
    [
        ("min_difference", {"version": ""}, 428, "without its version"),
        ("min_difference", {"reason": " "}, 422, "Say why"),
        ("min_difference", {"value": "much"}, 422, "Enter a number, for example 0.3."),
        ("min_difference", {"value": "9"}, 422, "Enter a number from 0.1 to 2."),
        ("min_difference", {"value": "inf"}, 422, "Enter a number from 0.1 to 2."),
        ("min_difference", {"value": "nan"}, 422, "Enter a number from 0.1 to 2."),
        ("depth_used", {"value": "2.5"}, 422, "Enter a whole number, for example 3."),
        ("k_public", {"value": "4"}, 422, "Enter a number from 5 to 50."),
        ("overlap_related", {"value": "0.6"}, 422, "Enter a number from 0.05 to 0.5."),
        ("seed", {}, 404, ""),
        ("unknown", {}, 404, ""),
    ],
)
def test_threshold_save_refuses_in_words_and_keeps_what_was_typed(
    client, region, facilitator, name, sent, status, words
):
    reply = save(client, region, name=name, **sent)
    text = reply.content.decode()
    assert reply.status_code == status
    assert words in text
    assert stored(region) == {}
    assert status == 404 or sent.get("value", "0.5") in text


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OBSERVER, Role.REGIONAL_LEAD])
def test_only_the_facilitator_changes_thresholds(client, region, role):
    client.force_login(member(role, region.region_map))
    assert save(client, region).status_code == 403
    assert stored(region) == {}


def test_thresholds_of_another_partnership_are_404(client, region):
    client.force_login(member(Role.FACILITATOR, RegionMapFactory()))
    assert save(client, region).status_code == 404
    address = reverse("governance:threshold_list", args=[region.region_map.exercise.slug])
    assert client.get(address).status_code == 404


def test_threshold_list_needs_the_same_queries_with_a_long_history(
    client, region, facilitator, django_assert_num_queries
):
    address = reverse("governance:threshold_list", args=[region.region_map.exercise.slug])
    client.get(address)
    with django_assert_num_queries(5):  # session, user, exercise, roles, changes
        client.get(address)
    for version in range(2, 40):
        ThresholdChange.objects.create(
            exercise=region.region_map.exercise, name="min_peers", version=version, value=version, reason="r"
        )
    with django_assert_num_queries(5):
        client.get(address)


def test_a_changed_threshold_is_frozen_into_the_run_and_said_everywhere(client, region):
    exercise = publish(region.region_map).exercise
    first = analyse(exercise)["gaps"]
    by = member(Role.FACILITATOR, region.region_map)
    change_threshold(
        exercise=exercise, name="interval_n", value=7, reason="Few people here", expected=1, by=by
    )
    client.force_login(by)
    listed = reverse("governance:analysis_list", args=[exercise.slug])
    text = client.get(listed).content.decode()
    assert text.count("Parameters changed since") == 1  # of the gap analysis only
    assert "Answers changed since" not in text
    exercise.refresh_from_db()
    second = analyse(exercise)["gaps"]
    assert (first.parameters["interval_n"], second.parameters["interval_n"]) == (5, 7)
    changed = [{"name": "interval_n", "value": 7, "default": 5, "reason": "Few people here"}]
    assert (first.changed_parameters, second.changed_parameters) == ([], changed)
    assert "Parameters changed since" not in client.get(listed).content.decode()
    pages = [
        reverse("governance:analysis_detail", args=[second.pk]),
        reverse("journeys:region_detail", args=[region.region_map.region.slug]),
    ]
    for address in pages:
        assert "Few people here" in client.get(address).content.decode()
    client.logout()
    found = client.get("/api/v1/findings/", {"analysis__kind": "gaps"}).json()["results"][0]
    assert found["changed_parameters"] == changed
    assert Analysis.objects.filter(kind="gaps").count() == 2


def test_a_changed_coverage_makes_the_scores_again(region):
    exercise = region.region_map.exercise
    team = {"region_map": region.region_map, "group": "team", "code": "E1"}
    GovernanceScore.objects.filter(**team).update(mean=1.5)
    by = member(Role.FACILITATOR, region.region_map)
    change_threshold(exercise=exercise, name="min_coverage", value=0.5, reason="r", expected=1, by=by)
    assert GovernanceScore.objects.get(**team).mean == 3
