"""The steering brief: frozen, two pages whatever it holds, tagged, and without anybody's name."""

import datetime as dt
import io

import page
import pypdf
import pytest
from django.utils import timezone

from cohes3ion.lib.history import history_may_go
from governance.enums import Group, ResponseState
from governance.models import Answer, AreaOfImprovement, Assignment, Response, Target
from governance.services.scores import refresh_scores
from governance.services.workshops import decide, open_workshop
from journeys.models import Brief
from journeys.selectors.briefs import brief_content
from journeys.services.briefs import brief_pdf, render_brief, request_brief
from tests.factories.assessment import assessment
from tests.factories.governance import ResponseFactory
from tests.factories.mapping import ExerciseFactory, RegionMapFactory, UnitFactory
from tests.factories.region import analyse, small_region, small_version

pytestmark = pytest.mark.django_db
SINCE = dt.date(2020, 1, 1)


@pytest.fixture
def region():
    region = small_region(ExerciseFactory(), small_version())
    analyse(region.region_map.exercise, public=False)
    return region


@pytest.fixture
def large_region(region):
    """Three units answered: no group is hidden from the team, so that disputed statements are listed."""
    region_map = region.region_map
    for _n in range(2):
        response = ResponseFactory(
            region_map=region_map,
            questionnaire_version=region.team.questionnaire_version,
            group=Group.UNIT,
            unit=UnitFactory(region_map=region_map, kind="city"),
            state=ResponseState.SUBMITTED,
            submitted_at=timezone.now(),
            opened_at=timezone.now(),
        )
        Answer.objects.bulk_create(
            Answer(response=response, question=question, kind="value", level=2, importance=4)
            for question in region.questions
        )
    refresh_scores(region_map=region_map)
    analyse(region_map.exercise, public=False)
    return region


def content_of(region_map):
    return brief_content(region_map=region_map, since=SINCE)


def made(region_map) -> tuple[Brief, bytes]:
    row, _is_new = request_brief(region_map=region_map, since=SINCE, by=None)
    assert render_brief(brief_id=row.pk)
    row.refresh_from_db()
    return row, row.file.read()


def text_of(pdf: bytes) -> str:
    return " ".join(
        " ".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages).split()
    )


def test_two_tagged_pages_that_say_where_the_region_is(region, tmp_path):
    row, pdf = made(region.region_map)
    target = tmp_path / "brief.pdf"
    target.write_bytes(pdf)
    assert (row.pages, page.validate_pdf(str(target), profile="ua1").is_compliant) == (2, True)
    text = text_of(pdf)
    assert str(region.region_map.region) in text
    assert "8 / 8" in text  # questions the team answered
    assert "What changed since 1 January 2020" in text


def test_an_empty_region_has_dashes_and_what_comes_first():
    content = content_of(RegionMapFactory())
    assert content["facts"]["evidence"] is None
    assert {theme["score"] for theme in content["themes"]} == {None}
    assert content["decisions"][0] == "Set the needed level of E1, E2, E3, E4, E5, E6, E7, E8"
    pdf, pages = brief_pdf(content=content, made_at=timezone.now())
    assert pages == 2
    assert "No gap analysis was run yet" in text_of(pdf)


def test_however_much_there_is_it_stays_two_pages(large_region):
    content = content_of(large_region.region_map)
    long = "Wielkopolska Województwo samorządowe " * 10
    unit = {"name": long, "answered": 0, "asked": 99, "sections": [long] * 8}
    content["region"] = long
    content["missing"]["units"] = [unit] * 40
    content["overdue"] = content["decisions"] = [long] * 30
    content["disputed"] = [{**content["disputed"][0], "name": long}] * 26
    content["changes"]["rows"] = [{"kind": "opportunity for cooperation", "title": long, "what": "new"}] * 90
    for theme in content["themes"]:
        theme["name"] = long
    pdf, pages = brief_pdf(content=content, made_at=timezone.now())
    assert pages == 2
    assert "of 90." in text_of(pdf)


def test_groups_units_and_sections_are_missing_never_persons(region):
    region_map = region.region_map
    units = Response.objects.filter(region_map=region_map, group=Group.UNIT)
    with history_may_go():  # no way leads back to a draft
        units.update(state=ResponseState.DRAFT)
    units.get().answers.first().delete()
    content = content_of(region_map)
    missing = content["missing"]["units"][0]
    assert (missing["name"], missing["answered"], missing["asked"]) == (str(units.get().unit), 7, 8)
    assert len(missing["sections"]) == 1
    assert content["facts"]["stakeholders_sent"] == 6
    names = [row.label for row in Response.objects.filter(group=Group.STAKEHOLDER) if row.label]
    assert not [name for name in names if name in str(content)]


def test_disputed_statements_carry_what_workshops_made_of_them(large_region):
    region = large_region
    workshop = open_workshop(region_map=region.region_map, audience="team", people={"team": 3}, by=None)
    first, second = region.questions[:2]
    settled = {"state": "settled", "level": 2, "reason": "Seldom"}
    parked = {"state": "parked", "level": None, "reason": "Wait for the audit"}
    decide(workshop=workshop, question_id=first.pk, change=settled, expected=1, by=None)
    decide(workshop=workshop, question_id=second.pk, change=parked, expected=1, by=None)
    content = content_of(region.region_map)
    states = {row["code"]: (row["state"], row["level"]) for row in content["disputed"]}
    assert states[first.code] == ("settled", 2)
    assert states[second.code] == ("parked", None)
    assert any("Wait for the audit" in text for text in content["decisions"])
    order = [row["agreement"] for row in content["disputed"]]
    assert order == sorted(order)


def test_small_groups_are_not_in_it():
    region = small_region(ExerciseFactory(), small_version(), stakeholders=2)
    analyse(region.region_map.exercise, public=False)
    assert content_of(region.region_map)["disputed"] == []


def test_what_waits_for_a_decision(region):
    Target.objects.filter(region_map=region.region_map, dimension="E3").delete()
    AreaOfImprovement.objects.filter(region_map=region.region_map).update(is_chosen=True)
    decisions = content_of(region.region_map)["decisions"]
    assert decisions == [
        "Set the needed level of E3",
        "Areas chosen for action without a responsible body: 1",
        "Open the consultation of the map",
    ]


def test_only_what_changed_since_the_day():
    room = assessment()
    room.fill()
    late = brief_content(region_map=room.region_map, since=timezone.localdate() + dt.timedelta(days=1))
    assert (late["changes"]["answers"], late["changes"]["rows"]) == (0, [])
    changes = content_of(room.region_map)["changes"]
    assert changes["answers"] > 0
    assert changes["sections"] == ["Smart priorities", "Roles"]


def test_the_same_content_is_the_same_brief(region):
    first, is_new = request_brief(region_map=region.region_map, since=SINCE, by=None)
    again, is_new_again = request_brief(region_map=region.region_map, since=SINCE, by=None)
    assert (is_new, is_new_again, first.pk == again.pk) == (True, False, True)


def test_the_same_queries_for_few_rows_and_many(region, django_assert_num_queries):
    content_of(region.region_map)
    with django_assert_num_queries(26):
        content_of(region.region_map)
    for _n in range(5):
        AreaOfImprovement.objects.create(region_map=region.region_map, text="More")
    with django_assert_num_queries(26):
        content_of(region.region_map)


def test_what_is_late_names_its_day(region):
    region_map = region.region_map
    days = {"E1": dt.date(2026, 3, 2), "E2": dt.date(2026, 2, 1)}
    with history_may_go():
        Response.objects.filter(pk=region.team.pk).update(state=ResponseState.DRAFT)
    region.team.answers.all().delete()
    for section, day in days.items():
        Assignment.objects.create(
            region_map=region_map, response=region.team, part=section, organisation="Agency", due_on=day
        )
    late = content_of(region_map)["overdue"]
    assert [text.partition(": ")[2] for text in late] == [
        "was due on 1 February 2026",
        "was due on 2 March 2026",
    ]


def test_a_return_by_remarks_alone_says_how_many(region):
    with history_may_go():
        Response.objects.filter(pk=region.team.pk).update(
            state=ResponseState.RETURNED, return_reason="", return_remarks=2
        )
    decisions = content_of(region.region_map)["decisions"]
    assert "The answers were returned with 2 remarks" in decisions


def test_page_one_is_filled_before_page_two_begins(large_region):
    content = content_of(large_region.region_map)
    content["disputed"] = content["disputed"][:1] * 26
    content["changes"]["rows"] = [{"kind": "priority", "title": f"Row {n}", "what": "new"} for n in range(17)]
    pdf, pages = brief_pdf(content=content, made_at=timezone.now())
    first = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert (pages, "What is disputed" in first) == (2, True)
    assert "of 17." in text_of(pdf)
