"""What is written in a comment and not sent stands there again after another page, and is nobody else's."""

import pytest
from playwright.sync_api import expect

from governance.models import ConsultationComment
from governance.services.maps import open_consultation
from mapping.enums import Role
from mapping.models import RegionMap
from tests.browser.people import sign_in
from tests.factories.mapping import RegionMapFactory, member

HALF = "Half a thought – Łódź"


@pytest.fixture
def region_map(transactional_db) -> RegionMap:
    return open_consultation(region_map=RegionMapFactory(), expected=1, by=None, text="Please read.")


@pytest.fixture
def draft(page, live_server, region_map):
    sign_in(page.context, member(Role.STAKEHOLDER, region_map), at=live_server.url)
    page.goto(f"/workspace/maps/{region_map.pk}/draft/")
    return page


def read_in_greek(page) -> None:
    page.locator("summary:has-text('Language')").click()
    page.get_by_role("button", name="Ελληνικά").click()
    expect(page.locator("html")).to_have_attribute("lang", "el")


def test_a_comment_survives_another_language_and_is_gone_when_it_is_sent(draft):
    draft.locator("#id_text").fill(HALF)
    read_in_greek(draft)
    expect(draft.locator("#id_text")).to_have_value(HALF)
    draft.goto("/workspace/")
    draft.go_back()
    expect(draft.locator("#id_text")).to_have_value(HALF)
    draft.locator("#comment-form .btn").last.click()
    expect(draft.locator("#id_text")).to_have_value("")
    draft.reload()
    expect(draft.locator("#id_text")).to_have_value("")
    assert [row.text for row in ConsultationComment.objects.all()] == [HALF]


def test_negative_control_where_keeping_is_switched_off_it_is_gone(draft):
    draft.evaluate("localStorage.setItem('stm-keep', 'off')")
    draft.locator("#id_text").fill(HALF)
    read_in_greek(draft)
    expect(draft.locator("#id_text")).to_have_value("")


def test_who_signs_in_next_in_the_same_tab_finds_nothing(draft, region_map, live_server):
    draft.locator("#id_text").fill(HALF)
    sign_in(draft.context, member(Role.STAKEHOLDER, region_map), at=live_server.url)
    draft.reload()
    expect(draft.locator("#id_text")).to_have_value("")
    assert draft.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('stm:'))") == []
