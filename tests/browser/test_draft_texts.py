"""A comment that is being written stays while its writer looks for the row, with and without a script."""

import re

import pytest

from governance.models import ConsultationComment
from governance.services.maps import open_consultation
from mapping.enums import Role
from mapping.models import Actor
from tests.browser.people import sign_in
from tests.factories.mapping import RegionMapFactory, member


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_comment_survives_looking_for_its_row(chromium, live_server, script):
    region_map = RegionMapFactory()
    Actor.objects.bulk_create(
        Actor(region_map=region_map, key=f"a-{at}", name=f"Institute {at}", helix="business")
        for at in range(500)
    )
    region_map = open_consultation(region_map=region_map, expected=1, by=None, text="Please read.")
    with chromium.new_context(locale="en-GB", java_script_enabled=script) as context:
        sign_in(context, member(Role.STAKEHOLDER, region_map), at=live_server.url)
        mine = context.new_page()
        mine.goto(f"{live_server.url}/workspace/maps/{region_map.pk}/draft/")
        mine.locator("#id_text").fill("Half a thought")
        mine.get_by_role("button", name="Next", exact=True).first.click()
        mine.get_by_text("Rows 201–400 of 500").first.wait_for()
        assert mine.locator("#id_text").input_value() == "Half a thought"
        mine.get_by_label("Find in this map").fill("institute 499")
        mine.get_by_label("Find in this map").press("Enter")
        mine.get_by_role("button", name="Show everything").wait_for()
        assert (mine.locator("#id_text").input_value(), ConsultationComment.objects.count()) == (
            "Half a thought",
            0,
        )
        mine.get_by_role("button", name=re.compile("Comment ?: Institute 499")).click()
        mine.locator("#id_about option:checked", has_text="Institute 499").wait_for(state="attached")
        mine.get_by_role("button", name="Send the comment").click()
        mine.get_by_text("The regional team answers every comment").first.wait_for()
        row = ConsultationComment.objects.get()
        assert (row.about, row.text) == ("Institute 499", "Half a thought")
