"""From a typed answer to a changed sentence on the diagnosis and in the PDF, with a real worker process."""

import io

import pypdf
import pytest
from django.urls import reverse

from governance.models import Analysis, Answer, Response
from journeys.models import Document
from mapping.enums import Role
from tests.factories.mapping import ExerciseFactory, member
from tests.factories.region import publish, small_region, small_version

pytestmark = pytest.mark.usefixtures("worker")


def text_of(document: Document) -> str:
    reader = pypdf.PdfReader(io.BytesIO(document.file.read()))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def run_and_publish(client, exercise, wait_until) -> None:
    """The coordinator starts both analyses in the browser, the worker computes, the coordinator publishes."""
    for kind in ("gaps", "synergies"):
        client.post(reverse("governance:analysis_start", args=[exercise.slug]), {"kind": kind})
        row = Analysis.objects.filter(kind=kind).first()
        wait_until(lambda pk=row.pk: Analysis.objects.get(pk=pk).state == "done", what=f"the {kind} analysis")
        client.post(reverse("governance:analysis_publish", args=[row.pk]))


def make_document(client, region_map, wait_until) -> Document:
    address = reverse("journeys:document_start", args=[region_map.exercise.slug])
    client.post(address, {"region": region_map.region.slug})
    row = Document.objects.order_by("-pk").first()
    wait_until(lambda: Document.objects.get(pk=row.pk).state == "done", what="the document")
    return Document.objects.get(pk=row.pk)


def test_typed_answer_changes_the_diagnosis_and_the_document(client, wait_until):
    exercise = ExerciseFactory()
    region = small_region(exercise, small_version())
    region_map = region.region_map
    lead = member(Role.REGIONAL_LEAD, region_map)
    coordinator = member(Role.COORDINATOR, region_map)
    publish(region_map)

    client.force_login(coordinator)
    run_and_publish(client, exercise, wait_until)
    before = client.get(reverse("journeys:region_detail", args=[region_map.region.slug])).content.decode()
    assert "8 themes are about equally far from what the region needs" in before
    first = make_document(client, region_map, wait_until)
    assert "8 themes are about equally far from what the region needs" in text_of(first)

    # The team reopens its answers on the first theme, types a lower level and sends it again.
    client.post(reverse("governance:response_return", args=[region.team.pk]), {"reason": "Look again at 1.1"})
    client.force_login(lead)
    save = reverse("governance:answer_save", args=[region.team.pk, "1.1"])
    assert client.post(save, {"level": "1", "version_level": "1", "stay": "1"}).status_code == 302
    assert Answer.objects.get(response=region.team, question__code="1.1").level == 1
    client.post(reverse("governance:response_submit", args=[region.team.pk]))
    assert Response.objects.get(pk=region.team.pk).state == "submitted"

    client.force_login(coordinator)
    run_and_publish(client, exercise, wait_until)
    after = client.get(reverse("journeys:region_detail", args=[region_map.region.slug])).content.decode()
    assert "Smart priorities is furthest from what the region needs" in after
    second = make_document(client, region_map, wait_until)
    assert second.pk != first.pk
    assert "Smart priorities is furthest from what the region needs" in text_of(second)
    # The first edition stays what it was.
    assert "8 themes are about equally far" in text_of(Document.objects.get(pk=first.pk))
