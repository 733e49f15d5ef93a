"""A region of the demonstration, made again from the downloaded inputs with the command alone."""

import copy
import json
from dataclasses import replace
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from cohes3ion.accounts.services import demo_account
from governance.models import RegionResult
from governance.selectors.findings import region_parts, views_of
from journeys.selectors.annex_figures import wheel_steps
from journeys.selectors.diagnoses import public_diagnosis
from journeys.selectors.disclosures import audit_exercise
from journeys.selectors.figures import figures_of
from journeys.selectors.link_figures import links_of
from journeys.selectors.reasons import seats_of, synergies_of
from journeys.selectors.sentences import one_minute
from journeys.selectors.statistics import statistics_of
from journeys.services.demonstration import create_demo
from mapping.models import Exercise
from mapping.services.reference import load_reference
from tests.factories.region import analyse

pytestmark = pytest.mark.django_db
REGION = "mazovia"
SMALL = "southern-ireland"  # four stakeholders answered, under the public's limit
FIGURES = ("gaps", "groups", "quadrant", "spaces", "matrix", "links", "statistics", "wheel", "criteria")
METHOD = {"gaps": "gap_analysis", "synergies": "synergy_analysis", "evidence": "evidence_analysis"}
SHEET = {"gaps": "answers", "synergies": "units", "evidence": "counts"}


@pytest.fixture(scope="module")
def runs(django_db_setup, django_db_blocker):
    """The demonstration with its analyses, made once and undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        yield analyse(create_demo().exercises.get())
        transaction.set_rollback(True)


def test_nothing_withheld_follows_from_all_that_the_demonstration_publishes(runs):
    """The whole audit by linear programming; one level let out beside the door is found."""
    exercise = Exercise.objects.get()
    found = audit_exercise(exercise=exercise)
    exposed = [row for row in found.regions if row.exposed]
    assert (found.strays, found.differences, exposed, found.is_clean) == ([], [], [], True)
    assert (len(found.regions), found.places > 800) == (8, True)
    part = RegionResult.objects.get(analysis=runs["gaps"], region__slug=SMALL)
    kept = part.public
    raw = next(row for row in runs["gaps"].result["regions"] if row["region"] == SMALL)
    means = {(row["code"], row["group"]): row["mean"] for row in raw["scores"] if row["unit"] is None}
    leaked = copy.deepcopy(kept)
    cell = next(
        row
        for row in leaked["region"]["scores"]
        if row["group"] == "stakeholder" and row["mean"] is None and means[row["code"], "stakeholder"]
    )
    cell["mean"] = means[cell["code"], "stakeholder"]
    RegionResult.objects.filter(pk=part.pk).update(public=leaked)
    assert not audit_exercise(exercise=exercise).is_clean
    RegionResult.objects.filter(pk=part.pk).update(public=kept)


def test_a_dashboard_is_redone_from_its_inputs(runs, client, tmp_path):
    client.force_login(demo_account(role="facilitator"))
    redone = {}
    for kind, run in runs.items():
        file = tmp_path / f"{kind}.json"
        file.write_bytes(client.get(reverse("governance:analysis_inputs", args=[run.pk, "json"])).content)
        out = StringIO()
        call_command("method", METHOD[kind], str(file), stdout=out)
        parts = region_parts(analysis=run, views=views_of(kind=kind, result=json.loads(out.getvalue())))
        part = next(part for part in parts if part.region.slug == REGION)
        redone[kind] = part.public or part.result
        book = client.get(reverse("governance:analysis_inputs", args=[run.pk, "xlsx"])).content
        sheets = openpyxl.load_workbook(BytesIO(book), read_only=True)
        assert sum(1 for _row in sheets[SHEET[kind]].iter_rows()) > 10
    page = public_diagnosis(slug=REGION)
    assert page.source.evidence is not None
    source = replace(page.source, **redone)
    shown = {key: drawn.figure for key, drawn in page.figures.items()}
    assert set(shown) == {*FIGURES}
    assert figures_of(source) == shown
    assert one_minute(source) == page.sentences
    assert synergies_of(source)[: len(page.synergies)] == page.synergies
    assert seats_of(source) == page.seats
    assert links_of(source) == page.links
    assert wheel_steps(source) == page.wheel_steps
    assert source.gaps["region"]["overall"] == page.source.gaps["region"]["overall"]
    assert statistics_of(source) == page.statistics
    assert source.synergies["pairs"] == page.source.synergies["pairs"]
