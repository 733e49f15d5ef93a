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
    assert unsent(draft) == []


def unsent(page):
    return page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('stm:'))")


def switch_off(other):
    other.get_by_label("Do not keep unsent text on this device").check()


def sign_out(other):
    other.locator("summary:has(.who-name)").click()
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_url("**/")


def written(lead):
    """A comment that is not sent, and a second tab of the same person."""
    area = lead.locator("form[data-unsent] textarea").first
    area.evaluate("area => area.closest('details')?.setAttribute('open', '')")
    area.fill(HALF)
    assert len(unsent(lead)) == 1
    return lead.context.new_page()


@pytest.mark.parametrize("end", [switch_off, sign_out])
@pytest.mark.parametrize("guarded", [True, False])
def test_all_tabs_forget_it_when_keeping_is_switched_off_or_somebody_signs_out(lead, room, end, guarded):
    if not guarded:
        lead.route("**/menus*.js", lambda route: route.abort())
        lead.reload()
    other = written(lead)
    other.goto(f"/workspace/responses/{room.team.pk}/")
    end(other)
    other.wait_for_timeout(300)
    assert len(unsent(lead)) == (0 if guarded else 1)
    # A tab that slept through it (here: without the script that listens) forgets when it opens its next page.
    sign_in(lead.context, room.lead, at=lead.url.partition("/workspace/")[0])
    lead.reload()
    assert unsent(lead) == []


def test_where_keeping_is_switched_off_what_somebody_else_wrote_goes_as_well(draft, region_map, live_server):
    draft.locator("#id_text").fill(HALF)
    draft.evaluate("localStorage.setItem('stm-keep', 'off')")
    sign_in(draft.context, member(Role.STAKEHOLDER, region_map), at=live_server.url)
    draft.reload()
    assert unsent(draft) == []
