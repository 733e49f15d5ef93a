"""Workbooks: published content only, safe to open, missing cells empty."""

import io
import zipfile

import openpyxl
import pytest

from governance.models import MapEdition
from journeys.enums import ExportFormat
from journeys.models import Export
from journeys.services.exports import NothingPublished, request_export, write_export
from tests.factories.mapping import CapabilityFactory, ExerciseFactory, RegionMapFactory
from tests.factories.region import publish, small_region, small_version

pytestmark = pytest.mark.django_db


def made(exercise, form: str) -> Export:
    row, _is_new = request_export(exercise=exercise, region=None, form=form, by=None)
    write_export(export_id=row.pk)
    return Export.objects.get(pk=row.pk)


def test_workbook_has_a_sheet_per_kind_and_a_code_book():
    region = small_region(ExerciseFactory(), small_version())
    publish(region.region_map)
    book = openpyxl.load_workbook(io.BytesIO(made(region.region_map.exercise, ExportFormat.XLSX).file.read()))
    assert {"About", "Units", "Capabilities", "Spaces", "Scores", "Code book"} <= set(book.sheetnames)
    assert book["Units"].max_row == 3
    assert book["Units"]["A1"].value == "region"


def test_p58_formula_stays_text_and_missing_strength_stays_empty():
    region_map = RegionMapFactory()
    CapabilityFactory(
        unit__region_map=region_map, name="=1+1", strength=None, strength_answer="no_information"
    )
    publish(region_map)
    book = openpyxl.load_workbook(io.BytesIO(made(region_map.exercise, ExportFormat.XLSX).file.read()))
    head = [cell.value for cell in book["Capabilities"][1]]
    row = dict(zip(head, book["Capabilities"][2], strict=True))
    assert (row["name"].value, row["name"].data_type) == ("=1+1", "s")
    assert (row["strength"].value, row["strength_answer"].value) == (None, "no_information")


def test_a_character_that_xml_forbids_leaves_the_workbook_readable():
    region_map = RegionMapFactory()
    CapabilityFactory(unit__region_map=region_map, name="Adv\uffffice")
    publish(region_map)
    book = openpyxl.load_workbook(io.BytesIO(made(region_map.exercise, ExportFormat.XLSX).file.read()))
    assert "Adv\ufffdice" in [cell.value for cell in book["Capabilities"][2]]


def test_p58_csv_files_open_safely_in_a_spreadsheet():
    region_map = RegionMapFactory()
    CapabilityFactory(unit__region_map=region_map, name="=cmd|' /C calc'!A0")
    publish(region_map)
    archive = zipfile.ZipFile(io.BytesIO(made(region_map.exercise, ExportFormat.CSV).file.read()))
    text = archive.read("capabilities.csv").decode("utf-8")
    assert text.startswith("\ufeff")
    assert "'=cmd|" in text


def test_same_content_is_the_same_workbook():
    region_map = publish(RegionMapFactory())
    first, is_new = request_export(exercise=region_map.exercise, region=None, form="xlsx", by=None)
    again, is_new_again = request_export(exercise=region_map.exercise, region=None, form="xlsx", by=None)
    assert (is_new, is_new_again, first.pk == again.pk) == (True, False, True)


def test_nothing_published_is_no_workbook():
    assert MapEdition.objects.count() == 0
    with pytest.raises(NothingPublished):
        request_export(exercise=RegionMapFactory().exercise, region=None, form="xlsx", by=None)
