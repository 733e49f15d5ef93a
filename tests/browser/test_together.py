"""Several people and bad lines, in a real browser: P10, P23-P26, P28, P94 and P97."""

import datetime as dt
import json
import os
import re
import signal
import subprocess
import time
from itertools import pairwise

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cohes3ion.launcher.services import chromium_binary
from governance.models import Answer, AnswerRevision, Presence, presence
from tests.browser.people import crash, sign_in
from tests.browser.saving import SAVED, TEXT, kept, state

SLOW = 1.2


def test_p10_unsent_answers_are_offered_back_on_the_list_and_sent(lead, room, address):
    base = f"/workspace/responses/{room.team.pk}/"
    lead.goto(f"{base}1.2/")
    lead.context.set_offline(True)
    lead.fill("#explanation", TEXT)
    lead.check("#level-4")
    lead.check("#importance-2")
    expect(state(lead)).to_have_text("Not connected. Your text is kept on this device.")
    context = lead.context
    second = context.new_page()
    crash(lead)
    context.set_offline(False)
    second.goto(base)
    expect(second.locator("[data-waiting-count]")).to_have_text("3 answers wait on this device")
    second.get_by_role("button", name="Send them now").click()
    expect(second.locator("[data-waiting]")).to_be_hidden()
    answer = Answer.objects.get()
    assert (answer.explanation, answer.level, answer.importance, kept(second)) == (TEXT, 4, 2, [])


def test_p10_nothing_is_kept_on_a_shared_computer(lead, room):
    base = f"/workspace/responses/{room.team.pk}/"
    lead.goto(base)
    lead.get_by_label("Do not keep unsent text on this device").check()
    lead.goto(f"{base}1.1/")
    lead.context.set_offline(True)
    lead.fill("#explanation", TEXT)
    expect(state(lead)).to_have_text("Not connected. Your text is on this page only: do not close it.")
    assert kept(lead) == []
    lead.context.set_offline(False)
    expect(state(lead)).to_have_text(SAVED)


def test_p10_negative_control_a_page_that_keeps_nothing(lead, room):
    """Closed without a line, and the text is nowhere: nothing is offered back."""
    base = f"/workspace/responses/{room.team.pk}/"
    lead.evaluate("localStorage.setItem('stm-keep', 'off')")
    lead.goto(f"{base}1.2/")
    lead.context.set_offline(True)
    lead.fill("#explanation", TEXT)
    expect(state(lead)).to_have_text("Not connected. Your text is on this page only: do not close it.")
    context = lead.context
    second = context.new_page()
    crash(lead)
    context.set_offline(False)
    second.goto(base)
    expect(second.locator("[data-waiting]")).to_be_hidden()
    assert Answer.objects.count() == 0


def test_p10_signing_out_forgets_what_was_kept(lead, room):
    key = f"stm:{room.lead.pk}:/x level"
    lead.evaluate("key => localStorage.setItem(key, '{}')", key)
    lead.locator("summary:has(.who-name)").click()
    lead.get_by_role("button", name="Sign out").click()
    lead.wait_for_url("**/")
    assert kept(lead) == []


def test_p23_of_two_texts_nothing_disappears_and_keys_alone_settle_it(lead, contributor):
    """Also P94: the choice is made with the keyboard."""
    contributor.fill("#explanation", "Theirs.")
    expect(state(contributor)).to_have_text(SAVED)
    lead.fill("#explanation", "Mine.")
    heading = lead.locator(".conflict").get_by_role("heading")
    expect(heading).to_be_visible()
    lead.locator("#explanation").blur()
    expect(heading).to_be_focused()
    press = lead.keyboard.press
    press("Tab")
    press("ArrowRight")  # from "mine" to "keep both texts"
    press("Tab")
    expect(lead.get_by_role("button", name="Use this answer")).to_be_focused()
    press("Enter")
    expect(lead.locator("#explanation")).to_have_value("Theirs.\n\nMine.")
    texts = [row.values["explanation"] for row in AnswerRevision.objects.filter(field="explanation")]
    assert texts == ["Theirs.", "Mine.", "Theirs.\n\nMine."]


def test_p23_who_leaves_before_choosing_is_told_what_waits_and_still_chooses(lead, contributor, room):
    """The site has both texts: nothing waits for the line, and no page says that it does."""
    address = lead.url
    lead.fill("#explanation", "Two units.")
    lead.locator("#explanation").blur()
    expect(state(lead)).to_have_text(SAVED)
    contributor.fill("#explanation", TEXT)
    contributor.locator("#explanation").blur()
    expect(state(contributor)).to_have_text("One answer needs your choice")
    contributor.goto(f"/workspace/responses/{room.team.pk}/")
    waiting = contributor.locator("[data-waiting]")
    expect(waiting).to_contain_text("Something else was saved there while you wrote.")
    expect(waiting.get_by_text("They did not reach us yet.")).to_be_hidden()
    expect(waiting.get_by_role("button", name="Send them now")).to_be_hidden()
    waiting.get_by_text("Show the text").click()
    expect(waiting.locator(".pre")).to_have_text(TEXT)
    contributor.goto(address)
    said = re.compile(r"While you wrote this \(\d+ \w+ \d{4}, \d\d:\d\d\), something else was saved here")
    expect(contributor.locator(".kept")).to_contain_text(said)
    contributor.get_by_role("button", name="Put it back").click()
    expect(state(contributor)).to_have_text("One answer needs your choice")
    expect(contributor.locator(".conflict")).to_contain_text("Two units.")
    expect(contributor.locator(".conflict")).to_contain_text(TEXT)


def test_p23_who_writes_on_while_two_texts_meet_loses_no_letter(lead, contributor):
    """The panel waits beside the field, and knows what was written after it came."""
    contributor.fill("#explanation", "Theirs.")
    expect(state(contributor)).to_have_text(SAVED)
    contributor.close()
    lead.locator("#explanation").press_sequentially("Mine")
    expect(lead.locator(".conflict")).to_contain_text("Mine")
    lead.keyboard.type(" and more.")
    expect(lead.locator("#explanation")).to_be_focused()
    expect(lead.locator("#explanation")).to_have_value("Mine and more.")
    expect(lead.locator("[data-save-live]")).to_have_text("One answer needs your choice")
    lead.get_by_role("button", name="Show what happened").click()
    expect(lead.locator(".conflict").get_by_role("heading")).to_be_focused()
    lead.focus("#explanation")
    lead.keyboard.press("End")
    lead.keyboard.type("!")
    with lead.expect_navigation():
        lead.get_by_role("button", name="Use this answer").click()
    expect(lead.locator("#explanation")).to_have_value("Mine and more.!")
    assert Answer.objects.get().explanation == "Mine and more.!"


def test_p25_whoever_writes_without_a_pause_is_saved_and_never_told_too_early(lead):
    text, live = "#explanation", lead.locator("[data-save-live]")
    lead.fill(text, TEXT)
    expect(live).to_have_text(SAVED)
    expect(state(lead)).to_have_text(SAVED)
    lead.focus(text)
    lead.keyboard.type("!")
    assert (state(lead).inner_text(), live.inner_text()) == ("Saving…", "")
    with lead.expect_request("**/save/", timeout=5_000):
        lead.evaluate(
            "text => { const field = document.querySelector(text); window.typing = setInterval(() => {"
            " field.value += 'x'; field.dispatchEvent(new Event('input', {bubbles: true})); }, 300); }",
            text,
        )
    lead.evaluate("clearInterval(typing)")
    expect(state(lead)).to_have_text(SAVED)
    assert Answer.objects.get().explanation == lead.input_value(text)


def test_p24_nobody_is_in_conflict_with_oneself(lead):
    flying = {"now": 0, "most": 0, "conflicts": 0}

    def slowly(route):
        if route.request.is_navigation_request():  # the form as a whole, sent by the button
            return route.continue_()
        flying["now"] += 1
        flying["most"] = max(flying["most"], flying["now"])
        time.sleep(SLOW)
        reply = route.fetch()
        flying["conflicts"] += reply.status == 409
        flying["now"] -= 1
        return route.fulfill(response=reply)

    lead.route("**/save/", slowly)
    for part in ("Two ", "Two of ", TEXT):
        lead.fill("#explanation", part)
        lead.locator("#explanation").blur()
        lead.locator("#explanation").focus()
    lead.get_by_role("button", name="Save and continue").click()
    lead.wait_for_url("**/1.2/")
    assert (Answer.objects.get().explanation, flying["most"], flying["conflicts"]) == (TEXT, 1, 0)
    lead.unroute("**/save/")


def test_p25_saved_is_said_only_after_it_is_true(lead):
    lead.route("**/save/", lambda route: None)  # never answered
    lead.fill("#explanation", TEXT)
    expect(state(lead)).to_have_text("Saving…")
    expect(state(lead)).to_have_text(re.compile("^Not saved yet"), timeout=6_000)
    stopped = lead.evaluate(
        "() => { const event = new Event('beforeunload', {cancelable: true}); dispatchEvent(event);"
        " return event.defaultPrevented; }"
    )
    assert (stopped, Answer.objects.count()) == (True, 0)
    # A page that closes sends what it holds: tests/gate.py waits for it before tables are emptied.


def test_p25_negative_control_a_site_that_lies(lead):
    lead.route("**/save/", lambda route: route.fulfill(status=200, headers={"X-Version": "2"}, body=""))
    lead.fill("#explanation", TEXT)
    expect(state(lead)).to_have_text(SAVED)
    assert Answer.objects.count() == 0
    lead.unroute("**/save/")


def test_p26_what_waits_is_sent_within_5_seconds_without_a_key(lead):
    lead.context.set_offline(True)
    lead.fill("#explanation", TEXT)
    expect(state(lead)).to_have_text("Not connected. Your text is kept on this device.")
    lead.context.set_offline(False)
    expect(state(lead)).to_have_text(SAVED, timeout=5_000)
    assert Answer.objects.get().explanation == TEXT


DEAF = """addEventListener("online", (event) => event.stopImmediatePropagation(), true);
const soon = setTimeout;
window.setTimeout = (work, ms, ...more) => (ms > 850 ? 0 : soon(work, ms, ...more));"""


def test_p26_negative_control_a_page_that_hears_nothing(lead, address):
    """Without the news of the line and without its own second try, the text stays where it is."""
    deaf = lead.context.new_page()
    deaf.add_init_script(DEAF)
    deaf.goto(address)
    lead.close(run_before_unload=False)  # this tab would hear it, and send what the other one keeps
    deaf.bring_to_front()
    deaf.context.set_offline(True)
    deaf.fill("#explanation", TEXT)
    expect(state(deaf)).to_have_text("Not connected. Your text is kept on this device.")
    deaf.wait_for_timeout(1_000)  # what the last key set going has had its try by then
    deaf.context.set_offline(False)
    deaf.wait_for_timeout(2_500)
    assert Answer.objects.count() == 0


HIDE = """Object.defineProperty(document, 'hidden', {get: () => true, configurable: true});
document.dispatchEvent(new Event('visibilitychange'))"""


def hide_with_unsent_text(page):
    page.route("**/save/", lambda route: route.abort())
    page.fill("#explanation", "Not sent yet")
    expect(state(page)).to_have_text("Not connected. Your text is kept on this device.")
    page.evaluate(HIDE)
    time.sleep(0.5)


def test_p28_who_is_here_is_shown_and_honest(lead, contributor, room, wait_until):
    lead.reload()
    expect(lead.get_by_text(f"{room.contributor.name} is here")).to_be_visible()
    mine = Presence.objects.filter(user=room.contributor)
    hide_with_unsent_text(contributor)  # in the background with text that was not sent: still here
    assert mine.count() == 1
    contributor.unroute("**/save/")
    contributor.evaluate("dispatchEvent(new Event('online'))")
    expect(state(contributor)).to_have_text(SAVED)
    contributor.evaluate(HIDE)  # everything is sent: gone
    wait_until(lambda: mine.count() == 0, seconds=5)


def test_p28_negative_control_a_page_that_does_not_look_for_unsent_text(contributor, room):
    """As before the guard: whatever is hidden has left, and a colleague believes the text is finished."""

    def unguarded(route):
        reply = route.fetch()
        return route.fulfill(response=reply, body=reply.text().replace("else if (!unsent)", "else"))

    contributor.route("**/presence*.js", unguarded)
    contributor.reload()
    hide_with_unsent_text(contributor)
    assert Presence.objects.filter(user=room.contributor).count() == 0


@pytest.mark.parametrize("runs_out", [True, False])
def test_p28_a_browser_that_was_killed_is_gone_within_a_minute(
    lead, room, address, tmp_path, monkeypatch, runs_out
):
    """Nobody says goodbye for it. A list whose rows do not run out shows it on and on."""
    if not runs_out:
        monkeypatch.setattr(presence, "EXPIRES_AFTER", dt.timedelta(days=1))
    kill_at(address, room.contributor, at=lead.url.removesuffix(address), page=lead, folder=tmp_path)
    here = lead.get_by_text(f"{room.contributor.name} is here")
    lead.reload()
    expect(here).to_be_visible()
    mine = Presence.objects.filter(user=room.contributor)
    # The colleague's page asks again at most 15 seconds later.
    mine.update(seen_at=timezone.now() - dt.timedelta(seconds=60 - 15))
    lead.reload()
    expect(here).to_have_count(0 if runs_out else 1)


def kill_at(address, user, *, at, page, folder):
    """Somebody opens a page in a browser of their own, which is then killed (kill -9)."""
    command = [chromium_binary(), "--headless", "--no-sandbox", "--remote-debugging-port=0"]
    with subprocess.Popen(
        [*command, f"--user-data-dir={folder}"], stderr=subprocess.DEVNULL, start_new_session=True
    ) as browser:
        try:
            told = folder / "DevToolsActivePort"
            for _try in range(200):
                if told.exists() and told.read_text():
                    break
                time.sleep(0.05)
            port = told.read_text().splitlines()[0]
            other = page.context.browser.browser_type.connect_over_cdp(f"http://127.0.0.1:{port}")
            sign_in(other.contexts[0], user, at=at)
            opened = other.contexts[0].new_page()
            with opened.expect_response("**/here/"):
                opened.goto(f"{at}{address}")
        finally:
            os.killpg(browser.pid, signal.SIGKILL)


def test_p97_news_is_read_out_at_most_once_in_five_seconds(lead):
    lead.evaluate(
        "window.said = {}; for (const name of ['live', 'text']) {"
        " said[name] = []; const place = document.querySelector(`[data-save-${name}]`);"
        " new MutationObserver(() => place.textContent && said[name].push(performance.now())).observe(place,"
        " {childList: true, characterData: true, subtree: true}); }"
    )
    for number in range(7):
        lead.fill("#explanation", f"Text {number}")
        lead.locator("#explanation").blur()
        time.sleep(1)
    said = lead.evaluate("said")
    gaps = [after - before for before, after in pairwise(said["live"])]
    assert len(said["live"]) >= 1
    assert all(gap >= 4_900 for gap in gaps), json.dumps(gaps)
    # Negative control: the line one sees changes with each save, and would be read out all the time.
    assert any(after - before < 4_900 for before, after in pairwise(said["text"]))
