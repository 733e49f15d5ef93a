"""The synthesis desk in a real browser: two people write one narrative, keep both and talk about them."""

import pytest
from playwright.sync_api import expect

from governance.models import Challenge, Thread
from mapping.enums import Role
from tests.browser.barriers import barriers
from tests.browser.people import sign_in
from tests.factories.mapping import RegionMapFactory, member
from tests.factories.synthesis import ChallengeFactory


@pytest.fixture
def challenge(transactional_db):
    return ChallengeFactory(exercise=RegionMapFactory().exercise, title="Shared roles")


def test_both_narratives_are_kept_and_a_discussion_opens(page, live_server, challenge):
    region_map = challenge.exercise.region_maps.get()
    sign_in(page.context, member(Role.COORDINATOR, region_map), at=live_server.url)
    page.goto(f"/workspace/exercises/{challenge.exercise.slug}/challenges/")
    page.get_by_text("Name and narrative").click()
    Challenge.objects.filter(pk=challenge.pk).update(
        narrative="Theirs",
        version=2,
        field_versions={"narrative": 2},
        edited_by=member(Role.FACILITATOR, region_map),
    )
    page.get_by_label("Narrative").fill("Mine")
    panel = page.locator(".conflict")
    expect(panel).to_contain_text("Theirs")
    panel.get_by_label("Keep both and discuss").check()
    panel.get_by_role("button", name="Use this answer").click()
    expect(page.get_by_text("Talk about them in the discussion")).to_be_visible()
    assert Challenge.objects.get().narrative == "Theirs\n\nMine"
    page.get_by_role("link", name="1 open discussion").click()
    expect(page.locator("h1")).to_have_text("Shared roles")
    expect(page.locator("#discussion")).to_contain_text("“Mine”")
    assert barriers(page) == []
    page.get_by_label("Write a comment").fill("The second is better.")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator("#discussion")).to_contain_text("The second is better.")
    assert Thread.objects.count() == 2
