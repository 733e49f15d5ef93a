"""Statistics in the browser: looked at first, imported whole or not at all."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cohes3ion.lib.jobs import JobState
from governance.models import StatisticsImport
from governance.services.statistics_imports import AlreadyDecided, confirm_import, work_on_import
from mapping.enums import Role
from mapping.models import IndicatorTable, IndicatorValue
from tests.factories.mapping import RegionMapFactory, member

pytestmark = pytest.mark.django_db
TABLE = "nuts_id,10,21\nES21,20,170\nPL12,180,30\nQQ99,1,2\nEU27,9,9\n"
SAID = {
    "source": "table",
    "title": "Persons employed",
    "unit": "persons",
    "origin": "A statistical office",
    "licence": "CC BY 4.0",
    "year": "2014",
    "level": "2",
    "vintage": "2013",
}


@pytest.fixture
def region_map():
    region_map = RegionMapFactory()
    region_map.region.nuts_codes = ["ES21"]
    region_map.region.save()
    return region_map


@pytest.fixture
def coordinator(client, region_map):
    client.force_login(member(Role.COORDINATOR, region_map))
    return client


def send(client, region_map, content=TABLE, name="jobs.csv", **said):
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    address = reverse("governance:statistics_check", args=[region_map.exercise.slug])
    return client.post(address, {**SAID, **said, "file": file})


def looked_at(client, region_map, *args, **said):
    assert send(client, region_map, *args, **said).status_code == 302
    row = StatisticsImport.objects.first()
    assert work_on_import(import_id=row.pk)
    row.refresh_from_db()
    return row


def text_of(client, row):
    return client.get(reverse("governance:statistics_detail", args=[row.pk])).content.decode()


def test_a_file_is_looked_at_then_imported(coordinator, region_map):
    row = looked_at(coordinator, region_map)
    assert (IndicatorTable.objects.count(), row.state, row.step) == (0, JobState.DONE, "check")
    text = text_of(coordinator, row)
    for told in (
        "4 of 2 regions and 2 fields; 0 not available",
        "2014, persons, 2013",
        "1: PL12",  # split since, kept whole
        "1: QQ99",
        "2 values, of other levels of NUTS, or aggregates",
        str(region_map.region),
        "Import this table",
    ):
        assert told in text, told
    reply = coordinator.post(reverse("governance:statistics_confirm", args=[row.pk]))
    assert reply.status_code == 302
    assert work_on_import(import_id=row.pk)
    table = IndicatorTable.objects.get()
    assert (table.title, table.year, table.licence, table.values.count()) == (
        "Persons employed",
        2014,
        "CC BY 4.0",
        4,
    )
    assert "Imported." in text_of(coordinator, row)
    assert "Read by the analysis" in (
        coordinator.get(
            reverse("governance:statistics_list", args=[region_map.exercise.slug])
        ).content.decode()
    )


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("persons", "Each number is taken as a count."),
        ("thousand persons", "Each number is taken times 1000, since the unit is “thousand persons”"),
        ("EUR", "Not possible: “EUR” is no count that is known here."),
    ],
)
def test_the_look_at_a_file_says_whether_its_unit_can_be_tested(coordinator, region_map, unit, said):
    assert said in text_of(coordinator, looked_at(coordinator, region_map, TABLE, unit=unit))


def test_a_refused_file_says_why_and_imports_nothing(coordinator, region_map):
    row = looked_at(coordinator, region_map, "nuts_id,10\nES21,-3\nES22,many\n")
    text = text_of(coordinator, row)
    assert "Row 2: a count cannot be negative (-3)." in text
    assert "“many” is no number" in text
    assert "Import this table" not in text
    with pytest.raises(AlreadyDecided):
        confirm_import(row=row)
    assert IndicatorTable.objects.count() == 0


def test_a_form_that_lacks_something_keeps_what_was_typed(coordinator, region_map):
    reply = send(coordinator, region_map, title="", origin="", only="sex")
    text = reply.content.decode()
    assert reply.status_code == 422
    for sentence in ("Say what is counted.", "Say who publishes the figures.", "Write each line like sex=T"):
        assert sentence in text
    assert "persons" in text
    assert StatisticsImport.objects.count() == 0


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        page = book.create_sheet(f"Sheet {number}")
        for row in rows:
            page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_by_its_only_sheet(coordinator, region_map):
    rows = [["nuts_id", "10", "21"], ["ES21", 20, 170.0], ["PL12", 180, None]]
    row = looked_at(coordinator, region_map, workbook(rows), name="jobs.xlsx")
    assert row.problems == []
    assert (row.found["values"], row.found["missing"]) == (3, 1)
    confirm_import(row=row)
    work_on_import(import_id=row.pk)
    assert IndicatorValue.objects.get(region="ES21", domain="21").value == 170
    two = looked_at(coordinator, region_map, workbook(rows, rows), name="two.xlsx")
    assert "2 sheets with a table" in two.problems[0]
    torn = looked_at(coordinator, region_map, workbook(rows)[:900], name="torn.xlsx")
    assert "damaged" in torn.problems[0]


def test_a_table_that_came_meanwhile_is_not_overwritten(coordinator, region_map):
    first, second = (looked_at(coordinator, region_map) for _n in range(2))
    for row in (first, second):
        confirm_import(row=row)
        work_on_import(import_id=row.pk)
    second.refresh_from_db()
    assert "Somebody imported a table of this name and year meanwhile" in second.problems[0]
    third = looked_at(coordinator, region_map)
    assert "This replaces Persons employed, 2014" in text_of(coordinator, third)
    confirm_import(row=third)
    with pytest.raises(AlreadyDecided):
        confirm_import(row=third)
    work_on_import(import_id=third.pk)
    assert IndicatorTable.objects.count() == 1


def test_a_cancelled_import_leaves_nothing(coordinator, region_map, monkeypatch):
    row = looked_at(coordinator, region_map)
    confirm_import(row=row)
    monkeypatch.setattr(StatisticsImport, "finish", lambda self, **values: False)
    work_on_import(import_id=row.pk)
    assert IndicatorTable.objects.count() == 0


def test_a_file_that_is_too_large_is_not_kept(coordinator, region_map, settings):
    settings.EVIDENCE_MAX_BYTES = 10
    reply = send(coordinator, region_map)
    assert reply.status_code == 413
    assert StatisticsImport.objects.count() == 0


def test_statistics_list_needs_the_same_queries_with_many_rows(
    coordinator, region_map, django_assert_num_queries
):
    address = reverse("governance:statistics_list", args=[region_map.exercise.slug])
    with django_assert_num_queries(6):
        coordinator.get(address)
    for _n in range(3):
        looked_at(coordinator, region_map)
    with django_assert_num_queries(6):
        coordinator.get(address)
