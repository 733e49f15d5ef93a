"""Starting, watching and publishing analyses in the browser."""

import pytest
from django.urls import reverse

from governance.models import Analysis, GovernanceScore
from governance.selectors import analyses as analyses_read
from governance.services import analyses
from governance.services.thresholds import change_threshold
from mapping.enums import Role
from tests.factories.mapping import ExerciseFactory, RegionMapFactory, member
from tests.factories.region import analyse, publish, small_region, small_version

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


def test_a_run_of_an_older_method_says_so_and_can_be_made_again(client, monkeypatch):
    """The same inputs, and yet a new run: the fingerprint holds the method's version."""
    region_map = small()
    old = analyse(region_map.exercise)["synergies"]
    client.force_login(member(Role.COORDINATOR, region_map))
    slug = [region_map.exercise.slug]
    pages = [
        reverse("governance:analysis_list", args=slug),
        reverse("governance:analysis_detail", args=[old.pk]),
        reverse("journeys:diagnosis_draft", args=[region_map.pk]),
    ]
    said = [
        "Made by an older method",
        "made by an older method (stm-1.1)",
        "Synergy analysis: made by an older",
    ]
    for address, words in zip(pages, said, strict=True):
        assert words not in client.get(address).content.decode()
    monkeypatch.setattr(analyses, "METHOD_VERSION", "stm-2")
    monkeypatch.setattr(analyses_read, "METHOD_VERSION", "stm-2")
    for address, words in zip(pages, said, strict=True):
        assert words in client.get(address).content.decode()
    reply = client.post(reverse("governance:analysis_start", args=slug), {"kind": "synergies"})
    new = Analysis.objects.latest("pk")
    assert reply.url == reverse("governance:analysis_detail", args=[new.pk])
    assert (new.pk != old.pk, new.method_version, new.inputs == old.inputs) == (True, "stm-2", True)
    assert analyses.run_analysis(analysis_id=new.pk)
    assert said[1] not in client.get(reply.url).content.decode()
    page = client.get(
        reverse("governance:analysis_compare", args=slug), {"before": old.pk, "after": new.pk}
    ).context["page"]
    assert [(row.field, row.before, row.after) for row in page.causes] == [("method", "stm-1.1", "stm-2.1")]


def test_the_page_of_a_run_is_loaded_again_when_the_run_has_ended(client):
    region_map = small()
    run = analyse(region_map.exercise, public=False)["gaps"]
    client.force_login(member(Role.COORDINATOR, region_map))
    address = reverse("governance:analysis_status", args=[run.pk])
    assert client.get(address).headers["HX-Refresh"] == "true"
    Analysis.objects.filter(pk=run.pk).update(state="running", result=None)
    assert "HX-Refresh" not in client.get(address).headers


def test_analysis_publish_withdraws_the_earlier_run(client):
    region = small_region(ExerciseFactory(), small_version())
    first = analyse(region.region_map.exercise)["gaps"]
    region.team.answers.update(level=1)
    second = analyse(region.region_map.exercise, public=False)["gaps"]
    client.force_login(member(Role.COORDINATOR, region.region_map))
    client.post(reverse("governance:analysis_publish", args=[second.pk]))
    assert Analysis.objects.get(pk=first.pk).published_at is None
    assert Analysis.objects.get(pk=second.pk).published_at is not None


def test_a_withdrawn_run_leaves_the_public_pages_to_the_run_before_it(client):
    region = small_region(ExerciseFactory(), small_version())
    publish(region.region_map)
    first = analyse(region.region_map.exercise)["gaps"]
    region.team.answers.update(level=1)
    second = analyse(region.region_map.exercise)["gaps"]
    known = Analysis.objects.get(pk=second.pk).disclosed_at
    coordinator = member(Role.COORDINATOR, region.region_map)
    client.force_login(coordinator)
    page, action = [
        reverse(f"governance:analysis_{name}", args=[second.pk]) for name in ("detail", "withdraw")
    ]
    assert f'action="{action}"' in client.get(page).content.decode()
    refused = client.post(action, {"reason": " "})
    assert (refused.status_code, "Write the reason" in refused.content.decode()) == (422, True)
    assert Analysis.objects.get(pk=second.pk).published_at is not None
    said = client.post(action, {"reason": "Wrong level"}, follow=True).content.decode()
    assert ("show the results that were published before" in said, "Wrong level" in said) == (True, True)
    row = Analysis.objects.get(pk=second.pk)
    assert (row.published_at, row.withdrawn_by, row.disclosed_at) == (None, coordinator, known)
    assert list(Analysis.objects.published().filter(kind="gaps")) == [first]
    # Twice does nothing more: the run that came back stays.
    assert "nothing was done" in client.post(action, {"reason": "Again"}, follow=True).content.decode()
    assert list(Analysis.objects.published().filter(kind="gaps")) == [first]
    client.post(reverse("governance:analysis_withdraw", args=[first.pk]), {"reason": "This too"})
    assert Analysis.objects.published().filter(kind="gaps").count() == 0
    assert GovernanceScore.objects.filter(is_public=True).count() == 0


def test_withdrawing_the_only_run_hides_its_scores_and_publishing_shows_them_again(client):
    region = small_region(ExerciseFactory(), small_version())
    publish(region.region_map)
    run = analyse(region.region_map.exercise)["gaps"]
    shown = GovernanceScore.objects.filter(is_public=True).count()
    assert shown > 0
    client.force_login(member(Role.COORDINATOR, region.region_map))
    client.post(reverse("governance:analysis_withdraw", args=[run.pk]), {"reason": "Wrong"})
    assert GovernanceScore.objects.filter(is_public=True).count() == 0
    client.post(reverse("governance:analysis_publish", args=[run.pk]))
    assert GovernanceScore.objects.filter(is_public=True).count() == shown
    assert Analysis.objects.get(pk=run.pk).withdrawn_because == ""


def test_unfinished_analysis_is_not_published(client):
    region_map = small()
    client.force_login(member(Role.COORDINATOR, region_map))
    client.post(reverse("governance:analysis_start", args=[region_map.exercise.slug]), {"kind": "gaps"})
    row = Analysis.objects.get()
    client.post(reverse("governance:analysis_publish", args=[row.pk]))
    client.post(reverse("governance:analysis_cancel", args=[row.pk]))
    row.refresh_from_db()
    assert (row.state, row.published_at) == ("cancelled", None)


def compare(client, exercise, before, after):
    address = reverse("governance:analysis_compare", args=[exercise.slug])
    reply = client.get(address, {"before": before, "after": after})
    assert reply.status_code == 200
    return reply.context["page"]


def test_analysis_compare_says_what_changed_and_why(client):
    region = small_region(ExerciseFactory(), small_version())
    exercise = region.region_map.exercise
    first = analyse(exercise, public=False)
    region.team.answers.filter(question__code="1.1").update(level=5)
    capability = region.region_map.capabilities.order_by("pk").first()
    capability.strength = 2
    capability.save()
    by = member(Role.FACILITATOR, region.region_map)
    change_threshold(exercise=exercise, name="few_answers", value=9, reason="r", expected=1, by=by)
    exercise.refresh_from_db()
    second = analyse(exercise, public=False)
    client.force_login(by)
    page = compare(client, exercise, first["gaps"].pk, second["gaps"].pk)
    # Three groups weigh the same: (3 + 3 + 3) / 3 = 3 before, (5 + 3 + 3) / 3 = 3.67 after; 4 is needed.
    changes = [(row.about, row.field, row.before, row.after) for row in page.changes]
    assert changes[0] == ("Smart priorities", "level", "3", "3.667")
    assert ("Smart priorities", "gap", "1", "0.333") in changes
    # All gaps were 1; now the last of the others is wider than this one, by more than 0.3.
    orders = {(about, field, before) for about, field, before, _after in changes if " > " in about}
    assert orders == {
        ("Citizens and transitions > Smart priorities", "order of gaps", "no statement"),
        ("8.1 > 1.1", "order of work", "no statement"),
    }
    assert {about for about, *_rest in changes} - {about for about, *_rest in orders} == {"Smart priorities"}
    causes = [(row.field, row.before, row.after) for row in page.causes]
    assert causes == [("threshold", "10", "9 (r)"), ("answers that differ", "–", "1")]
    page = compare(client, exercise, first["synergies"].pk, second["synergies"].pk)
    assert ("strength", "4", "2") in [(row.field, row.before, row.after) for row in page.causes]
    assert [(row.field, row.before, row.after) for row in page.changes] == [
        ("verdict", "complementarity", "one_sided_need")
    ]


@pytest.mark.parametrize("chosen", [("", ""), ("x", "-1"), ("99999999999999", "0"), (None, None)])
def test_analysis_compare_without_two_runs_asks_for_them(client, chosen):
    region_map = small()
    runs = analyse(region_map.exercise, public=False)
    client.force_login(member(Role.COORDINATOR, region_map))
    before, after = (
        value if value is not None else runs[kind].pk for value, kind in zip(chosen, runs, strict=True)
    )
    page = compare(client, region_map.exercise, before, after)
    assert (page.is_ready, page.changes) == (False, [])


def test_analysis_inputs_of_single_ratings_are_for_the_facilitator(client):
    region_map = small()
    runs = analyse(region_map.exercise, public=False)
    for role, kind, form, status in (
        (Role.COORDINATOR, "gaps", "json", 403),
        (Role.COORDINATOR, "synergies", "xlsx", 200),
        (Role.FACILITATOR, "gaps", "json", 200),
        (Role.FACILITATOR, "gaps", "pdf", 404),
        (Role.OBSERVER, "synergies", "json", 200),
        (Role.OBSERVER, "gaps", "json", 403),
        (Role.REGIONAL_LEAD, "synergies", "json", 403),
    ):
        client.force_login(member(role, region_map))
        address = reverse("governance:analysis_inputs", args=[runs[kind].pk, form])
        assert client.get(address).status_code == status, (role, kind, form)


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.REGIONAL_LEAD, Role.UNIT_CONTACT, Role.STAKEHOLDER])
def test_every_partner_reads_the_page_of_a_run_as_far_as_their_role_reaches(client, role):
    """Findings of public runs about maps they see; warnings tell who did not answer, so only to the team."""
    region_map = small()
    runs = analyse(region_map.exercise, public=False)
    client.force_login(member(role, region_map))
    address = reverse("governance:analysis_detail", args=[runs["gaps"].pk])
    page = client.get(address).context["page"]
    is_team = role == Role.REGIONAL_LEAD
    assert (page.sees_all, page.may_run, page.may_publish, page.may_take_inputs) == (False,) * 4
    assert (bool(page.warnings), page.annexes) == (is_team, [])
    assert bool(page.findings) == (role == Role.OBSERVER)
    Analysis.objects.filter(pk=runs["gaps"].pk).update(published_at=runs["gaps"].finished_at)
    page = client.get(address).context["page"]
    assert bool(page.findings) == (role != Role.STAKEHOLDER)  # the map is a draft
    assert reverse("governance:analysis_list", args=[region_map.exercise.slug]) not in (
        client.get(address).content.decode()
    )


def test_the_page_of_a_run_shows_a_region_of_another_team_neither_finding_nor_warning(client):
    region = small_region(ExerciseFactory(), small_version())
    other = small_region(region.region_map.exercise, region.team.questionnaire_version)
    run = analyse(region.region_map.exercise)["gaps"]
    client.force_login(member(Role.REGIONAL_LEAD, region.region_map))
    page = client.get(reverse("governance:analysis_detail", args=[run.pk])).context["page"]
    assert other.region_map.region.name not in {row.region for row in page.findings}
    assert {region for region, _sentence in page.warnings} == {region.region_map.region.name}


def test_analysis_detail_prints_the_sanity_figures(client):
    region_map = small()
    run = analyse(region_map.exercise, public=False)["synergies"]
    client.force_login(member(Role.COORDINATOR, region_map))
    page = client.get(reverse("governance:analysis_detail", args=[run.pk])).context["page"]
    # Two capabilities in two units make one pair: research and production of the same code.
    assert page.sanity == [
        ("pairs", 1),
        ("common_strength", 0.0),
        ("complementarity", 1.0),
        ("one_sided_need", 0.0),
        ("none", 0.0),
        ("noise", 1.0),
    ]


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
