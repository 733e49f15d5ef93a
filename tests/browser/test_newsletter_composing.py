"""The letter that this product began with, rebuilt by clicking: a document published, a film, journeys that
continue, a platform launched, a date to save."""

import re

import pytest
from playwright.sync_api import expect

from cohes3ion.accounts.models import Mail
from journeys import tasks
from journeys.models import Newsletter
from mapping.enums import Role
from tests.browser.people import sign_in
from tests.factories.exchange import (
    ArticleTextFactory,
    EventFactory,
    JourneyFactory,
    PracticeFactory,
    SubscriberFactory,
)
from tests.factories.mapping import RegionMapFactory, member

CHOSEN = ["The document is published", "The journey goes on", "A platform for firms", "A date to save"]
LETTER = ["The document is published", "The method as a film", *CHOSEN[1:]]


class Steps:
    """Clicks and texts that a person needs; a newsletter is put together in ten minutes."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def press(self, role, name, exact=False):
        self.count += 1
        self.page.get_by_role(role, name=name, exact=exact).first.click()

    def write(self, selector, text):
        self.count += 1
        self.page.fill(selector, text)

    def tick(self, label):
        self.count += 1
        self.page.get_by_label(label).check()


@pytest.mark.django_db(transaction=True)
def test_the_letter_of_the_seed_is_put_together_and_sent(page, live_server, settings):
    region_map = RegionMapFactory()
    project, region = region_map.exercise.project, region_map.region
    ArticleTextFactory(article__project=project, title=CHOSEN[0], lead="139 pages.")
    JourneyFactory(exercise=region_map.exercise, title=CHOSEN[1])
    PracticeFactory(region=region, title=CHOSEN[2])
    EventFactory(region=region, title=CHOSEN[3])
    SubscriberFactory(project=project, email="reader@test.invalid", confirmed_at="2026-01-01T00:00Z")
    sign_in(page.context, member(Role.COORDINATOR, region_map), at=live_server.url)
    steps = Steps(page)
    page.goto(f"{live_server.url}/workspace/newsletters/")
    steps.write("[name=subject]", "What we published, and a date to save")
    steps.press("button", "Start a draft")
    steps.press("link", "Choose from the site")
    for title in CHOSEN:
        steps.tick(title)
    steps.press("button", "Add what is ticked")
    steps.write("form[action$='/words/'] [name=title]", LETTER[1])
    steps.write("form[action$='/words/'] [name=text]", "See [how mapping works](/how-mapping-works/).")
    steps.press("button", "Add", exact=True)
    for _place in range(3):  # from the end to the second place
        steps.press("button", f"Up {LETTER[1]}")
    steps.write("[name=intro]", "Dear **readers**")
    page.locator("[name=subject]").focus()
    expect(page.locator("[data-save-text]")).to_contain_text("Saved")
    steps.press("link", "Look at it and send it")
    mail = page.frame_locator("iframe.mail-view")
    expect(mail.locator("h2")).to_have_text(LETTER)
    expect(mail.locator("strong")).to_have_text("readers")
    steps.tick("I looked at it as a mail.")
    steps.press("button", "Send", exact=True)
    expect(page.get_by_role("heading", name="How far it is")).to_be_visible()
    assert steps.count == 18
    assert [item["title"] for item in Newsletter.objects.get().content["items"]] == LETTER
    tasks.spread_newsletter(Newsletter.objects.get().pk)
    assert [mail.to for mail in Mail.objects.all()] == ["reader@test.invalid"]
    page.reload()
    # A worker that an earlier test started may have sent it already.
    expect(page.locator(".state-row")).to_contain_text(re.compile("1 (Waiting|Sent)"))
