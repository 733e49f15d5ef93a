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
TEXT = "Two of five units name their priorities."


@pytest.fixture
def room(transactional_db):
    room = assessment()
    for person in (room.lead, room.contributor):
        person.set_password(PASSWORD)
        person.save()
    return room


def write_signed_out(page, live_server, room):
    """The regional lead types after the session is gone; the sign-in dialog is open."""
    sign_in(page.context, room.lead, at=live_server.url)
    page.goto(f"/workspace/responses/{room.team.pk}/1.1/")
    Session.objects.all().delete()
    page.fill("#explanation", TEXT)
    expect(page.locator("[data-save-text]")).to_have_text("You are signed out. Your text is kept.")
    page.get_by_role("button", name="Sign in here").click()
    return page.get_by_role("dialog")


def enter(dialog, person):
    dialog.get_by_label("Email").fill(person.email)
    dialog.get_by_label("Password", exact=True).fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in", exact=True).click()


def test_p09_signed_out_while_writing_and_in_again_without_leaving(page, live_server, room):
    dialog = write_signed_out(page, live_server, room)
    enter(dialog, room.lead)
    expect(page.locator("[data-save-text]")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
    expect(dialog).to_be_hidden()
    expect(page.locator("#explanation")).to_have_value(TEXT)
    assert Answer.objects.get().explanation == TEXT


def test_p09_negative_control_somebody_else_never_sends_my_text(page, live_server, room):
    dialog = write_signed_out(page, live_server, room)
    enter(dialog, room.contributor)
    expect(dialog).to_contain_text("You signed in as somebody else.")
    assert Answer.objects.count() == 0


def test_p09_sessions_stand_in_the_database():
    """The tests above delete a row: with sessions in a cache they would prove nothing."""
    assert settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"
