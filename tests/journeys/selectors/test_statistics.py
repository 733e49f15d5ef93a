"""Imported statistics on the diagnosis: figure, priorities, neighbours. All figures are invented."""

import pytest
from django.urls import reverse

from governance.models import Analysis, Finding
from governance.selectors.evidence_inputs import evidence_inputs, kinds_of
from journeys.selectors.figures import figures_of
from journeys.selectors.sources import published_source
from journeys.selectors.statistics import statistics_of
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


def import_jobs(exercise, unit="persons", table=TABLE):
    choices = ImportChoices(
        key="jobs", title="Persons employed", origin="A test", licence="CC BY 4.0", unit=unit, year=2014
    )
    return import_indicators(exercise=exercise, content=table.encode(), source="table", choices=choices)


def region_with_statistics(codes=("ES21",), **table):
    exercise = ExerciseFactory()
    region_map = small_region(exercise, small_version()).region_map
    region_map.region.nuts_codes = list(codes)
    region_map.region.save()
    import_jobs(exercise, **table)
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
    findings = Finding.objects.filter(code="specialisation")
    finding = next(row for row in findings if row.data["domain"] == "C21")
    assert (round(finding.data["lq"], 2), finding.data["table"]["year"]) == (3.73, 2014)


def test_the_fields_of_a_region_by_hand(client):
    """170 of 209 jobs in medicines; all have 250 of 1145, so 209 * 250 / 1145 = 45.6 at an equal share."""
    region_map = region_with_statistics()
    run = Finding.objects.filter(code="specialisation").first().analysis
    fields = {row["domain"]: row for row in run.parts.get().result["region"]["fields"]}
    found = fields["C21"]
    assert (found["count"], round(found["expected"], 1), round(found["lq"], 2)) == (170, 45.6, 3.73)
    assert (found["confirmed"], fields["C10"]["confirmed"]) == (True, False)
    address = [run.pk, region_map.region.slug]
    text = client.get(reverse("journeys:number_detail", args=[*address, "field", "C21"])).content.decode()
    assert "3.73" in text
    assert "Source: A test, Persons employed, 2014 (CC BY 4.0)" in text
    assert "invented" not in text.partition("<main")[2].partition("</main>")[0]
    assert client.get(reverse("journeys:number_detail", args=[*address, "field", "Z99"])).status_code == 404


def test_fields_that_no_priority_names_are_strong_or_near():
    """A table of ours with more fields: what is missed is confirmed, what is near is not there yet."""
    region_map = region_with_statistics()
    told = statistics_of(published_source(slug=region_map.region.slug))
    part = Finding.objects.filter(code="specialisation").first().analysis.parts.get().result["region"]
    fields = {row["domain"]: row for row in part["fields"]}
    assert [row.code for row in told.unnamed] == [
        code for code in part["missed"] if fields[code]["confirmed"]
    ]
    assert {row.code for row in told.near} <= {row["domain"] for row in part["related"]}
    assert all(fields[row.code]["lq"] < 1 for row in told.near)


@pytest.mark.parametrize(
    ("unit", "table", "why"),
    [
        ("EUR", TABLE, "Not said: “EUR” is no count of persons or firms that is known here"),
        ("persons", "nuts_id,10,17\nES21,20,10\nPL12,20,10\n", "None that is more than noise."),
    ],
)
def test_no_strong_field_beside_the_priorities_is_said_with_its_reason(client, unit, table, why):
    """Without a count chance cannot be told apart; with one, nothing else may be strong."""
    region_map = region_with_statistics(unit=unit, table=table)
    assert statistics_of(published_source(slug=region_map.region.slug)).unnamed == []
    assert why in page_of(client, region_map)


def test_no_region_of_similar_structure_is_said_with_its_reason(client):
    """A table in which every other region lacks most fields."""
    table = "nuts_id,10,17,21,45\nES21,20,10,170,9\nES22,150,:,:,:\nPL12,180,:,:,:\n"
    region_map = region_with_statistics(table=table)
    assert "three quarters of the fields are known of both" in page_of(client, region_map)


def test_the_matrix_says_where_statistics_agree_with_the_map(client):
    """Strength 4 in medicines, and the table has 3.7 times as many there as elsewhere."""
    region_map = region_with_statistics()
    figure = figures_of(published_source(slug=region_map.region.slug))["matrix"]
    assert [row[-1] for row in figure.table.rows] == ["3.7, in line with the map"] * 2
    assert [column["note"] for column in figure.data["columns"]] == ["3.7 ="]
    assert "A test, Persons employed, 2014" in figure.source


def test_neighbours_are_filtered_without_script(client):
    """The table holds ES21 itself, two more of Spain, one of Poland and one of France."""
    region_map = region_with_statistics()
    address = reverse("journeys:region_detail", args=[region_map.region.slug])
    everywhere, abroad = (client.get(address + query).content.decode() for query in ("", "?peers=abroad"))
    assert ("Comunidad de Madrid" in everywhere, "Comunidad de Madrid" in abroad) == (True, False)
    assert "Mazowiecki regionalny" in abroad
    run = Finding.objects.filter(code="specialisation").first().analysis.pk
    explained = reverse("journeys:number_detail", args=[run, region_map.region.slug, "peers", "abroad"])
    assert explained in abroad
    told = client.get(explained).content.decode()
    assert ("Mazowiecki regionalny" in told, "Comunidad de Madrid" in told) == (True, False)


def test_statistics_say_when_a_territory_is_not_covered(client):
    region_map = region_with_statistics(codes=("DEA12",))
    assert "no figures for exactly this territory" in page_of(client, region_map)


@pytest.mark.parametrize(
    "row, why",
    [
        ("ES21,:,:,170,9", "figures for less than two thirds of the fields here"),
        ("ES21,0,0,0,0", "only zeros for this territory"),
    ],
)
def test_statistics_say_what_keeps_a_territory_from_a_quotient(client, row, why):
    region_map = region_with_statistics(table=TABLE.replace("ES21,20,10,170,9", row))
    assert why in page_of(client, region_map)


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


def test_of_one_year_the_table_imported_last_is_read():
    exercise = ExerciseFactory()
    for key, year in (("zeta", 2013), ("beta", 2014), ("alpha", 2014)):
        table = import_jobs(exercise)
        table.key, table.year, table.title = key, year, key
        table.save()
    assert evidence_inputs(exercise=exercise).card.title == "alpha"
    table = import_jobs(exercise)
    assert evidence_inputs(exercise=exercise).card.title == table.title


def test_neighbours_can_leave_out_the_own_country():
    region_map = region_with_statistics()
    part = Finding.objects.filter(code="specialisation").first().analysis.parts.get()
    assert [row["id"] for row in part.result["region"]["peers_abroad"]] == ["PL91 PL92", "FRI1"]
    assert {row["id"] for row in part.result["region"]["peers"]} == {"ES22", "ES30", "FRI1", "PL91 PL92"}
    assert region_map.region.slug == part.result["region"]["region_id"]


def in_thousands():
    """The same jobs, in thousands: 0.17 of them in medicines are 170 persons."""
    head, *rows = (line.split(",") for line in TABLE.split())
    cells = [[code, *(str(int(n) / 1000) for n in counts)] for code, *counts in rows]
    return "\n".join(",".join(row) for row in [head, *cells])


@pytest.mark.parametrize(
    ("unit", "confirmed", "reason"),
    [
        ("thousand persons", True, ""),
        ("persons", False, ""),  # 0.17 persons would be fewer than five
        ("MIO_EUR", None, "UNIT_NOT_COUNTED"),
    ],
)
def test_the_test_against_noise_knows_the_unit_and_quotients_do_not(client, unit, confirmed, reason):
    region_map = region_with_statistics(unit=unit, table=in_thousands())
    run = Analysis.objects.get(exercise=region_map.exercise, kind="evidence")
    region = run.parts.get().result["region"]
    found = next(row for row in region["fields"] if row["domain"] == "C21")
    assert (round(found["lq"], 2), found["confirmed"], region["noise_reason"]) == (3.73, confirmed, reason)
    assert (found["p_upper"] is None) is (confirmed is None)
    assert Finding.objects.filter(analysis=run, code="specialisation").exists() is bool(confirmed)
    address = reverse("journeys:number_detail", args=[run.pk, region_map.region.slug, "field", "C21"])
    told, page = client.get(address).content.decode(), page_of(client, region_map)
    assert ("each number is taken times 1000" in told) is (unit == "thousand persons")
    assert ("0.170" in told, "0.046" in told) == ((unit != "persons"),) * 2  # 45.6 persons at an equal share
    assert ("is not tested against noise" in told) is bool(reason)
    assert ("highest location quotients, not tested against noise" in page) is bool(reason)
    every = reverse("journeys:number_detail", args=[run.pk, region_map.region.slug, "fields", "all"])
    assert client.get(every).status_code == 200
