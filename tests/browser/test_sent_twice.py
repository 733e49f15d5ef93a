"""What a browser sends twice makes one plan, with and without a script (P07)."""

import pytest

from journeys.models import ActionPlan
from mapping.enums import Role
from tests.browser.people import sign_in
from tests.factories.mapping import RegionMapFactory, member

ADD = "form[action$='/plans/add/']"


def sent_twice(route):
    """The line loses the answer, so the browser, or a proxy, sends the same request again."""
    route.fetch(max_redirects=0)
    route.continue_()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_p07_a_form_whose_answer_was_lost_makes_one_plan(page, chromium, live_server, script):
    region_map = RegionMapFactory()
    with chromium.new_context(locale="en-GB", java_script_enabled=script) as context:
        sign_in(context, member(Role.REGIONAL_LEAD, region_map), at=live_server.url)
        mine = context.new_page()
        desk = f"{live_server.url}/workspace/maps/{region_map.pk}/plans/"
        mine.route("**/plans/add/", sent_twice)
        for count in (1, 2):  # the negative control: whoever opens the page again makes another one
            mine.goto(desk)
            mine.locator(f"{ADD} [name=title]").fill("A plan")
            mine.locator(f"{ADD} button").dblclick()
            mine.wait_for_url("**/workspace/plans/*/")
            assert "This form was sent twice and counts once." in mine.locator("main").inner_text()
            assert ActionPlan.objects.count() == count
