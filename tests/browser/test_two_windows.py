"""P27: one person in two windows is told, in no conflict with oneself, and overwrites nobody unseen."""

import re

import pytest
from playwright.sync_api import expect

from governance.models import Answer, AnswerRevision
from tests.browser.saving import SAVED, TEXT, colleague_writes, kept, state


@pytest.fixture
def deaf(lead, address):
    """A second window of the same person that tells the first one nothing."""
    page = lead.context.new_page()
    page.add_init_script("BroadcastChannel.prototype.postMessage = () => {}")
    page.goto(address)
    return page


OWN = "In another window you wrote something else here. What you typed last stands"


def test_p27_who_writes_in_two_windows_at_once_is_told_and_is_in_no_conflict(lead, deaf):
    """The first window hears of nothing and sends an old version: both texts are in the history."""
    deaf.fill("#explanation", TEXT)
    expect(state(deaf)).to_have_text(SAVED)
    expect(lead.locator("#explanation")).to_have_value("")
    lead.fill("#explanation", "Mine.")
    expect(lead.get_by_text(OWN)).to_be_visible()
    expect(state(lead)).to_have_text(SAVED)
    lead.fill("#explanation", "Mine, and more.")
    expect(state(lead)).to_have_text(re.compile("Saving"))
    expect(state(lead)).to_have_text(SAVED)
    expect(lead.get_by_text(OWN)).to_be_visible()
    texts = [row.values["explanation"] for row in AnswerRevision.objects.filter(field="explanation")]
    assert texts == [TEXT, "Mine.", "Mine.", "Mine, and more."]  # it came too late once
    assert (lead.locator(".conflict").count(), kept(lead)) == (0, [])


def test_p27_negative_control_what_was_typed_long_before_the_other_window_is_shown_beside_it(lead, deaf):
    """Offline for an hour: what one wrote elsewhere since is newer, and one chooses."""
    write_without_a_line(lead, "An hour ago.")
    lead.evaluate("{ const now = Date.now; Date.now = () => now() + 3600000; }")
    deaf.fill("#explanation", TEXT)
    expect(state(deaf)).to_have_text(SAVED)
    send(lead)
    expect(lead.locator(".conflict")).to_contain_text("you in another window")
    assert Answer.objects.get().explanation == TEXT


def test_p27_the_second_tab_of_one_person_takes_over_what_the_first_saved(lead, address):
    second = lead.context.new_page()
    second.goto(address)
    lead.fill("#explanation", TEXT)
    expect(state(lead)).to_have_text(SAVED)
    expect(second.locator("#explanation")).to_have_value(TEXT)
    second.fill("#explanation", f"{TEXT} More.")
    expect(state(second)).to_have_text(SAVED)
    expect(lead.locator("#explanation")).to_have_value(f"{TEXT} More.")
    assert (lead.locator(".conflict").count(), second.locator(".conflict").count()) == (0, 0)


def write_without_a_line(page, text):
    page.route("**/save/", lambda route: route.abort())
    page.fill("#explanation", text)
    expect(state(page)).to_have_text("Not connected. Your text is kept on this device.")


def send(page):
    page.unroute("**/save/")
    page.evaluate("document.dispatchEvent(new Event('stm:send'))")


def test_what_a_colleague_wrote_before_the_other_window_is_not_overwritten_unseen(lead, deaf, room):
    """The other window knew it; this one never showed it, so one chooses."""
    write_without_a_line(lead, "Mine.")
    colleague_writes(room, "Theirs.")
    deaf.reload()
    deaf.fill("#explanation", "Theirs, and mine.")
    expect(state(deaf)).to_have_text(SAVED)
    send(lead)
    expect(lead.locator(".conflict")).to_contain_text("Theirs, and mine.")
    assert Answer.objects.get().explanation == "Theirs, and mine."


def test_of_several_texts_of_the_other_window_the_news_is_heard_while_one_writes(lead, address):
    other = lead.context.new_page()
    other.goto(address)
    write_without_a_line(lead, "Mine.")
    for text in (TEXT, f"{TEXT} More.", f"{TEXT} And more."):
        other.fill("#explanation", text)
        expect(state(other)).to_have_text(re.compile("Saving"))
        expect(state(other)).to_have_text(SAVED)
    send(lead)
    expect(lead.get_by_text(OWN)).to_be_visible()
    expect(state(lead)).to_have_text(SAVED)
    assert (Answer.objects.get().explanation, lead.locator(".conflict").count()) == ("Mine.", 0)
