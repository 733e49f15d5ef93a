"""Nothing that is published gives a small group away: pages, downloads, interface, over time."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from governance.analysis.publication import protected_views
from governance.analysis.publication_audit import tells_more
from governance.enums import Group, ResponseState
from governance.models import Answer, RegionResult, Response
from governance.services.analyses import publish_analysis, request_analysis, run_analysis
from governance.services.scores import refresh_scores
from journeys.selectors.disclosures import audit_exercise
from tests.factories.governance import ResponseFactory
from tests.factories.mapping import ExerciseFactory
from tests.factories.region import publish, small_region, small_version

pytestmark = pytest.mark.django_db


def vary(region_map):
    """Answers that differ between people and statements."""
    rows = list(Answer.objects.filter(response__region_map=region_map).order_by("response_id", "question_id"))
    for place, row in enumerate(rows):
        row.level = 2 + (place + row.response_id) % 3
    Answer.objects.bulk_update(rows, ["level"])
    refresh_scores(region_map=region_map)


def analyse_gaps(exercise):
    row, _is_new = request_analysis(exercise=exercise, kind="gaps", by=None)
    run_analysis(analysis_id=row.pk)
    row.refresh_from_db()
    return publish_analysis(analysis=row, by=None)


def published(stakeholders):
    region = small_region(ExerciseFactory(), small_version(), stakeholders=stakeholders)
    vary(region.region_map)
    publish(region.region_map)
    analyse_gaps(region.region_map.exercise)
    return region


def answer_more(region, number):
    """Further stakeholders, after publication."""
    version = region.team.questionnaire_version
    for _n in range(number):
        row = ResponseFactory(
            region_map=region.region_map,
            questionnaire_version=version,
            group=Group.STAKEHOLDER,
            state=ResponseState.SUBMITTED,
        )
        Answer.objects.bulk_create(
            Answer(response=row, question=question, kind="value", level=2 + row.pk % 3, importance=4)
            for question in region.questions
        )
    refresh_scores(region_map=region.region_map)


@pytest.mark.parametrize("stakeholders", [2, 6, 11])
def test_audit_of_all_that_is_published_is_clean(stakeholders, capsys):
    exercise = published(stakeholders).region_map.exercise
    found = audit_exercise(exercise=exercise)
    assert (found.is_clean, len(found.regions)) == (True, 1)
    call_command("audit_disclosure", exercise=exercise.slug)
    assert "nothing withheld can be worked out" in capsys.readouterr().out


def test_audit_names_the_cell_when_the_door_is_open(capsys):
    exercise = published(8).region_map.exercise
    part = RegionResult.objects.get(analysis__exercise=exercise)
    raw = part.analysis.result["regions"][0]
    part.public["region"]["scores"] = [row for row in raw["scores"] if row["n"] >= 5]
    part.save()
    with pytest.raises(CommandError):
        call_command("audit_disclosure", exercise=exercise.slug)
    assert "E1 of unit (1 respondents) lies between" in capsys.readouterr().out


def public_means(exercise):
    part = RegionResult.objects.filter(
        analysis__exercise=exercise, analysis__published_at__isnull=False
    ).get()
    return [row["score"] for row in part.public["region"]["dimensions"]]


def test_one_more_answer_leaves_the_published_figures_as_they_were(client):
    region = published(11)
    exercise = region.region_map.exercise
    before = public_means(exercise)
    answer_more(region, 1)
    # The rows moved, the analysis did not: they say nothing in the meantime.
    groups = {row["group"] for row in client.get("/api/v1/scores/").json()["results"]}
    assert groups == {"team"}
    analyse_gaps(exercise)
    assert public_means(exercise) == before
    assert audit_exercise(exercise=exercise).is_clean
    answer_more(region, 4)
    analyse_gaps(exercise)
    assert public_means(exercise) != before
    assert audit_exercise(exercise=exercise).is_clean


def test_audit_sees_two_versions_that_differ_by_one_respondent():
    region = published(11)
    exercise = region.region_map.exercise
    answer_more(region, 1)
    run = analyse_gaps(exercise)
    part = RegionResult.objects.get(analysis=run)
    part.public["basis"] = run.pk
    part.save()
    assert audit_exercise(exercise=exercise).differences != []


def test_other_rules_for_the_same_answers_tell_no_more_of_a_small_group():
    """The level of the one unit is withheld; what two in eleven left open moves the totals around it."""
    region = small_region(ExerciseFactory(), small_version(), stakeholders=11)
    exercise = region.region_map.exercise
    vary(region.region_map)
    rows = Answer.objects.filter(response__group=Group.STAKEHOLDER, question=region.questions[0])
    open_ones = rows.order_by("pk").values_list("pk", flat=True)[:2]
    Answer.objects.filter(pk__in=list(open_ones)).update(kind="no_information", level=None)
    publish(region.region_map)
    exercise.thresholds = {"min_coverage": {"value": 0.9, "reason": "only what nearly all answered"}}
    exercise.save()
    first = analyse_gaps(exercise).parts.get().public["region"]
    exercise.thresholds = {}
    exercise.save()
    run = analyse_gaps(exercise)
    part = run.parts.get()
    assert (part.public["region"], audit_exercise(exercise=exercise).is_clean) == (first, True)
    by_other_rules = protected_views(run.result)[True]["regions"][0]
    assert (tells_more(by_other_rules, first), tells_more(first, by_other_rules)) == (True, False)
    part.public = part.public | {"region": by_other_rules, "basis": run.pk}
    part.save()
    found = audit_exercise(exercise=exercise).differences
    assert [line.split(": ")[1] for line in found] == [
        "two published versions read the same answers by other rules"
    ]


def test_every_filter_of_the_interface_gives_the_same_few_values(client):
    region = published(2)
    slug = region.region_map.region.slug
    paths = [
        f"/api/v1/scores/?region_map__region__slug={slug}&group={group}&code={code}"
        for group in ("", "team", "unit", "stakeholder", "all")
        for code in ("", "E1", "1.1", "all")
    ]
    rows = [row for path in paths for row in client.get(path).json()["results"]]
    assert {row["group"] for row in rows} == {"team"}
    found = client.get(f"/api/v1/findings/?region__slug={slug}").json()["results"]
    assert all(row["data"].get("score") is None for row in found)
    assert Response.objects.filter(region_map=region.region_map).count() == 4


@pytest.mark.parametrize("key", ["gaps", "groups", "quadrant"])
def test_downloads_and_pictures_hold_no_withheld_level(client, key):
    region = published(2)
    raw = RegionResult.objects.get(region=region.region_map.region).analysis.result["regions"][0]
    secret = {
        f"{row['mean']:.{digits}f}"
        for row in raw["scores"]
        if row["group"] in ("unit", "stakeholder", "all") and row["mean"] is not None
        for digits in (2, 6)
    }
    slug = region.region_map.region.slug
    for name in ("journeys:figure_csv", "journeys:figure_svg"):
        reply = client.get(reverse(name, args=[slug, key]))
        assert reply.status_code in (200, 404)
        assert not [
            text
            for text in secret
            if f">{text}<" in reply.content.decode() or f",{text}," in reply.content.decode()
        ]


def test_what_only_the_team_changed_is_published_although_a_group_is_withheld():
    """Everybody reads the team's answers: that they moved a total tells of nobody else."""
    region = small_region(ExerciseFactory(), small_version(), stakeholders=11)
    exercise = region.region_map.exercise
    publish(region.region_map)
    first = analyse_gaps(exercise).parts.get().public["region"]
    Answer.objects.filter(response=region.team, question=region.questions[0]).update(level=1)
    run = analyse_gaps(exercise)
    after = run.parts.get().public
    assert any(row["reason"] == "SUPPRESSED" for row in after["region"]["scores"])
    assert (after["basis"], after["region"] == first) == (run.pk, False)
    assert audit_exercise(exercise=exercise).is_clean
