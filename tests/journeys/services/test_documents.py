"""Policy Learning Documents: frozen, complete, tagged, and reached by nothing from outside."""

import io

import page
import pypdf
import pytest

from cohes3ion.lib.jobs import JobState
from cohes3ion.lib.pdf import html_to_pdf
from governance.models import Analysis
from governance.services.analyses import publish_analysis, withdraw_analysis
from journeys.models import ChapterNarrative, Document
from journeys.selectors.document_content import document_content
from journeys.services.documents import (
    NothingReleased,
    NotPublishable,
    publish_document,
    render_document,
    request_document,
    save_narrative,
)
from tests.factories.mapping import ExerciseFactory, RegionMapFactory
from tests.factories.region import analyse, publish, small_region, small_version

pytestmark = pytest.mark.django_db


def ready_exercise(**options):
    region = small_region(ExerciseFactory(), small_version(), **options)
    publish(region.region_map)
    analyse(region.region_map.exercise)
    return region.region_map.exercise


def made(exercise, *, is_draft: bool = False) -> Document:
    row, _is_new = request_document(exercise=exercise, region=None, is_draft=is_draft, by=None)
    render_document(document_id=row.pk)
    return Document.objects.get(pk=row.pk)


def text_of(document: Document) -> str:
    pages = pypdf.PdfReader(io.BytesIO(document.file.read())).pages
    return " ".join(" ".join(sheet.extract_text() for sheet in pages).split())


def test_document_holds_every_row_of_the_map_and_the_figures_of_the_page():
    exercise = ready_exercise()
    document = made(exercise)
    text = text_of(document)
    content = document.content["regions"][0]
    for kind in ("units", "capabilities", "actors", "spaces"):
        for row in content["content"][kind]:
            assert row["name"] in text
    assert content["sentences"][0]["lead"] in text
    assert len(content["content"]["answers"]) == 8
    for answer in content["content"]["answers"]:
        assert answer["code"] in text
    assert document.pages == len(pypdf.PdfReader(document.file.open("rb")).pages)


def test_document_is_tagged_and_passes_the_validator(tmp_path):
    document = made(ready_exercise())
    target = tmp_path / "document.pdf"
    target.write_bytes(document.file.read())
    assert page.validate_pdf(str(target), profile="ua1").is_compliant is True


def test_validator_notices_an_untagged_picture(tmp_path):
    """The negative control: the same validator refuses a page with a picture nobody described."""
    dot = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    pdf, _pages = html_to_pdf(f'<html><body><h3>No title, no language</h3><img src="{dot}"></body></html>')
    target = tmp_path / "bad.pdf"
    target.write_bytes(pdf)
    assert page.validate_pdf(str(target), profile="ua1").is_compliant is False


def test_same_content_is_the_same_document():
    exercise = ready_exercise()
    first, is_new = request_document(exercise=exercise, region=None, is_draft=False, by=None)
    again, is_new_again = request_document(exercise=exercise, region=None, is_draft=False, by=None)
    assert (is_new, is_new_again, first.pk == again.pk) == (True, False, True)
    Document.objects.filter(pk=first.pk).update(state=JobState.DONE)
    assert render_document(document_id=again.pk) is False
    assert not Document.objects.get(pk=first.pk).file, "nothing is rendered a second time"


def test_a_withdrawn_run_is_in_no_new_document():
    exercise = ready_exercise()
    scope = {"exercise": exercise, "region": None, "is_draft": False}
    run = Analysis.objects.published().get(kind="gaps")
    assert document_content(**scope)["runs"]["gaps"] == run.fingerprint
    withdraw_analysis(analysis=run, reason="Wrong", by=None)
    assert "gaps" not in document_content(**scope)["runs"]
    assert made(exercise).state == JobState.DONE
    publish_analysis(analysis=run, by=None)
    assert document_content(**scope)["runs"]["gaps"] == run.fingerprint


def test_p73_narrative_is_in_the_next_document_as_typed_and_survives():
    exercise = ready_exercise()
    words = "We learned **a lot**. <script>alert(1)</script> {{ document.title }} Ştefan & Łódź"
    save_narrative(exercise=exercise, region=None, chapter="introduction", text=words, expected=1, by=None)
    text = text_of(made(exercise))
    assert "We learned a lot. <script>alert(1)</script> {{ document.title }} Ştefan & Łódź" in text
    assert ChapterNarrative.objects.get().text == words


def test_draft_has_its_mark_on_each_page_and_cannot_be_published():
    document = made(ready_exercise(), is_draft=True)
    pages = pypdf.PdfReader(io.BytesIO(document.file.read())).pages
    assert all("DRAFT" in sheet.extract_text() for sheet in pages)
    with pytest.raises(NotPublishable):
        publish_document(document=document, by=None)


def test_region_that_has_not_released_its_map_is_named_as_pending():
    exercise = ready_exercise()
    pending = RegionMapFactory(exercise=exercise)
    document = made(exercise)
    assert document.content["pending"] == [pending.region.name]
    assert [row["slug"] for row in document.content["regions"]] != [pending.region.slug]
    assert f"Pending, because the map is not released yet: {pending.region.name}" in text_of(document)


def test_document_without_a_released_map_is_refused():
    with pytest.raises(NothingReleased):
        request_document(exercise=RegionMapFactory().exercise, region=None, is_draft=False, by=None)


def test_document_without_analyses_is_made_all_the_same():
    region = small_region(ExerciseFactory(), small_version())
    publish(region.region_map)
    assert Analysis.objects.count() == 0
    assert made(region.region_map.exercise).state == "done"


def test_rendering_fetches_nothing(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("canary-4711")
    vectors = f"""<html lang="en"><head><title>t</title><link rel=stylesheet href="http://127.0.0.1:9/x.css">
      <style>@import url(http://127.0.0.1:9/y.css); body{{background:url(file://{secret})}}</style></head>
      <body><h1>t</h1><img alt="a" src="file://{secret}"><a rel=attachment href="file://{secret}">f</a></body></html>"""
    pdf, pages = html_to_pdf(vectors)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert (pages, dict(reader.attachments)) == (1, {})
    assert b"canary-4711" not in pdf
