"""Two coordinators at one question: parts save by themselves, the preview follows, nobody is overwritten."""

import re

import pytest
from playwright.sync_api import expect

from governance.models import Question
from mapping.enums import Role
from tests.browser.people import sign_in
from tests.factories.mapping import member
from tests.governance.editor import desk

SAVED = re.compile(r"^Saved \d\d:\d\d$")


@pytest.mark.django_db(transaction=True)
def test_parts_save_by_themselves_and_a_conflict_shows_both_texts(page, chromium, live_server):
    room = desk()
    row = room.question("1.2")
    address = f"{live_server.url}{room.address}questions/{row.pk}/"
    sign_in(page.context, room.coordinator, at=live_server.url)
    page.goto(address)
    with chromium.new_context(locale="en-GB") as context:
        sign_in(context, member(Role.COORDINATOR, room.region_map), at=live_server.url)
        other = context.new_page()
        other.goto(address)
        page.fill("[name='settings.choices.2.label']", "Perhaps")
        page.fill("#help", "Text of Ana")
        expect(page.locator("[data-save-text]")).to_have_text(SAVED)
        page.locator(".preview").get_by_text("Perhaps").wait_for()
        page.fill("[name='settings.choices.0.code']", "ą")
        page.get_by_text("letters without accents").wait_for()
        page.fill("[name='settings.choices.0.code']", "yes")
        page.locator("#short").focus()
        expect(page.locator("[data-save-text]")).to_have_text(SAVED)  # what was refused was taken back
        other.fill("#help", "Text of Ben")
        other.locator("#short").focus()
        other.get_by_role("heading", name="changed “Help” while you were writing").wait_for()
        panel = other.locator(".conflict").inner_text()
        assert "Text of Ana" in panel
        assert "Text of Ben" in panel
        other.get_by_role("button", name="Use this text").click()
        other.get_by_text("Saved.").wait_for()
    row = Question.objects.get(pk=row.pk)
    assert (row.help, row.settings["choices"][2]) == ("Text of Ben", {"code": "perhaps", "label": "Perhaps"})
