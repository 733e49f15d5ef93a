"""The PDF of a plan: frozen, tagged, and with nothing in it that the public may not read."""

import io

import page
import pypdf
import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from journeys.models import IndicatorReading, PlanPrint
from journeys.selectors.plan_prints import plan_content
from journeys.services.plan_prints import plan_pdf, render_plan, request_plan_print
from mapping.enums import Role
from tests.factories.exchange import (
    ActionFactory,
    ActionIndicatorFactory,
    ActionPlanFactory,
    MilestoneFactory,
    PracticeFactory,
    TakeawayFactory,
)
from tests.factories.mapping import member
from tests.factories.region import publish
from tests.factories.synthesis import AreaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    area = AreaFactory(text="Współpraca powinna być silniejsza")
    plan = ActionPlanFactory(region_map=area.region_map, title="Plan działań", unknown=["signed_on"])
    action = ActionFactory(
        plan=plan, title="Rada Innowacyjności", description="Nine seats.\n\nA second paragraph."
    )
    action.areas.add(area)
    action.practices.add(PracticeFactory(title="A practice"), PracticeFactory(title="Hidden", state="draft"))
    action.takeaways.add(TakeawayFactory(region_map=area.region_map, learned="Not released"))
    MilestoneFactory(action=action, title="First seat", done_on="2031-02-03")
    indicator = ActionIndicatorFactory(action=action, name="Seats", baseline=0, target=8)
    IndicatorReading.objects.create(indicator=indicator, on="2031-01-01", value="2.5")
    ActionIndicatorFactory(action=action, name="Trust")
    return plan


def text_of(pdf):
    sheets = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())


def test_the_pdf_tells_the_plan_and_what_is_not_known(plan):
    content = plan_content(plan=plan)
    pdf, pages = plan_pdf(content=content, made_at=timezone.now())
    text = text_of(pdf)
    for words in (
        "Plan działań",
        "Rada Innowacyjności",
        "Współpraca powinna być silniejsza",
        "A second paragraph.",
        "A practice",
        "First seat reached 3 February 2031",
        "31 %",  # 2.5 of 8
        "no baseline is known",
        "Not found in the sources",
    ):
        assert words in text, words
    assert pages == len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_a_practice_that_was_withdrawn_is_marked_with_the_reason(plan):
    before = text_of(plan_pdf(content=plan_content(plan=plan), made_at=timezone.now())[0])
    practice = plan.actions.get().practices.get(title="A practice")
    type(practice).objects.filter(pk=practice.pk).update(state="withdrawn", withdrawn_because="It failed.")
    after = text_of(plan_pdf(content=plan_content(plan=plan), made_at=timezone.now())[0])
    told = f"A practice ({practice.region}) (withdrawn) Why: It failed."
    assert (told in before, told in after) == (False, True)


def test_what_the_public_may_not_read_is_not_in_it(plan):
    text = str(plan_content(plan=plan))
    assert ("Hidden" in text, "Not released" in text) == (False, False)


def test_a_plan_that_is_not_released_says_draft_on_each_page(plan):
    publish(plan.region_map)
    assert "DRAFT" not in text_of(plan_pdf(content=plan_content(plan=plan), made_at=timezone.now())[0])
    plan.published_at = None
    plan.save()
    assert "DRAFT" in text_of(plan_pdf(content=plan_content(plan=plan), made_at=timezone.now())[0])


def test_the_pdf_can_be_read_out(plan, tmp_path):
    target = tmp_path / "plan.pdf"
    target.write_bytes(plan_pdf(content=plan_content(plan=plan), made_at=timezone.now())[0])
    assert page.validate_pdf(str(target), profile="ua1").is_compliant


def test_what_was_printed_as_a_draft_stays_with_the_partnership_when_the_plan_is_public(plan):
    draft, _is_new = request_plan_print(plan=plan, by=None)
    publish(plan.region_map)
    released, _is_new = request_plan_print(plan=plan, by=None)
    stranger, lead = AnonymousUser(), member(Role.REGIONAL_LEAD, plan.region_map)
    assert list(PlanPrint.objects.visible_to(stranger)) == [released]
    assert list(PlanPrint.objects.visible_to(lead)) == [released, draft]


def test_the_same_plan_is_the_same_pdf_and_a_change_is_a_new_one(plan):
    first, is_new = request_plan_print(plan=plan, by=None)
    assert (is_new, request_plan_print(plan=plan, by=None)) == (True, (first, False))
    plan.title = "Another title"
    plan.save()
    second, is_new = request_plan_print(plan=plan, by=None)
    assert (is_new, second.pk != first.pk) == (True, True)
    assert (render_plan(print_id=first.pk), render_plan(print_id=first.pk)) == (True, False)
    row = PlanPrint.objects.get(pk=first.pk)
    assert (row.state, row.pages, row.file.read(5)) == ("done", 1, b"%PDF-")
