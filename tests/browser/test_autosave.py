"""Answering in a real browser: saving by itself, two people at once, the keyboard, no script, no barriers."""

import re

import pytest
from playwright.sync_api import expect

from governance.enums import ResponseState
from governance.models import Answer, Response
from tests.browser.barriers import barriers
from tests.browser.people import sign_in
from tests.browser.saving import SAVED, TEXT, kept, state


def test_what_is_typed_is_saved_and_there_after_a_reload(lead):
    lead.fill("#explanation", TEXT)
    expect(state(lead)).to_have_text(SAVED)
    expect(lead.locator("#explanation-status")).to_have_text("Written by you just now")
    lead.check("#level-4")
    lead.check("#importance-5")
    expect(lead.locator("[name=version_importance]")).to_have_value("2")
    lead.reload()
    expect(lead.locator("#explanation")).to_have_value(TEXT)
    assert (lead.is_checked("#level-4"), lead.is_checked("#importance-5")) == (True, True)
    lead.fill("#explanation", f"{TEXT} ")
    assert len(kept(lead)) == 1
    expect(state(lead)).to_have_text(SAVED)
    lead.fill("#explanation", f"{TEXT} ")  # what is saved is no unsent text
    assert kept(lead) == []


def test_changing_ones_mind_before_going_on_is_saved(lead):
    """The form as a whole must not take the last change for none."""
    lead.check("#level-2")
    expect(lead.locator("[name=version_level]")).to_have_value("2")
    lead.check("#level-3")
    expect(lead.locator("[name=was_level]")).to_have_value("3")
    lead.check("#level-2")
    lead.get_by_role("button", name="Save and continue").click()
    lead.wait_for_url("**/1.2/")
    assert Answer.objects.get().level == 2


def test_two_people_at_different_fields_do_not_disturb_each_other(lead, contributor):
    lead.check("#level-4")
    contributor.fill("#explanation", TEXT)
    for page in (lead, contributor):
        expect(state(page)).to_have_text(SAVED)
    answer = Answer.objects.get()
    assert (answer.level, answer.explanation) == (4, TEXT)


def test_two_people_at_one_field_see_both_texts(lead, contributor):
    contributor.fill("#explanation", "Theirs.")
    expect(state(contributor)).to_have_text(SAVED)
    lead.fill("#explanation", "Mine.")
    panel = lead.locator(".conflict")
    expect(panel).to_contain_text("Theirs.")
    expect(panel).to_contain_text("Mine.")
    lead.locator("#explanation").blur()
    expect(panel.get_by_role("heading")).to_be_focused()
    expect(state(lead)).to_have_text("One answer needs your choice")
    assert barriers(lead) == []
    panel.get_by_label("Keep both and discuss").check()
    panel.get_by_role("button", name="Use this answer").click()
    expect(lead.locator("#explanation")).to_have_value("Theirs.\n\nMine.")
    assert Answer.objects.get().explanation == "Theirs.\n\nMine."


def test_without_a_connection_the_text_waits_and_is_saved_later(lead):
    lead.context.set_offline(True)
    lead.fill("#explanation", TEXT)
    expect(state(lead)).to_have_text("Not connected. Your text is kept on this device.")
    lead.context.set_offline(False)
    expect(state(lead)).to_have_text(SAVED)
    assert Answer.objects.get().explanation == TEXT


def test_a_page_of_the_network_in_place_of_the_site_is_no_saving(lead):
    def portal(route):
        route.fulfill(status=200, content_type="text/html", body="<!DOCTYPE html><html>Agree</html>")

    lead.route("**/save/", portal)
    lead.fill("#explanation", TEXT)
    expect(state(lead)).to_have_text("Not connected. Your text is kept on this device.")
    assert not Answer.objects.filter(explanation=TEXT).exists()
    lead.unroute("**/save/")
    expect(state(lead)).to_have_text(SAVED, timeout=10_000)
    assert Answer.objects.get().explanation == TEXT


def test_after_sending_the_text_is_there_for_copying(lead, room):
    Response.objects.update(state=ResponseState.SUBMITTED)
    lead.fill("#explanation", TEXT)
    note = lead.locator(".note-warn")
    expect(note.get_by_role("heading")).to_be_visible()
    lead.locator("#explanation").blur()
    expect(note.get_by_role("heading")).to_be_focused()
    expect(note).to_contain_text(TEXT)
    expect(state(lead)).to_have_text("Not saved. The reason stands above your text.")
    lead.get_by_role("button", name="Show what happened").click()
    expect(note.get_by_role("heading")).to_be_focused()
    expect(lead.locator("#explanation")).to_have_value(TEXT)
    assert barriers(lead) == []
    lead.goto(f"/workspace/responses/{room.team.pk}/")
    expect(lead.get_by_text("This site did not take it")).to_be_visible()
    expect(lead.get_by_text("They are sent by themselves")).to_be_hidden()


def test_what_was_refused_because_it_was_sent_is_saved_when_it_is_returned(lead):
    """Whoever comes back to the page finds it saved, without a key."""
    Response.objects.update(state=ResponseState.SUBMITTED)
    lead.fill("#explanation", TEXT)
    expect(state(lead)).to_have_text("Not saved. The reason stands above your text.")
    lead.evaluate("dispatchEvent(new Event('focus'))")
    lead.wait_for_timeout(500)  # still sent: asked once, and no more
    expect(state(lead)).to_have_text("Not saved. The reason stands above your text.")
    assert not Answer.objects.filter(explanation=TEXT).exists()
    Response.objects.update(state=ResponseState.RETURNED, return_reason="Please tell more.")
    lead.evaluate("dispatchEvent(new Event('focus'))")
    expect(state(lead)).to_have_text(SAVED)
    expect(lead.locator(".note-warn")).to_have_count(0)
    assert Answer.objects.get().explanation == TEXT


def test_who_takes_back_what_was_refused_is_not_told_on_and_on(lead):
    Response.objects.update(state=ResponseState.SUBMITTED)
    lead.fill("#explanation", TEXT)
    expect(state(lead)).to_have_text("Not saved. The reason stands above your text.")
    lead.fill("#explanation", "")
    expect(state(lead)).to_have_text(SAVED)


def test_a_right_that_was_taken_is_said_in_its_own_words(lead, room):
    room.lead.memberships.all().delete()
    lead.fill("#explanation", TEXT)
    expect(state(lead)).to_have_text(re.compile("You may no longer change this"))


def test_a_text_that_is_pasted_is_not_cut_where_it_is_too_long(lead):
    """Its end would be lost without a word, and the line would say "Saved"."""
    lead.focus("#explanation")
    lead.keyboard.insert_text("word," * 1_200)
    expect(lead.locator("#explanation-status")).to_contain_text("at most 5000 characters (you wrote 6000)")
    expect(lead.locator("#explanation")).to_have_value("word," * 1_200)
    expect(state(lead)).to_contain_text("Not saved")
    expect(lead.locator("[data-count-for]")).to_have_text("6,000 of 5,000 characters")
    assert not Answer.objects.exists()


def test_a_text_that_cannot_be_stored_says_so_at_its_field(lead):
    lead.fill("#explanation", "a\x07b")
    expect(lead.locator("#explanation-status")).to_contain_text("cannot be stored")
    lead.fill("#explanation", "ab")
    expect(state(lead)).to_have_text(SAVED)
    assert Answer.objects.get().explanation == "ab"


def test_p94_a_question_can_be_answered_with_the_keyboard_alone(lead):
    press = lead.keyboard.press
    press("Tab")
    press("Tab")
    expect(lead.get_by_role("link", name="Skip to the question")).to_be_focused()
    press("Enter")
    press("Tab")  # why we ask
    press("Tab")
    press("Space")
    expect(lead.locator("#level-1")).to_be_checked()
    press("ArrowDown")
    press("ArrowDown")
    expect(lead.locator("#level-3")).to_be_focused()
    press("Tab")
    press("Space")
    press("ArrowRight")
    expect(lead.locator("#importance-2")).to_be_checked()
    press("Tab")
    lead.keyboard.type("By keys")
    for _stop in range(4):  # how sure, a file, a link, and on
        press("Tab")
    expect(lead.get_by_role("button", name="Save and continue")).to_be_focused()
    press("Enter")
    lead.wait_for_url("**/1.2/")
    answer = Answer.objects.get()
    assert (answer.level, answer.importance, answer.explanation) == (3, 2, "By keys")


def test_a_question_can_be_answered_without_a_script(chromium, live_server, room, address):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    sign_in(context, room.lead, at=live_server.url)
    page = context.new_page()
    page.goto(address)
    page.check("#level-4")
    page.fill("#explanation", TEXT)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messages")).to_have_text(re.compile("Saved."))
    expect(page.locator("#explanation")).to_have_value(TEXT)
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/1.2/")
    context.close()
    assert Answer.objects.get().level == 4


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_pages_have_no_barriers(page, live_server, room, theme, width):
    room.fill()
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    found = {}
    for person, path in (
        (room.lead, ""),
        (room.lead, "1.1/"),
        (room.lead, f"2.1/{room.units[0].pk}/"),
        (room.lead, "check/"),
        (room.coordinator, "1.1/"),
    ):
        sign_in(page.context, person, at=live_server.url)
        page.goto(f"/workspace/responses/{room.team.pk}/{path}")
        found[path] = barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth") == width
    assert found == {path: [] for path in found}
