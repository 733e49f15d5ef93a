"""A region of the demonstration, made again from the downloaded inputs with the command alone."""

import copy
import csv
import json
import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO, StringIO
from urllib.parse import unquote

import openpyxl
import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cohes3ion.accounts.services import demo_account
from governance.models import RegionResult
from governance.selectors.findings import region_parts, views_of
from governance.selectors.run_findings import count_findings, finding_lines
from governance.selectors.run_words import FINDINGS
from journeys.selectors import diagnoses
from journeys.selectors.diagnoses import public_diagnosis
from journeys.selectors.disclosures import audit_exercise
from journeys.selectors.explanations import MEASURES
from journeys.services.demonstration import create_demo
from mapping.models import Exercise
from mapping.services.reference import load_reference
from tests.factories.region import analyse

pytestmark = pytest.mark.django_db
REGION = "mazovia"
SMALL = "southern-ireland"  # four stakeholders answered, under the public's limit
FIGURES = ("gaps", "groups", "quadrant", "spaces", "matrix", "links", "statistics", "wheel", "criteria")
METHOD = {"gaps": "gap_analysis", "synergies": "synergy_analysis", "evidence": "evidence_analysis"}
FACTS = ("respondents", "invited", "coverage_percent", "confirmed_gaps", "noise_percent", "shown_peers")
NOTHING_WITHHELD = [(name, 0) for name in FIGURES]
LINK = re.compile(rf"/numbers/(\d+)/{REGION}/([^/]+)/([^/\"#]+)/")
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
    assert (len(found.regions), found.public, found.places > 800) == (8, 6, True)
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


@pytest.fixture(scope="module")
def taken(runs, tmp_path_factory):
    """What the facilitator downloads of each run, and what the command alone makes of it."""
    client, folder, found = Client(), tmp_path_factory.mktemp("inputs"), {}
    client.force_login(demo_account(role="facilitator"))
    for kind, run in runs.items():
        file = folder / f"{kind}.json"
        file.write_bytes(client.get(reverse("governance:analysis_inputs", args=[run.pk, "json"])).content)
        found[kind] = (json.loads(file.read_text())["inputs"], made_of(METHOD[kind], file))
    return found


def made_of(method, file):
    out = StringIO()
    call_command("method", method, str(file), stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def redone(runs, taken):
    """The parts of the region as pages read them, made from the command's output."""
    found = {}
    for kind, run in runs.items():
        for part in region_parts(analysis=run, views=views_of(kind=kind, result=taken[kind][1])):
            if part.region.slug == REGION:
                found[kind] = part.public or part.result
    return found


def test_inputs_come_as_a_workbook_too(runs, client):
    client.force_login(demo_account(role="facilitator"))
    for kind, run in runs.items():
        book = client.get(reverse("governance:analysis_inputs", args=[run.pk, "xlsx"])).content
        sheets = openpyxl.load_workbook(BytesIO(book), read_only=True)
        assert sum(1 for _row in sheets[SHEET[kind]].iter_rows()) > 10


def test_every_part_of_every_region_is_redone(runs, taken):
    """What is stored for each region, for the partnership and for the public, to the last bit."""
    for kind, run in runs.items():
        stored = {row.region.slug: row for row in run.parts.select_related("region")}
        made = region_parts(analysis=run, views=views_of(kind=kind, result=taken[kind][1]))
        assert {part.region.slug for part in made} == {*stored}
        for part in made:
            kept = stored[part.region.slug]
            when = {name: kept.public[name] for name in ("basis", "as_of") if name in kept.public}
            assert (part.result, part.public | when) == (kept.result, kept.public)


@pytest.mark.parametrize("abroad", [False, True])
def test_a_dashboard_is_redone_from_its_inputs(redone, abroad, monkeypatch):
    """The whole page as a value: sentences, facts, figures with their drawings, lists, peers."""
    page = public_diagnosis(slug=REGION, abroad=abroad)
    assert {*page.figures} == {*FIGURES}
    assert page.source.evidence is not None
    source = replace(page.source, **redone)
    monkeypatch.setattr(diagnoses, "published_source", lambda slug: source)
    made = public_diagnosis(slug=REGION, abroad=abroad)
    assert all(getattr(made, name) == getattr(page, name) for name in FACTS)
    assert replace(made, source=page.source) == page


def test_every_number_that_is_explained_is_redone(runs, redone, client):
    """Each page that the dashboard leads to, and those that these lead to: no measure is left out."""
    kinds = {str(run.pk): kind for kind, run in runs.items()}
    page = client.get(reverse("journeys:region_detail", args=[REGION])).content.decode()
    source = public_diagnosis(slug=REGION).source
    made = replace(source, **redone)
    waiting = {(kinds[pk], measure, unquote(key)) for pk, measure, key in LINK.findall(page)}
    seen = set()
    while waiting:
        kind, measure, key = place = waiting.pop()
        seen.add(place)
        told = MEASURES[kind][measure](source, key)
        assert told is not None
        assert told == MEASURES[kind][measure](made, key), place
        waiting |= {(kind, *place) for _label, *place in told.more} - seen
    assert {(kind, measure) for kind, measure, _key in seen} == {
        (kind, measure) for kind, measures in MEASURES.items() for measure in measures
    }


def test_every_kind_of_finding_of_a_run_leads_to_its_page(runs, client):
    client.force_login(demo_account(role="coordinator"))
    told = set()
    for run in runs.values():
        found = run.findings.select_related("region", "other_region").order_by("position")
        first, last = {row.code: row for row in found.reverse()}, {row.code: row for row in found}
        bare = [row for row in found if row.data.get("type", "") is None]  # a field without figures
        rows = [*{row.pk: row for row in (*first.values(), *last.values(), *bare)}.values()]
        for row, line in zip(rows, finding_lines(rows), strict=True):
            assert line.subject or row.code == "region_pair"
            if line.explained:
                address = reverse("journeys:number_detail", args=[run.pk, *line.explained])
                assert client.get(address).status_code == 200, address
                told.add(row.code)
        assert sum(n for _kind, n, _regions in count_findings(found).rows) == len(found)
    assert told == {*FINDINGS}


def test_each_figure_can_be_read_from_the_output_by_hand(taken):
    """No code of the pages between: rows of figures, and the numbers beside, from the plain output.

    A median that would tell what a small group said in another region is in the output, not on the page.
    """
    page = public_diagnosis(slug=REGION)
    gaps, synergies, evidence = (taken[kind][1] for kind in METHOD)
    inputs = taken["synergies"][0]
    here = of_region(gaps, "region")
    together, statistics = of_region(synergies, "region_id"), of_region(evidence, "region_id")
    themes = here["dimensions"]
    means = {(row["code"], row["group"]): row["mean"] for row in here["scores"] if row["unit"] is None}
    units = {row["id"]: row["name"] for row in inputs["units"] if row["region_id"] == REGION}
    seats = [row["unit_ids"] for row in inputs["spaces"] if row["region_id"] == REGION]
    by_hand = {
        "gaps": [
            [row["score"], row["lower"], row["upper"], row["target"], row["peer_median"], row["target_gap"]]
            for row in sorted(themes, key=lambda row: -row["target_gap"])
        ],
        "groups": [
            [*group, max(group) - min(group)]
            for row in themes
            for group in [[means[row["code"], name] for name in ("team", "unit", "stakeholder")]]
        ],
        "quadrant": [[row["score"], row["importance"]] for row in themes],
        "spaces": sorted(
            ([row["depth"]] for row in inputs["spaces"] if row["region_id"] == REGION), reverse=True
        ),
        "matrix": [[row["strength"]] for row in inputs["capabilities"] if row["unit_id"] in units],
        "links": [
            [len({other for group in seats if unit in group for other in group} & {*units} - {unit})]
            for unit in sorted(units, key=units.get)
        ],
        "statistics": [*([row["lq"]] for row in statistics["specialisations"] if row["confirmed"]), [1.0]],
    }
    for key, rows in by_hand.items():
        if key == "matrix":  # stands unit by unit and field by field
            assert sorted(numbers_of(page, key)) == sorted(map(shown, rows)), key
            continue
        withheld = [
            [told and number for told, number in zip(mine, row, strict=True)]
            for mine, row in zip(numbers_of(page, key), map(shown, rows), strict=True)
        ]
        assert numbers_of(page, key) == withheld, key
        assert (key, sum(cells.count("") for cells in withheld)) in (*NOTHING_WITHHELD, ("gaps", 2))
    assert [str(page.source.gaps["region"]["overall"])] == shown([here["overall"]])
    assert (page.respondents, page.invited) == (here["n"], here["invited"])
    assert page.confirmed_gaps == sum(row["gap_status"] == "confirmed" for row in themes)
    kinds = ("common_strength", "complementarity", "one_sided_need")
    assert page.synergies_in_all == sum(together["counts"][kind] for kind in kinds)
    assert page.noise_percent == round(100 * together["noise"]["share"])
    pairs = {row["source"]: row for row in synergies["region_pairs"] if row["target"] == REGION}
    assert [(row.complementarity, row.fill, row.similarity) for row in page.neighbours] == [
        (pairs[row.slug]["complementarity"], pairs[row.slug]["fill"], pairs[row.slug]["similarity"])
        for row in page.neighbours
    ]
    for name in ("peers", "peers_abroad"):
        assert [(row.name, row.distance) for row in getattr(page.statistics, name)] == [
            (row["name"], row["distance"]) for row in statistics[name]
        ]
    assert {row.code: row.lq for row in page.statistics.priorities} == {
        row["domain"]: row["lq"] for row in statistics["fields"] if row["domain"] in priorities_of(statistics)
    }


def test_the_steps_of_the_wheel_are_redone_from_its_figure(runs, client, tmp_path):
    """Its marks are answers that the team published: the file behind the figure, three factors a step."""
    text = client.get(reverse("journeys:figure_csv", args=[REGION, "wheel"])).content.decode("utf-8-sig")
    rows = [row for row in csv.reader(StringIO(text)) if len(row) == 2][1:]
    marks = [int(row[1]) if row[1].isdigit() else None for row in rows]
    steps = {str(n): marks[3 * n : 3 * n + 3] for n in range(6)}
    file = tmp_path / "wheel.json"
    file.write_text(json.dumps({"answers": steps, "min_coverage": 2 / 3}))
    made = made_of("wheel_score", file)
    told = [(f"{row['n_valid']} of 3", shown([row["score"]], decimals=0)[0]) for row in made.values()]
    page = public_diagnosis(slug=REGION)
    known = [
        (rated, score if made[str(n)]["score"] is not None else "")
        for n, (_title, rated, score) in enumerate(page.wheel_steps)
    ]
    assert known == told


def of_region(result, name):
    return next(row for row in result["regions"] if row[name] == REGION)


def priorities_of(statistics):
    return {row["domain"] for row in statistics["evidence"]}


def shown(row, decimals=1):
    """As a reader sees them: rounded half up, a missing one as nothing."""
    step = Decimal(1).scaleb(-decimals)
    return ["" if value is None else str(Decimal(repr(value)).quantize(step, ROUND_HALF_UP)) for value in row]


def numbers_of(page, key):
    """The numbers of the table behind a figure, row by row."""
    figure = page.figures[key].figure
    places = [n for n, column in enumerate(figure.table.columns) if column.kind != "text"]
    rows = [[figure.table.rows[n][place] for place in places] for n in range(len(figure.table.rows))]
    return [shown([value if isinstance(value, int | float) else None for value in row]) for row in rows]
