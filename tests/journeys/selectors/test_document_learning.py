"""Takeaways in the Policy Learning Document: released ones only, frozen, in the words of the frozen map."""

import io

import page
import pypdf
import pytest

from governance.models import AreaOfImprovement
from journeys.models import Document, Takeaway
from journeys.selectors.document_content import document_content
from journeys.services.documents import render_document, request_document
from tests.factories.exchange import (
    EventFactory,
    JourneyFactory,
    PracticeFactory,
    TakeawayFactory,
    VisitFactory,
)
from tests.factories.mapping import ExerciseFactory, RegionMapFactory
from tests.factories.region import publish, small_region, small_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def region_map():
    return publish(small_region(ExerciseFactory(), small_version()).region_map)


def content_of(region_map, region=None):
    return document_content(exercise=region_map.exercise, region=region, is_draft=False)


def taken(region_map, **fields):
    event = EventFactory(project=region_map.exercise.project)
    journey = JourneyFactory(exercise=region_map.exercise)
    visit = VisitFactory(journey=journey, title="To the sea", event=event)
    area = AreaOfImprovement.objects.get(region_map=region_map)
    practice = PracticeFactory(region=visit.host, title="A ferry")
    values = {"learned": "Boats carry ideas", "will_do": "Build one", "area": area, "practice": practice}
    return TakeawayFactory(visit=visit, region_map=region_map, **{"is_released": True, **values, **fields})


def test_without_takeaways_the_content_is_what_it_was(region_map):
    before = content_of(region_map)
    taken(region_map, is_released=False)
    assert content_of(region_map) == before
    assert ("learning" in before, "takeaways" in before["regions"][0]) == (False, False)


def test_a_released_takeaway_stands_in_the_annex_and_in_the_chapter(region_map):
    row = taken(region_map)
    content = content_of(region_map)
    assert content["regions"][0]["takeaways"] == [
        {
            "visit": "To the sea",
            "host": row.visit.host.name,
            "when": "25 March 2031, 11:00–13:00 (Europe/Brussels)",
            "learned": "Boats carry ideas",
            "will_do": "Build one",
            "area_id": row.area_id,
            "practice": "A ferry",
            "provenance": "Estimated",
            "area": "Meet more often",
        }
    ]
    (visit,) = content["learning"]
    regions = [line["region"] for line in visit["rows"]]
    assert (visit["visit"], regions) == ("To the sea", [region_map.region.name])
    assert "learning" not in content_of(region_map, region_map.region), "one region has its annex only"


def test_nothing_of_the_document_tells_what_is_not_public(region_map):
    """A journey for partners only, a draft of a practice, an event not announced, an area being reworded."""
    row = taken(region_map)
    type(row.practice).objects.update(state="draft", published_at=None)
    type(row.visit.event).objects.update(state="draft")
    AreaOfImprovement.objects.filter(pk=row.area_id).update(text="Being reworded")
    (line,) = content_of(region_map)["regions"][0]["takeaways"]
    assert (line["practice"], line["when"], line["area"]) == ("", "", "Meet more often")
    type(row.visit.journey).objects.update(published_at=None)
    assert "learning" not in content_of(region_map)


def test_takeaways_of_regions_that_are_not_in_the_document_stay_out(region_map):
    taken(region_map)
    pending = RegionMapFactory(exercise=region_map.exercise)
    TakeawayFactory(
        visit=Takeaway.objects.get().visit, region_map=pending, is_released=True, learned="Not yet"
    )
    assert "Not yet" not in str(content_of(region_map))


def test_many_takeaways_cost_no_more_queries(region_map, django_assert_max_num_queries):
    taken(region_map)
    with django_assert_max_num_queries(40) as one:
        content_of(region_map)
    for _n in range(3):
        taken(region_map)
    with django_assert_max_num_queries(len(one)):
        content_of(region_map)


def test_the_pdf_holds_the_chapter_stays_frozen_and_is_accessible(region_map, tmp_path):
    row = taken(region_map, learned="Boats carry ideas\n& <b>people</b> {{ 7|add:7 }}")
    document, _is_new = request_document(exercise=region_map.exercise, region=None, is_draft=False, by=None)
    Takeaway.objects.filter(pk=row.pk).update(learned="Written later")
    render_document(document_id=document.pk)
    file = Document.objects.get(pk=document.pk).file.read()
    text = " ".join(
        " ".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(file)).pages).split()
    )
    assert "8 What we learned from each other" in text
    assert "Boats carry ideas & <b>people</b> {{ 7|add:7 }}" in text
    assert "For: Meet more often" in text
    assert "Written later" not in text
    target = tmp_path / "document.pdf"
    target.write_bytes(file)
    assert page.validate_pdf(str(target), profile="ua1").is_compliant is True
    again, is_new = request_document(exercise=region_map.exercise, region=None, is_draft=False, by=None)
    assert (is_new, again.content["learning"][0]["rows"][0]["learned"]) == (True, "Written later")
