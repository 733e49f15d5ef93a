"""Starting, watching and publishing analyses in the browser."""

import pytest
from django.urls import reverse

from governance.models import Analysis
from mapping.enums import Role
from tests.factories.mapping import ExerciseFactory, RegionMapFactory, member
from tests.factories.region import analyse, small_region, small_version

pytestmark = pytest.mark.django_db


def small():
    return small_region(ExerciseFactory(), small_version()).region_map


def test_analysis_start_freezes_todays_inputs_once(client, django_capture_on_commit_callbacks):
    region_map = small()
    client.force_login(member(Role.COORDINATOR, region_map))
    address = reverse("governance:analysis_start", args=[region_map.exercise.slug])
    first = client.post(address, {"kind": "gaps"})
    again = client.post(address, {"kind": "gaps"})
    assert first.url == again.url
    assert Analysis.objects.count() == 1
    assert len(Analysis.objects.get().inputs["regions"]) == 1


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.OBSERVER, Role.REGIONAL_LEAD])
def test_analysis_start_is_for_the_coordinator(client, role):
    region_map = small()
    client.force_login(member(role, region_map))
    address = reverse("governance:analysis_start", args=[region_map.exercise.slug])
    assert client.post(address, {"kind": "gaps"}).status_code == 403


def test_analysis_pages_of_another_partnership_are_404(client):
    region_map = small()
    runs = analyse(region_map.exercise, public=False)
    client.force_login(member(Role.COORDINATOR, RegionMapFactory()))
    for name in ("analysis_detail", "analysis_status"):
        assert client.get(reverse(f"governance:{name}", args=[runs["gaps"].pk])).status_code == 404
    assert client.get(reverse("governance:analysis_list", args=[region_map.exercise.slug])).status_code == 404


def test_analysis_start_with_an_unknown_kind_is_404(client):
    region_map = small()
    client.force_login(member(Role.COORDINATOR, region_map))
    address = reverse("governance:analysis_start", args=[region_map.exercise.slug])
    assert client.post(address, {"kind": "<script>"}).status_code == 404


def test_analysis_list_says_when_answers_changed_since(client):
    region = small_region(ExerciseFactory(), small_version())
    analyse(region.region_map.exercise)
    client.force_login(member(Role.COORDINATOR, region.region_map))
    address = reverse("governance:analysis_list", args=[region.region_map.exercise.slug])
    assert "Answers changed since" not in client.get(address).content.decode()
    region.team.answers.update(level=1)
    assert "Answers changed since" in client.get(address).content.decode()


def test_analysis_publish_withdraws_the_earlier_run(client):
    region = small_region(ExerciseFactory(), small_version())
    first = analyse(region.region_map.exercise)["gaps"]
    region.team.answers.update(level=1)
    second = analyse(region.region_map.exercise, public=False)["gaps"]
    client.force_login(member(Role.COORDINATOR, region.region_map))
    client.post(reverse("governance:analysis_publish", args=[second.pk]))
    assert Analysis.objects.get(pk=first.pk).published_at is None
    assert Analysis.objects.get(pk=second.pk).published_at is not None


def test_unfinished_analysis_is_not_published(client):
    region_map = small()
    client.force_login(member(Role.COORDINATOR, region_map))
    client.post(reverse("governance:analysis_start", args=[region_map.exercise.slug]), {"kind": "gaps"})
    row = Analysis.objects.get()
    client.post(reverse("governance:analysis_publish", args=[row.pk]))
    client.post(reverse("governance:analysis_cancel", args=[row.pk]))
    row.refresh_from_db()
    assert (row.state, row.published_at) == ("cancelled", None)


def test_progress_board_lists_who_needs_help_first_in_five_queries(client, django_assert_num_queries):
    region = small_region(ExerciseFactory(), small_version())
    coordinator = member(Role.COORDINATOR, region.region_map)
    client.force_login(coordinator)
    address = reverse("governance:progress_board", args=[region.region_map.exercise.slug])
    client.get(address)
    # Session and user, then five: the exercise, the person's roles, and the board's own three.
    with django_assert_num_queries(7):
        client.get(address)
    for _n in range(30):
        RegionMapFactory(exercise=region.region_map.exercise)
    with django_assert_num_queries(7):
        text = client.get(address).content.decode()
    assert "Nothing is answered yet." in text
