"""Files are judged by their content; their names are only shown."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image

from cohes3ion.lib.file_kinds import KINDS, kind_of_file, shown_name

PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"
ODT = "application/vnd.oasis.opendocument.text"


def picture(kind: str, size: tuple[int, int] = (4, 4)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "navy").save(made, kind)
    return made.getvalue()


def archive(parts: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parcel:
        for name, content in parts.items():
            parcel.writestr(name, content)
    return made.getvalue()


def word() -> bytes:
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})


def workbook() -> bytes:
    made = io.BytesIO()
    Workbook().save(made)
    return made.getvalue()


GOOD = {
    "plan.pdf": (PDF, "pdf"),
    "plan.PdF": (PDF, "pdf"),
    "report.exe.pdf": (PDF, "pdf"),
    "no ending": (PDF, "pdf"),
    "letter.docx": (word(), "docx"),
    "table.xlsx": (workbook(), "xlsx"),
    "talk.pptx": (archive({"[Content_Types].xml": "x", "ppt/presentation.xml": "x"}), "pptx"),
    "letter.odt": (archive({"mimetype": ODT, "content.xml": "x"}), "odt"),
    "map.png": (picture("PNG"), "png"),
    "photo.jpg": (picture("JPEG"), "jpg"),
    "photo.jpeg": (picture("JPEG"), "jpg"),
    "rows.csv": ("a;b\n1;ż\n".encode(), "csv"),
    "rows from a spreadsheet.csv": ("a\tb".encode("utf-16"), "csv"),
    "note.txt": ("Σημείωση".encode(), "txt"),
    "old note.txt": ("café".encode("latin-1"), "txt"),
    "<script>.txt": (b"<script>alert(1)</script>", "txt"),
}

BAD = {
    ("empty", "empty.pdf"): b"",
    ("kind", "report.pdf.exe"): PDF,
    ("kind", "page.html"): b"<html>",
    ("kind", "drawing.svg"): b"<svg onload='alert(1)'/>",
    ("kind", "tool.txt"): b"MZ\x90\x00\x03\x00",
    ("kind", "picture.gif"): b"GIF89a/*\x00*/=alert(1)",
    ("kind", "parcel.docx"): archive({"x/y.txt": "x"}),
    ("kind", "feed.xml"): b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]>",
    ("mismatch", "picture.pdf"): picture("PNG"),
    ("mismatch", "page.png"): b"<html><script>alert(1)</script>",
    ("mismatch", "letter.pdf"): word(),
    ("mismatch", "table.docx"): workbook(),
    ("damaged", "plan.pdf"): PDF[:-6],
    ("damaged", "table.xlsx"): workbook()[:-100],
    ("damaged", "photo.jpg"): picture("JPEG", (200, 200))[:-50],
    ("damaged", "map.png"): picture("PNG", (200, 200))[:-30],
    ("macros", "letter.docx"): archive(
        {"[Content_Types].xml": "x", "word/document.xml": "x", "word/vbaProject.bin": "x"}
    ),
}


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("name", GOOD)
def test_a_file_is_what_its_content_says(name):
    content, kind = GOOD[name]
    assert kind_of_file(upload(name, content)) == kind


@pytest.mark.parametrize("code, name", BAD)
def test_p60_a_file_that_is_not_taken(code, name):
    with pytest.raises(ValidationError) as refused:
        kind_of_file(upload(name, BAD[code, name]))
    assert refused.value.code == code


def test_a_file_over_the_limit_says_both_sizes(settings):
    settings.EVIDENCE_MAX_BYTES = 1024**2
    with pytest.raises(ValidationError) as refused:
        kind_of_file(upload("plan.pdf", PDF + b" " * 1024**2 + PDF))
    assert refused.value.messages == ["The file is larger than 1 MB (1.0 MB)."]


def test_p59_a_huge_picture_is_refused_by_its_head():
    """10 kB that would unpack to 2.7 GB."""
    head = bytearray(picture("PNG"))
    head[16:24] = (30_000).to_bytes(4, "big") * 2
    with pytest.raises(ValidationError) as refused:
        kind_of_file(upload("bomb.png", bytes(head)))
    assert refused.value.code in ("pixels", "damaged")
    wide = picture("PNG", (10_001, 1))
    with pytest.raises(ValidationError) as refused:
        kind_of_file(upload("wide.png", wide))
    assert refused.value.code == "pixels"


def test_p59_an_archive_of_very_many_parts_is_refused():
    made = archive({f"{number}": "" for number in range(10_001)})
    with pytest.raises(ValidationError) as refused:
        kind_of_file(upload("parcel.docx", made))
    assert refused.value.code == "kind"


@pytest.mark.parametrize("name, extension, shown", [
    ("plan.pdf", "pdf", "plan.pdf"),
    ("../../etc/passwd", "txt", "passwd.txt"),
    ("C:\\Users\\me\\plan.PDF", "pdf", "plan.pdf"),
    ("plan\u202efdp.exe.pdf", "pdf", "planfdp.exe.pdf"),
    ("pl\x00an\n.pdf", "pdf", "plan.pdf"),
    ("CON.pdf", "pdf", "_CON.pdf"),
    ("...", "pdf", "file.pdf"),
    ("", "txt", "file.txt"),
    ("x" * 300 + ".pdf", "pdf", "x" * 116 + ".pdf"),
    ("photo.jpeg", "jpg", "photo.jpg"),
    ('a"b;c.pdf', "pdf", 'a"b;c.pdf'),
])  # fmt: skip
def test_p61_shown_names_are_clean(name, extension, shown):
    assert shown_name(name, extension) == shown


def test_every_kind_has_a_content_type():
    assert {kind: "/" in content_type for kind, content_type in KINDS.items()} == dict.fromkeys(KINDS, True)
