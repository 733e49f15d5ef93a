"""Imported statistics on the diagnosis: figure, priorities, neighbours. All figures are invented."""

import pytest
from django.urls import reverse

from governance.models import Finding
from governance.selectors.evidence_inputs import evidence_inputs, kinds_of
from mapping.services.indicators import ImportChoices, import_indicators
from tests.factories.mapping import ExerciseFactory
from tests.factories.region import analyse, publish, small_region, small_version

pytestmark = pytest.mark.django_db
# Spain's Basque Country makes medicines (21), two neighbours food (10) and paper (17), Poland's PL12 food.
TABLE = """nuts_id,10,17,21,45
ES21,20,10,170,9
ES22,150,90,10,9
ES30,160,80,20,9
PL12,180,70,30,9
FR61,10,80,20,9
"""


def import_jobs(exercise):
    choices = ImportChoices(
        key="jobs", title="Persons employed", origin="A test", licence="CC BY 4.0", unit="persons", year=2014
    )
    return import_indicators(exercise=exercise, content=TABLE.encode(), source="table", choices=choices)


def region_with_statistics(codes=("ES21",)):
    exercise = ExerciseFactory()
    region_map = small_region(exercise, small_version()).region_map
    region_map.region.nuts_codes = list(codes)
    region_map.region.save()
    import_jobs(exercise)
    publish(region_map)
    analyse(exercise)
    return region_map


def page_of(client, region_map):
    return client.get(reverse("journeys:region_detail", args=[region_map.region.slug])).content.decode()


def test_statistics_are_shown_with_year_and_source(client):
    region_map = region_with_statistics()
    text = page_of(client, region_map)
    assert "What the statistics say" in text
    assert "A test, Persons employed, 2014" in text
    assert "The statistics show specialisation in Manufacture of basic pharmaceutical products" in text
    assert "Mazowiecki regionalny" in text  # PL12 of 2013, kept whole
    csv = client.get(
        reverse("journeys:figure_csv", args=[region_map.region.slug, "statistics"])
    ).content.decode()
    # 170/209 of the region, 250/1145 of all: 170 * 1145 / (209 * 250) = 3.7
    assert "3.7" in csv
    finding = Finding.objects.get(code="specialisation", data__domain="C21")
    assert (round(finding.data["lq"], 2), finding.data["table"]["year"]) == (3.73, 2014)


def test_statistics_say_when_a_territory_is_not_covered(client):
    region_map = region_with_statistics(codes=("DEA12",))
    assert "no figures for exactly this territory" in page_of(client, region_map)


def test_statistics_are_left_out_before_an_import(client):
    exercise = ExerciseFactory()
    region_map = small_region(exercise, small_version()).region_map
    publish(region_map)
    analyse(exercise)
    assert "What the statistics say" not in page_of(client, region_map)
    assert kinds_of(exercise=exercise) == ["gaps", "synergies"]


def test_statistics_add_up_the_parts_of_a_region(django_assert_num_queries):
    exercise = ExerciseFactory()
    region_map = small_region(exercise, small_version()).region_map
    region_map.region.nuts_codes = ["ES21", "ES22"]
    region_map.region.save()
    import_jobs(exercise)
    with django_assert_num_queries(4):
        inputs = evidence_inputs(exercise=exercise)
    slug = region_map.region.slug
    assert inputs.regions == {slug: ("ES21", "ES22")}
    # Division 45 of Rev. 2 meets no division of Rev. 2.1 and keeps its number.
    assert inputs.indicators.domains == ("45", "C10", "C17", "C21")
    assert inputs.indicators.counts[0] == (18.0, 170.0, 100.0, 180.0)
    assert kinds_of(exercise=exercise) == ["gaps", "synergies", "evidence"]


def test_neighbours_can_leave_out_the_own_country():
    region_map = region_with_statistics()
    part = Finding.objects.filter(code="specialisation").first().analysis.parts.get()
    assert [row["id"] for row in part.result["region"]["peers_abroad"]] == ["PL91 PL92", "FRI1"]
    assert {row["id"] for row in part.result["region"]["peers"]} == {"ES22", "ES30", "FRI1", "PL91 PL92"}
    assert region_map.region.slug == part.result["region"]["region_id"]
