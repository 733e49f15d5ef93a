"""What leaves the partnership is the same whatever small groups answered; each role sees its part."""

import json
import re

import pytest
from django.db import transaction
from django.urls import reverse

from governance.enums import Group, ResponseState
from governance.models import Analysis, Answer, Finding, RegionResult
from governance.services.analyses import (
    MadeBefore,
    publish_analysis,
    request_analysis,
    run_analysis,
)
from governance.services.scores import refresh_scores
from journeys.models import Document
from journeys.selectors.disclosures import audit_exercise
from journeys.selectors.document_content import document_content
from mapping.enums import Role
from tests.factories.governance import ResponseFactory
from tests.factories.mapping import ExerciseFactory, UnitFactory, member
from tests.factories.region import analyse, publish, small_region, small_version

pytestmark = pytest.mark.django_db
# What differs between two runs of anything: ids in addresses, fingerprints, the time of making.
OWN = re.compile(r'/numbers/\d+/|[0-9a-f]{12,}|\d\d:\d\d(:\d\d)?|"computed_at": ?"[^"]*"|"id": ?\d+')


def answers_of(region, levels):
    """Each stakeholder says these levels, statement after statement."""
    rows = Answer.objects.filter(
        response__region_map=region.region_map, response__group=Group.STAKEHOLDER
    ).order_by("response_id", "question_id")
    for place, row in enumerate(rows):
        row.level = levels[place % len(levels)]
    Answer.objects.bulk_update(rows, ["level"])
    refresh_scores(region_map=region.region_map)


def all_that_is_public(client, region, levels):
    """Pages, explanations, downloads, pictures with their descriptions, interface, the document."""
    mark = transaction.savepoint()
    answers_of(region, levels)
    exercise, slug = region.region_map.exercise, region.region_map.region.slug
    run = analyse(exercise)["gaps"]
    numbers = [("theme", "E1"), ("theme", "E5"), ("overall", "all")]
    paths = ["/", reverse("journeys:region_detail", args=[slug])]
    paths += [reverse("journeys:number_detail", args=[run.pk, slug, *number]) for number in numbers]
    paths += [
        reverse(f"journeys:{name}", args=[slug, key])
        for name in ("figure_csv", "figure_svg", "figure_plotly")
        for key in ("gaps", "groups", "quadrant")
    ]
    paths += ["/api/v1/scores/", "/api/v1/findings/?analysis__kind=gaps"]
    replies = {OWN.sub("", path): client.get(path) for path in paths}
    found = {path: OWN.sub("", reply.content.decode()) for path, reply in replies.items()}
    content = document_content(exercise=exercise, region=None, is_draft=False)
    found["document"] = OWN.sub("", json.dumps(content, default=str, sort_keys=True))
    found["findings"] = re.sub(
        r'"(analysis|pk)": ?\d+', "", found.pop("/api/v1/findings/?analysis__kind=gaps")
    )
    transaction.savepoint_rollback(mark)
    return found


@pytest.mark.parametrize(("stakeholders", "differ"), [(2, False), (7, True)])
def test_what_few_stakeholders_answered_changes_nothing_that_is_public(client, stakeholders, differ):
    region = small_region(ExerciseFactory(), small_version(), stakeholders=stakeholders)
    publish(region.region_map)
    first = all_that_is_public(client, region, [2, 3, 4])
    second = all_that_is_public(client, region, [4, 2, 2, 3])
    apart = {name for name in first if first[name] != second[name]}
    assert bool(apart) is differ, apart
    if differ:  # the control: with seven who answered, pages, explanations, downloads and document do change
        assert {"/", "document", "/api/v1/scores/"} <= apart
        assert any("number" in name or "theme" in name for name in apart)


def more_units(region, number):
    """Further units that answered; the first response of a unit is not alone any more."""
    for _n in range(number):
        row = ResponseFactory(
            region_map=region.region_map,
            questionnaire_version=region.team.questionnaire_version,
            group=Group.UNIT,
            unit=UnitFactory(region_map=region.region_map, kind="city"),
            state=ResponseState.SUBMITTED,
        )
        Answer.objects.bulk_create(
            Answer(response=row, question=question, kind="value", level=3, importance=4)
            for question in region.questions
        )


@pytest.mark.parametrize(
    ("role", "level"),
    [
        (Role.COORDINATOR, "2.0"),
        (Role.FACILITATOR, "2.0"),
        (Role.REGIONAL_LEAD, "2.0"),
        (Role.OBSERVER, "no group of fewer than five"),
        (Role.UNIT_CONTACT, "no group of fewer than five"),
    ],
)
def test_values_of_three_or_four_are_for_the_team_and_who_runs_the_round(client, role, level):
    region = small_region(ExerciseFactory(), small_version(), stakeholders=4)
    more_units(region, 3)
    answers_of(region, [2])
    run = analyse(region.region_map.exercise, public=False)["gaps"]
    client.force_login(member(role, region.region_map))
    address = reverse("journeys:number_detail", args=[run.pk, region.region_map.region.slug, "theme", "E1"])
    text = client.get(address).content.decode()
    row = text.split('<th scope="row">Stakeholders')[1].split("</tr>")[0]
    assert level in row
    draft = client.get(reverse("journeys:diagnosis_draft", args=[region.region_map.pk])).content.decode()
    assert ("from three respondents" in draft) is (level == "2.0")


def published_region():
    region = small_region(ExerciseFactory(), small_version())
    publish(region.region_map)
    runs = analyse(region.region_map.exercise)
    return region, runs["gaps"]


def test_results_from_before_the_public_part_say_that_they_must_run_again(client):
    region, run = published_region()
    exercise, slug = region.region_map.exercise, region.region_map.region.slug
    RegionResult.objects.filter(analysis=run).update(public={})
    Analysis.objects.filter(pk=run.pk).update(public={}, disclosed_at=None)
    address = reverse("journeys:region_detail", args=[slug])
    themes = reverse("journeys:exercise_figure_svg", args=[exercise.slug, "themes"])
    assert [client.get(path).status_code for path in ("/", address, themes)] == [200, 200, 404]
    assert "from before an update of this site" in client.get(address).content.decode()
    number = reverse("journeys:number_detail", args=[run.pk, slug, "theme", "E1"])
    assert client.get(number).status_code == 404
    assert client.get("/api/v1/findings/?analysis__kind=gaps").json()["results"] == []
    assert document_content(exercise=exercise, region=None, is_draft=False)["themes"] is None
    with pytest.raises(MadeBefore):
        publish_analysis(analysis=run, by=None)
    again, is_new = request_analysis(exercise=exercise, kind="gaps", by=None)
    assert (is_new, again.pk != run.pk) == (True, True)
    run_analysis(analysis_id=again.pk)
    publish_analysis(analysis=again, by=None)
    assert "from before an update of this site" not in client.get(address).content.decode()
    assert Finding.objects.filter(analysis=again).exists()


def test_audit_reads_explanations_and_documents():
    region, run = published_region()
    exercise = region.region_map.exercise
    content = document_content(exercise=exercise, region=None, is_draft=False)
    Document.objects.create(
        exercise=exercise,
        state="done",
        content=content,
        is_draft=False,
        published_at=run.created_at,
        fingerprint="f" * 64,
    )
    found = audit_exercise(exercise=exercise)
    assert found.is_clean, found.strays
    figure = next(row for row in content["regions"][0]["figures"] if row["key"] == "groups")
    figure["table"]["rows"] = [[*row[:2], 1.5, *row[3:]] for row in figure["table"]["rows"]]
    Document.objects.update(content=content)
    slug = region.region_map.region.slug
    assert audit_exercise(exercise=exercise).strays[:1] == [f"{slug}: a document gives E1 of unit"]
