"""Negative controls of P58 to P61: with the guard off, what the promises refuse gets through."""

import pytest
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from cohes3ion.lib import file_kinds, tables
from governance.models import Evidence
from tests.factories.mapping import RegionMapFactory
from tests.lib.test_file_kinds import picture

FORMULAS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "  =1"]


@pytest.mark.parametrize("cell", FORMULAS)
def test_p58_no_cell_header_or_name_begins_a_formula(cell):
    rows = tables.csv_text([[cell, 1], [-5, cell]]).removeprefix("\ufeff")
    assert rows.startswith(("'", "\"'"))
    assert "\n-5," in rows  # numbers stay numbers


def test_p58_negative_control_plain_cells(monkeypatch):
    monkeypatch.setattr(tables, "safe_cell", lambda value: value)
    assert tables.csv_text([["=1+1"]]) == "\ufeff=1+1\r\n"


def code_of(upload: SimpleUploadedFile) -> str:
    with pytest.raises(ValidationError) as refused:
        file_kinds.kind_of_file(upload)
    return refused.value.code


def test_p59_negative_control_without_the_limit_of_pixels(monkeypatch):
    wide = SimpleUploadedFile("map.png", picture("PNG", (12_000, 1)))
    assert code_of(wide) == "pixels"
    monkeypatch.setattr(file_kinds, "MAX_PIXELS", 10**9)
    assert file_kinds.kind_of_file(wide) == "png"


def test_p60_negative_control_believing_the_name(monkeypatch):
    page = SimpleUploadedFile("page.png", b"<html><script>alert(1)</script>")
    assert code_of(page) == "mismatch"
    monkeypatch.setattr(file_kinds, "kind_of_content", lambda upload, named: named)
    assert file_kinds.kind_of_file(page) == "png"


@pytest.mark.django_db
def test_p61_negative_control_a_path_made_of_the_name(monkeypatch, media_root):
    row = Evidence(region_map=RegionMapFactory(), title="A plan", url="https://a.example")
    row.file.save("../../outside.txt", ContentFile(picture("PNG")), save=False)
    assert (media_root / row.file.name).parent == media_root / "evidence"
    monkeypatch.setattr(Evidence._meta.get_field("file"), "upload_to", lambda row, name: f"../{name}")
    monkeypatch.setattr(
        Evidence._meta.get_field("file"), "generate_filename", lambda row, name: f"../../{name}"
    )
    with pytest.raises(SuspiciousFileOperation):
        row.file.save("../../outside.txt", ContentFile(b"x"), save=False)
