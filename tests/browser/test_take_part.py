"""A stakeholder with a phone and a keyboard, from the link to the thanks."""

import pytest
from playwright.sync_api import expect

from governance.models import Answer, PressingArea, Response
from mapping.enums import Role
from tests.browser.barriers import barriers
from tests.browser.people import sign_in
from tests.factories.governance import SpaceFactory
from tests.factories.mapping import CapabilityFactory, PriorityFactory, UnitFactory, member
from tests.governance.links import answer_all, consulted_map, invited, started

pytestmark = pytest.mark.django_db(transaction=True)


def test_p94_a_stakeholder_answers_with_the_keyboard_on_a_phone(page):
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_barriers(page, live_server, scheme):
    region_map = consulted_map()
    unit = UnitFactory(region_map=region_map)
    CapabilityFactory(unit=unit, priority=PriorityFactory(region_map=region_map), priority_answer="value")
    SpaceFactory(region_map=region_map).units.add(unit)
    _link, address = invited(region_map)
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    assert barriers(page) == []
    page.get_by_role("button", name="Start", exact=True).first.click()
    assert barriers(page) == []
    page.goto(f"{address}map/")
    page.get_by_role("button", name="Send the comment").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_label("Your comment", exact=True).fill("Well drawn.")
    page.get_by_role("button", name="Send the comment").click()
    expect(page.get_by_text("Waits for an answer")).to_be_visible()
    assert barriers(page) == []
    page.goto(f"{address}answers/")
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert barriers(page) == []
    page.locator("[id='level_1.1-4']").check()
    page.locator("[id='level_3.1-does_not_apply']").check()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert barriers(page) == []
    for place in ("/take-part/unknown/", begun_elsewhere(region_map)):
        page.goto(place)
        assert barriers(page) == []
    sign_in(page.context, member(Role.REGIONAL_LEAD, region_map), at=live_server.url)
    page.goto(f"/workspace/maps/{region_map.pk}/stakeholders/")
    assert barriers(page) == []
    page.get_by_role("button", name="Make a personal link").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert barriers(page) == []
    page.get_by_label("Organisation", exact=True).fill("Cluster of Fixtures")
    page.get_by_label("Kind of organisation").select_option("knowledge")
    page.get_by_role("button", name="Make a personal link").click()
    expect(page.get_by_label("Personal link", exact=True)).to_have_attribute("readonly", "")
    assert barriers(page) == []


def begun_elsewhere(region_map) -> str:
    _link, address = invited(region_map, organisation="Another organisation")
    answer_all(started(address), address)
    return address
