"""What waits on the device for the person: its text is there, whatever the page of it shows by now."""

import pytest
from playwright.sync_api import expect

from governance.models import CarryOver, Response
from mapping.enums import MapState
from mapping.models import Capability, RegionMap
from tests.browser.barriers import barriers
from tests.browser.people import crash, sign_in
from tests.browser.saving import TEXT, kept, state
from tests.factories.governance import QuestionFactory, SectionFactory, VersionFactory
from tests.factories.matrix import matrix

LINES = f"{TEXT}\nWritten on a train – Łódź."


@pytest.fixture
def place(transactional_db):
    return matrix()


@pytest.fixture
def row(page, live_server, place):
    """The regional lead wrote a description without a line, and the page is gone."""
    sign_in(page.context, place.lead, at=live_server.url)
    page.goto(f"/workspace/capability/{place.capability.pk}/")
    return page


def write_and_vanish(row, text=LINES):
    row.get_by_text("More about it").click()
    row.context.set_offline(True)
    row.get_by_label("Description").fill(text)
    expect(state(row)).to_have_text("Not connected. Your text is kept on this device.")
    context = row.context
    crash(row)
    context.set_offline(False)
    return context


def send_from_the_list(context):
    listed = context.new_page()
    listed.goto("/workspace/")
    listed.get_by_role("button", name="Send them now").click()
    return listed


def adopt():
    RegionMap.objects.update(state=MapState.ADOPTED, adopted_on="2026-01-01", adopted_by="Group")


def test_p10_text_for_a_map_that_was_closed_meanwhile_is_shown_with_the_reason(row):
    context = write_and_vanish(row)
    adopt()
    listed = send_from_the_list(context)
    mine = listed.locator("[data-waiting-person]")
    for _time in range(2):  # also when the page is opened again
        expect(mine).to_contain_text("This map is closed, so your change was not saved")
        expect(listed.get_by_text("They are sent by themselves")).to_be_hidden()
        mine.get_by_text("Show the text").click()
        expect(mine.locator(".pre")).to_have_text(LINES)
        assert barriers(listed) == []
        listed.reload()
    mine.get_by_text("Show the text").click()
    mine.get_by_role("button", name="Discard it").click()
    expect(listed.locator("[data-waiting]")).to_be_hidden()
    assert (kept(listed), Capability.objects.filter(description=LINES).exists()) == ([], False)


def test_p10_it_is_sent_by_itself_when_the_map_is_open_again(row):
    context = write_and_vanish(row)
    adopt()
    listed = send_from_the_list(context)
    expect(listed.locator("[data-waiting-person]")).to_be_visible()
    RegionMap.objects.update(state=MapState.DRAFT, adopted_on=None, adopted_by="")
    listed.evaluate("dispatchEvent(new Event('online'))")
    expect(listed.locator("[data-waiting]")).to_be_hidden()
    assert Capability.objects.filter(description=LINES).count() == 1


def test_p10_negative_control_a_list_that_keeps_no_refusal(row):
    """As before: it says that the text is sent by itself, and the text is nowhere."""

    def unguarded(route):
        reply = route.fetch()
        guard = "else await refuse(entry, html);"
        assert reply.text().count(guard) == 1
        return route.fulfill(response=reply, body=reply.text().replace(guard, ""))

    row.context.route("**/kept*.js", unguarded)
    context = write_and_vanish(row)
    adopt()
    listed = send_from_the_list(context)
    listed.wait_for_timeout(1_000)
    expect(listed.get_by_text("They are sent by themselves")).to_be_visible()
    expect(listed.get_by_text("Show the text")).to_have_count(0)
    context.unroute_all()


FORGET_DURING_HEAD = """const real = window.fetch; window.fetch = (place, how) => {
  const mine = Object.keys(localStorage).filter((key) => key.startsWith("stm:"));
  if (how?.method === "HEAD") for (const key of mine) localStorage.removeItem(key);
  return real(place, how);
}"""


@pytest.mark.parametrize("guarded", [True, False])
def test_p10_what_is_discarded_while_its_page_is_asked_for_does_not_come_back(row, guarded):
    if not guarded:
        row.context.route("**/kept*.js", written_back_as_before)
    context = write_and_vanish(row)
    adopt()
    listed = context.new_page()
    listed.add_init_script(FORGET_DURING_HEAD)
    listed.goto("/workspace/")
    with listed.expect_request(lambda request: request.method == "HEAD"):
        listed.get_by_role("button", name="Send them now").click()
    expect(listed.locator("[data-waiting-person]")).to_be_visible(visible=not guarded)
    assert len(kept(listed)) == (0 if guarded else 1)
    context.unroute_all()


def written_back_as_before(route):
    reply = route.fetch()
    guard = "if (localStorage.getItem(key) !== raw) return;"
    assert reply.text().count(guard) == 1
    return route.fulfill(response=reply, body=reply.text().replace(guard, ""))


@pytest.mark.parametrize("opened", [True, False])
def test_p10_what_is_offered_below_more_about_it_is_in_sight(row, place, opened):
    if not opened:
        row.context.route("**/autosave*.js", closed_as_before)
    context = write_and_vanish(row)
    again = context.new_page()
    again.goto(f"/workspace/capability/{place.capability.pk}/")
    offer = again.get_by_role("button", name="Put it back")
    expect(offer).to_be_visible(visible=opened)
    context.unroute_all()
    if opened:
        offer.click()
        expect(again.get_by_label("Description")).to_have_value(LINES)


def test_p10_a_page_without_a_save_line_forgets_nothing(row, place):
    """It cannot offer the text, which waits on."""
    context = write_and_vanish(row)
    context.route(
        f"**/capability/{place.capability.pk}/",
        lambda route: route.fulfill(
            body=(reply := route.fetch()).text().replace("data-save-line", ""), response=reply
        ),
    )
    again = context.new_page()
    again.goto(f"/workspace/capability/{place.capability.pk}/")
    again.wait_for_timeout(300)
    assert (len(kept(again)), again.get_by_role("button", name="Put it back").count()) == (1, 0)
    context.unroute_all()


def closed_as_before(route):
    reply = route.fetch()
    guard = 'this.scope.closest("details")?.setAttribute("open", "");'
    assert reply.text().count(guard) == 1
    return route.fulfill(response=reply, body=reply.text().replace(guard, ""))


def test_p11_text_for_a_question_that_a_new_version_dropped_is_shown_and_no_link_leads_nowhere(lead, room):
    lead.context.set_offline(True)
    lead.fill("#explanation", TEXT)
    expect(state(lead)).to_have_text("Not connected. Your text is kept on this device.")
    context = lead.context
    crash(lead)
    drop_the_question(room)
    context.set_offline(False)
    listed = send_from_the_list(context)
    mine = listed.locator("[data-waiting-person]")
    expect(mine).to_contain_text("This question was removed on")
    expect(mine.get_by_role("link")).to_have_count(0)
    mine.get_by_text("Show the text").click()
    expect(mine.locator(".pre")).to_have_text(TEXT)


def drop_the_question(room):
    newer = VersionFactory()
    QuestionFactory(section=SectionFactory(version=newer, code="E1", title="Roles"), code="9.1")
    CarryOver.objects.create(response=room.team, old_version=room.version, new_version=newer)
    Response.objects.filter(pk=room.team.pk).update(questionnaire_version=newer)
