"""P09: signed out while writing, and in again without leaving the page."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from governance.models import Answer
from tests.browser.people import sign_in
from tests.factories.assessment import assessment

PASSWORD = "a long password of ours"
BEFORE, TEXT = "Two of five units", "Two of five units name their priorities."
LONG = 30_000  # on a busy machine; a control never passes because it did not wait
SIGNED_OUT = "You are signed out. Your text is kept."
SAVED = re.compile(r"^Saved \d\d:\d\d$")
# Each guard: the script, the line that is the guard, and what stands there without it.
NOTICED = ("autosave", 'if (reply.redirected || reply.status === 401) return this.set("signedOut");', "")
SENT = ("sign-in", 'document.dispatchEvent(new CustomEvent("stm:send"));', "")
SAME_PERSON = ("sign-in", "if (code !== person) {", "if (false) {")
WHOSE = ("autosave", " || page.ok && copy.body.dataset.person !== document.body.dataset.person", "")
STAYS = ("sign-in", "dialog.close();\n  content", "location.reload();\n  content")


@pytest.fixture
def room(transactional_db):
    room = assessment()
    for person in (room.lead, room.contributor):
        person.set_password(PASSWORD)
        person.save()
    return room


def without(page, guard):
    """The page with a script that lacks one of its guards."""
    script, line, instead = guard

    def unguarded(route):
        reply = route.fetch()
        text = reply.text()
        assert text.count(line) == 1
        route.fulfill(response=reply, body=text.replace(line, instead))

    page.route(f"**/js/{script}*.js", unguarded)


def told(page):
    return page.locator("[data-save-text]")


def write_signed_out(page, live_server, room):
    """The regional lead types, and types on after the session is gone."""
    sign_in(page.context, room.lead, at=live_server.url)
    page.goto(f"/workspace/responses/{room.team.pk}/1.1/")
    page.unroute_all()  # Chromium holds what a page sends to its end while requests are watched
    page.evaluate("window.stays = true")
    page.fill("#explanation", BEFORE)
    expect(told(page)).to_have_text(SAVED, timeout=LONG)
    Session.objects.all().delete()
    page.fill("#explanation", TEXT)


def sign_in_here(page, person):
    expect(told(page)).to_have_text(SIGNED_OUT, timeout=LONG)
    page.get_by_role("button", name="Sign in here").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Email").fill(person.email)
    dialog.get_by_label("Password", exact=True).fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in", exact=True).click()
    return dialog


def stored():
    return Answer.objects.get().explanation


def test_p09_signed_out_while_writing_and_in_again_without_leaving(page, live_server, room):
    write_signed_out(page, live_server, room)
    expect(sign_in_here(page, room.lead)).to_be_hidden(timeout=LONG)
    expect(page.locator("#explanation")).to_have_value(TEXT)
    expect(told(page)).to_have_text(SAVED, timeout=LONG)
    assert (page.evaluate("window.stays"), stored()) == (True, TEXT)


def test_p09_negative_control_a_page_that_does_not_notice(page, live_server, room):
    """It takes the sign-in page for a broken line, and asks again for ever."""
    without(page, NOTICED)
    write_signed_out(page, live_server, room)
    expect(told(page)).to_have_text(re.compile("^Not "), timeout=LONG)
    page.wait_for_timeout(2_000)
    expect(told(page)).not_to_have_text(SIGNED_OUT)
    assert stored() == BEFORE


def test_p09_negative_control_a_page_that_sends_nothing_after_signing_in(page, live_server, room):
    without(page, SENT)
    write_signed_out(page, live_server, room)
    expect(sign_in_here(page, room.lead)).to_be_hidden(timeout=LONG)
    page.wait_for_timeout(3_000)
    assert (told(page).inner_text(), stored()) == (SIGNED_OUT, BEFORE)


def test_p09_negative_control_a_page_that_loads_anew(page, live_server, room):
    without(page, STAYS)
    write_signed_out(page, live_server, room)
    sign_in_here(page, room.lead)
    page.wait_for_function("() => !window.stays", timeout=LONG)
    assert not page.evaluate("window.stays")


def test_p09_somebody_else_never_sends_my_text(page, live_server, room):
    """Not after signing in, and not with the next word either."""
    write_signed_out(page, live_server, room)
    dialog = sign_in_here(page, room.contributor)
    expect(dialog).to_contain_text("You signed in as somebody else.", timeout=LONG)
    dialog.locator("[data-close]").click()
    with page.expect_response(re.compile(r"/1\.1/save/$"), timeout=LONG) as refused:
        page.fill("#explanation", f"{TEXT} All.")
    assert refused.value.status == 403
    expect(told(page)).to_have_text(SIGNED_OUT, timeout=LONG)
    page.wait_for_timeout(1_500)
    assert stored() == BEFORE


def test_p09_negative_control_a_page_that_does_not_look_who_signed_in(page, live_server, room):
    """My text is stored in the name of the other person."""
    without(page, SAME_PERSON)
    without(page, WHOSE)
    write_signed_out(page, live_server, room)
    sign_in_here(page, room.contributor)
    expect(told(page)).to_have_text(SAVED, timeout=LONG)
    assert (stored(), Answer.objects.get().edited_by) == (TEXT, room.contributor)


def signed_in_beside(page, live_server, room):
    """Somebody else signs in in another tab, while what I typed still stands in mine."""
    sign_in(page.context, room.lead, at=live_server.url)
    page.goto(f"/workspace/responses/{room.team.pk}/1.1/")
    page.unroute_all()
    beside = page.context.new_page()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    beside.goto("/accounts/login/")
    beside.get_by_label("Email").fill(room.contributor.email)
    beside.get_by_label("Password", exact=True).fill(PASSWORD)
    beside.get_by_role("button", name="Sign in", exact=True).click()
    beside.wait_for_url(lambda address: "login" not in address, timeout=LONG)
    page.bring_to_front()
    page.fill("#explanation", TEXT)


def test_p09_nothing_goes_in_the_name_of_who_signed_in_in_another_tab(page, live_server, room):
    signed_in_beside(page, live_server, room)
    expect(told(page)).to_have_text(SIGNED_OUT, timeout=LONG)
    assert not Answer.objects.exists()


def test_p09_negative_control_a_page_that_takes_the_token_of_whoever_is_there(page, live_server, room):
    without(page, WHOSE)
    signed_in_beside(page, live_server, room)
    expect(told(page)).to_have_text(SAVED, timeout=LONG)
    assert (stored(), Answer.objects.get().edited_by) == (TEXT, room.contributor)


def test_p09_sessions_stand_in_the_database():
    """The tests above delete a row: with sessions in a cache they would prove nothing."""
    assert settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"
