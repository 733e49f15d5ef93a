"""A region of the demonstration, made again from the downloaded inputs with the command alone."""

import json
from dataclasses import replace
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse

from cohes3ion.accounts.services import demo_account
from governance.selectors.findings import region_parts, views_of
from journeys.selectors.diagnoses import public_diagnosis
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
FIGURES = ("gaps", "groups", "quadrant", "spaces", "matrix", "links", "statistics", "wheel", "criteria")
METHOD = {"gaps": "gap_analysis", "synergies": "synergy_analysis", "evidence": "evidence_analysis"}
SHEET = {"gaps": "answers", "synergies": "units", "evidence": "counts"}


def test_a_dashboard_is_redone_from_its_inputs(client, tmp_path):
    load_reference()
    create_demo()
    exercise = Exercise.objects.get()
    runs = analyse(exercise)
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
    assert source.gaps["region"]["overall"] == page.source.gaps["region"]["overall"]
    assert statistics_of(source) == page.statistics
    assert source.synergies["pairs"] == page.source.synergies["pairs"]
