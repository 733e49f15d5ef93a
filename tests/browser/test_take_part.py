"""A stakeholder with a phone and a keyboard, from the link to the thanks."""

import pytest
from playwright.sync_api import expect

from governance.models import Answer, PressingArea, Response
from tests.governance.links import consulted_map, invited

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_stakeholder_answers_with_the_keyboard_on_a_phone(page):
    _link, address = invited(consulted_map())
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    page.get_by_role("button", name="Start", exact=True).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}answers/")
    page.locator("[id='level_1.1-1']").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-save-text]")).to_contain_text("Saved")
    page.locator("[id='level_3.1-no_information']").focus()
    page.keyboard.press("Space")
    page.locator("#area_1").focus()
    page.keyboard.type("Έμπιστοσύνη <b>first</b>")
    page.keyboard.press("Tab")
    expect(page.locator("[name=version_area_1]")).not_to_have_value(
        page.locator("[name=version_area_2]").input_value()
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Send my answers").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your answers were sent.")
    expect(page.get_by_text("Έμπιστοσύνη <b>first</b>")).to_be_visible()
    assert Response.objects.get().state == "submitted"
    assert PressingArea.objects.get().text == "Έμπιστοσύνη <b>first</b>"
    levels = Answer.objects.order_by("question__code").values_list("kind", "level")
    assert list(levels) == [("value", 2), ("no_information", None)]
