"""Links and files as people enter them."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from governance.forms.evidence import FileForm, LinkForm, ReuseForm

PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


def link(**data: str) -> LinkForm:
    return LinkForm({"title": "Plan", "url": "https://region.example/plan.pdf", **data})


def file(name: str, content: bytes, **data: str) -> FileForm:
    return FileForm(data, {"file": SimpleUploadedFile(name, content)})


def test_a_link_with_its_page_and_day():
    form = link(page="12–14", checked_on="2026-03-02")
    assert form.is_valid()
    assert form.values() == {
        "url": "https://region.example/plan.pdf",
        "title": "Plan",
        "page": "12–14",
        "checked_on": dt.date(2026, 3, 2),
    }


def test_a_link_was_looked_at_today_unless_said_otherwise():
    form = link()
    assert form.is_valid()
    assert form.values()["checked_on"] == timezone.localdate()


def test_an_address_without_a_scheme_is_completed():
    form = link(url="region.example/plan")
    assert form.is_valid()
    assert form.values()["url"] == "https://region.example/plan"


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "ftp://a.example", "https://", "data:text/html,x"]
)
def test_an_address_that_leads_nowhere_safe_is_refused(url):
    assert "url" in link(url=url).errors


@pytest.mark.parametrize("field, value", [
    ("checked_on", "2999-01-01"),
    ("checked_on", "31.31.2026"),
    ("title", "\u200b"),
    ("title", "a\x00"),
    ("page", "x" * 21),
])  # fmt: skip
def test_other_fields_are_checked(field, value):
    assert field in link(**{field: value}).errors


def test_a_file_is_named_after_itself():
    form = file("../../Plan für Łódź.PDF", PDF)
    assert form.is_valid()
    values = form.values()
    assert values.pop("file").read() == PDF
    assert values == {
        "title": "Plan für Łódź.pdf",
        "file_name": "Plan für Łódź.pdf",
        "content_type": "application/pdf",
        "size": len(PDF),
    }


def test_a_file_may_have_a_title_and_a_page():
    form = file("plan.pdf", PDF, title="The plan", page="3")
    assert form.is_valid()
    assert (form.values()["title"], form.values()["page"]) == ("The plan", "3")


@pytest.mark.parametrize("name, content, sentence", [
    ("a.pdf", b"", "The file is empty."),
    ("a.exe", b"MZ", "Files of this kind are not taken. Use PDF, Word, Excel, PowerPoint, OpenDocument,"),
    ("a.pdf", b"\x89PNG\r\n\x1a\n", "The file is damaged or incomplete."),
])  # fmt: skip
def test_a_file_that_is_not_taken_says_why(name, content, sentence):
    assert str(file(name, content).errors["file"][0]).startswith(sentence)


def test_no_file_at_all():
    assert FileForm({}, {}).errors["file"] == ["Choose a file."]


@pytest.mark.parametrize("sent", ["", "x", "1.5"])
def test_a_document_used_again_is_a_number(sent):
    assert not ReuseForm({"evidence": sent}).is_valid()
