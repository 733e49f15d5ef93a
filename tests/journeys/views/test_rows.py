"""Rows that people put in order: each list moves alike, and none on an order that nobody saw."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from journeys.models import AgendaItem, NewsletterItem
from mapping.enums import Role
from tests.factories.exchange import (
    ActionFactory,
    ActionPlanFactory,
    EventFactory,
    JourneyFactory,
    NewsletterFactory,
    VisitFactory,
)
from tests.factories.mapping import RegionMapFactory, member

pytestmark = pytest.mark.django_db


def points(region_map):
    event = EventFactory(region=region_map.region)
    rows = [AgendaItem.objects.create(event=event, title=title, position=n) for n, title in enumerate("ab")]
    return rows, "event_point_move", reverse("journeys:event_edit", args=[event.pk])


def visits(region_map):
    journey = JourneyFactory(exercise=region_map.exercise)
    rows = [VisitFactory(journey=journey, title=title) for title in "ab"]
    return rows, "visit_move", reverse("journeys:journey_edit", args=[journey.slug])


def items(region_map):
    letter = NewsletterFactory(project=region_map.exercise.project)
    own = {"newsletter": letter, "kind": "own"}
    rows = [NewsletterItem.objects.create(**own, title=title, position=n) for n, title in enumerate("ab")]
    return rows, "newsletter_item_move", reverse("journeys:newsletter_edit", args=[letter.pk])


def actions(region_map):
    plan = ActionPlanFactory(region_map=region_map)
    rows = [ActionFactory(plan=plan, title=title) for title in "ab"]
    return rows, "action_order", reverse("journeys:plan_edit", args=[plan.pk])


@pytest.mark.parametrize("listed", [points, visits, items, actions])
def test_a_move_is_based_on_the_order_its_page_showed(client: Client, listed):
    region_map = RegionMapFactory()
    rows, name, page = listed(region_map)
    role = Role.REGIONAL_LEAD if listed is actions else Role.COORDINATOR
    client.force_login(member(role, region_map))

    def order():
        return [row.title for row in type(rows[0]).objects.order_by("position", "pk")]

    def move(row, version):
        sent = {"direction": "up"} | ({"version": version} if version else {})
        return client.post(reverse(f"journeys:{name}", args=[row.pk]), sent, follow=True).content.decode()

    address = reverse(f"journeys:{name}", args=[rows[1].pk])
    form = client.get(page).content.decode().partition(f'action="{address}"')[2]
    seen = re.search(r'name="version" value="(\d+)"', form).group(1)
    assert "The order changed meanwhile" in move(rows[1], "")
    assert order() == ["a", "b"]
    assert "Moved." in move(rows[1], seen)
    assert "The order changed meanwhile" in move(rows[0], seen)
    assert order() == ["b", "a"]


def test_what_changed_meanwhile_is_not_removed_and_the_page_says_so(client: Client):
    region_map = RegionMapFactory()
    plan = ActionPlanFactory(region_map=region_map, title="Plan")
    client.force_login(member(Role.REGIONAL_LEAD, region_map))
    address = reverse("journeys:plan_remove", args=[plan.pk])

    def told(sent):
        return client.post(address, sent, follow=True).content.decode()

    assert "Tick that you are sure" in told({"version": "1"})
    assert "Not removed: somebody changed it meanwhile." in told({"sure": "yes", "version": "7"})
    assert "Not removed: somebody changed it meanwhile." in told({"sure": "yes"})
    assert type(plan).objects.filter(pk=plan.pk).exists()
    assert "“Plan” was removed." in told({"sure": "yes", "version": "1"})
    assert not type(plan).objects.filter(pk=plan.pk).exists()
