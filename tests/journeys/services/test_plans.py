import datetime as dt
from decimal import Decimal

import pytest

from cohes3ion.lib.versions import StaleVersion
from journeys.models import ActionPlan, Milestone
from journeys.services.plans import (
    ReadingExists,
    add_action,
    add_part,
    create_plan,
    move_action,
    publish_plan,
)
from tests.factories.exchange import ActionFactory, ActionIndicatorFactory, ActionPlanFactory
from tests.factories.mapping import RegionFactory, RegionMapFactory, UserFactory
from tests.factories.synthesis import AreaFactory

pytestmark = pytest.mark.django_db


def test_a_plan_begins_with_the_partner_and_nobody_else_sees_it():
    region_map = RegionMapFactory(region=RegionFactory(lead_partner="An agency"))
    plan = create_plan(region_map=region_map, title="Our plan", by=UserFactory())
    assert (plan.organisation, plan.published_at, plan.history.count()) == ("An agency", None, 1)


def test_actions_stand_in_the_order_in_which_they_were_added():
    area = AreaFactory()
    plan = ActionPlanFactory(region_map=area.region_map)
    for title in ("First", "Second"):
        add_action(plan=plan, title=title, areas=[area.pk], by=None)
    assert [(row.title, list(row.areas.all())) for row in plan.actions.all()] == [
        ("First", [area]),
        ("Second", [area]),
    ]


def test_who_moves_an_action_later_is_told():
    action, person = ActionFactory(), UserFactory()
    row = move_action(action=action, state="started", expected=1, by=person)
    assert (row.state, row.version_of("state"), row.history.first().history_user) == ("started", 2, person)
    with pytest.raises(StaleVersion):
        move_action(action=action, state="done", expected=1, by=person)


def test_one_value_for_a_day():
    indicator = ActionIndicatorFactory()
    values = {"on": dt.date(2031, 1, 1), "value": Decimal("2.5")}
    add_part(kind="reading", owner=indicator, values=values, by=None)
    with pytest.raises(ReadingExists):
        add_part(kind="reading", owner=indicator, values=values, by=None)
    assert [row.value for row in indicator.readings.all()] == [Decimal("2.5")]


def test_milestones_go_to_the_end():
    action = ActionFactory()
    for title in ("One", "Two"):
        add_part(kind="milestone", owner=action, values={"title": title}, by=None)
    assert list(Milestone.objects.values_list("title", "position")) == [("One", 1), ("Two", 2)]


def test_a_plan_is_public_with_its_map_and_can_be_taken_back(published_map):
    plan = ActionPlanFactory(region_map=published_map, published_at=None)
    plan = publish_plan(plan=plan, public=True, expected=1, by=None)
    assert list(ActionPlan.objects.published()) == [plan]
    plan = publish_plan(plan=plan, public=False, expected=2, by=None)
    assert list(ActionPlan.objects.published()) == []


@pytest.fixture
def published_map():
    now = dt.datetime(2031, 1, 1, tzinfo=dt.UTC)
    return RegionMapFactory(
        state="published",
        adopted_on=now.date(),
        adopted_by="A council",
        released_at=now,
        published_at=now,
    )
