"""A takeaway on two screens: each field saves by itself, and two texts for one field are both shown."""

import re

import pytest
from playwright.sync_api import expect

from journeys.models import Takeaway
from mapping.enums import Role
from tests.browser.people import sign_in
from tests.factories.exchange import PracticeFactory, TakeawayFactory
from tests.factories.mapping import member

SAVED = re.compile(r"Saved \d\d:\d\d")


@pytest.mark.django_db(transaction=True)
def test_a_takeaway_saves_by_itself_and_two_texts_are_both_shown(page, chromium, live_server):
    row = TakeawayFactory()
    practice = PracticeFactory(region=row.visit.host)
    address = f"{live_server.url}/workspace/visits/{row.visit_id}/exchange/"
    text, choice = f"#takeaway-{row.pk}-will_do", f"#takeaway-{row.pk}-practice_id"
    sign_in(page.context, member(Role.REGIONAL_LEAD, row.region_map), at=live_server.url)
    page.goto(address)
    with chromium.new_context(locale="en-GB") as context:
        sign_in(context, member(Role.CONTRIBUTOR, row.region_map), at=live_server.url)
        other = context.new_page()
        other.goto(address)
        page.fill(text, "Text of Ana")
        page.select_option(choice, str(practice.pk))
        page.check(f"#takeaway-{row.pk}-is_released")
        page.locator(choice).focus()
        expect(page.locator("[data-save-text]")).to_have_text(SAVED)
        other.fill(text, "Text of Ben")
        other.locator(choice).focus()
        panel = other.locator(".conflict")
        panel.get_by_role("heading").wait_for()
        assert "Text of Ana" in panel.inner_text()
        assert "Text of Ben" in panel.inner_text()
        panel.get_by_label("Keep both texts").check()
        panel.get_by_role("button", name="Use this").click()
        other.get_by_text("Saved.").wait_for()
    row = Takeaway.objects.get()
    assert (row.will_do, row.practice, row.is_released) == ("Text of Ana\n\nText of Ben", practice, True)
