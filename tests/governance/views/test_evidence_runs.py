"""Runs of the evidence analysis in the browser: compared and downloaded like the others."""

import pytest
from django.urls import reverse

from journeys.content.methods import METHODS
from mapping.enums import Role
from mapping.models import CodeList, RegionalPriority
from tests.factories.mapping import ExerciseFactory, member
from tests.factories.region import analyse, small_region, small_version
from tests.journeys.selectors.test_statistics import import_jobs

pytestmark = pytest.mark.django_db


def with_statistics():
    region_map = small_region(ExerciseFactory(), small_version()).region_map
    region_map.region.nuts_codes = ["ES21"]
    region_map.region.save()
    import_jobs(region_map.exercise)
    return region_map


def test_evidence_inputs_hold_the_table_and_no_rating(client):
    region_map = with_statistics()
    run = analyse(region_map.exercise, public=False)["evidence"]
    client.force_login(member(Role.COORDINATOR, region_map))
    page = client.get(reverse("governance:analysis_detail", args=[run.pk])).context["page"]
    assert page.may_take_inputs
    assert (page.method, page.method in METHODS) == ("evidence_analysis", True)
    assert {line.name: line.value for line in page.parameters} == {
        "least_p": 0.01,
        "least_count": 5,
        "known_of_both": 0.75,
    }
    text = client.get(reverse("governance:analysis_detail", args=[run.pk])).content.decode()
    assert "./run manage method evidence_analysis inputs.json" in text
    assert "synergy_analysis" not in text
    replies = {
        form: client.get(reverse("governance:analysis_inputs", args=[run.pk, form]))
        for form in ("json", "xlsx")
    }
    assert [reply.status_code for reply in replies.values()] == [200, 200]
    assert set(replies["json"].json()["inputs"]) == {"card", "regions", "names", "indicators"}


def test_evidence_runs_can_be_compared(client):
    region_map = with_statistics()
    first = analyse(region_map.exercise, public=False)["evidence"]
    priority = RegionalPriority.objects.get(region_map=region_map)
    nace = CodeList.objects.get(key="nace")
    priority.codes.add(nace.codes.create(key="nace:C10", code="C10", label="Food"))
    second = analyse(region_map.exercise, public=False)["evidence"]
    client.force_login(member(Role.COORDINATOR, region_map))
    address = reverse("governance:analysis_compare", args=[region_map.exercise.slug])
    page = client.get(address, {"before": first.pk, "after": second.pk}).context["page"]
    assert [(row.about, row.before, row.after) for row in page.causes] == [("C10", "no", "yes")]
    # 10 of 209 in the region, 510 of 1145 in all: no specialisation, and no related field is one.
    assert [(row.about, row.before, row.after) for row in page.changes] == [("C10", "–", "unsupported")]


def test_a_number_of_the_evidence_analysis_has_no_explanation_page(client):
    region_map = with_statistics()
    run = analyse(region_map.exercise)["evidence"]
    client.force_login(member(Role.COORDINATOR, region_map))
    address = reverse("journeys:number_detail", args=[run.pk, region_map.region.slug, "theme", "E1"])
    assert client.get(address).status_code == 404
