import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from journeys.models import Action, ActionPlan, IndicatorReading
from mapping.enums import Role
from tests.factories.exchange import (
    ActionFactory,
    ActionIndicatorFactory,
    ActionPlanFactory,
    MilestoneFactory,
    PracticeFactory,
    TakeawayFactory,
)
from tests.factories.mapping import RegionMapFactory, member
from tests.factories.synthesis import AreaFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2031, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def plan():
    region_map = RegionMapFactory(
        state="published", adopted_on=NOW.date(), adopted_by="A council", released_at=NOW, published_at=NOW
    )
    return ActionPlanFactory(region_map=region_map, title="Plan of the region")


def filled_action(plan):
    """An action with data in every branch of its page."""
    action = ActionFactory(plan=plan, due_on="2020-01-01")
    action.areas.add(AreaFactory(region_map=plan.region_map))
    action.practices.add(PracticeFactory(region=plan.region_map.region))
    action.takeaways.add(
        TakeawayFactory(
            region_map=plan.region_map, visit__journey__exercise=plan.region_map.exercise, is_released=True
        )
    )
    MilestoneFactory(action=action)
    indicator = ActionIndicatorFactory(action=action, baseline=0, target=10)
    IndicatorReading.objects.create(indicator=indicator, on="2031-01-01", value=4)
    return action


@pytest.mark.parametrize("actions", [1, 3])
def test_a_plan_takes_the_same_queries_for_any_number_of_actions(
    client, plan, django_assert_num_queries, actions
):
    for _n in range(actions):
        filled_action(plan)
    with django_assert_num_queries(12):
        reply = client.get(reverse("journeys:plan_detail", args=[plan.pk]))
    assert [line.indicators[0].percent for line in reply.context["page"].actions] == [40] * actions


def test_practices_at_work_and_takeaways_not_released_stay_inside(client, plan):
    action = filled_action(plan)
    action.practices.update(state="draft", published_at=None)
    action.takeaways.update(is_released=False)
    address = reverse("journeys:plan_detail", args=[plan.pk])
    (line,) = client.get(address).context["page"].actions
    assert (line.practices, line.takeaways) == ([], [])
    client.force_login(member(Role.REGIONAL_LEAD, plan.region_map))
    (line,) = client.get(address).context["page"].actions
    assert (len(line.practices), len(line.takeaways)) == (1, 1)


@pytest.mark.parametrize("number", [0, 1, 3])
def test_the_list_shows_released_plans_with_their_progress(client, plan, django_assert_num_queries, number):
    ActionPlan.objects.exclude(pk=plan.pk).delete()
    if not number:
        plan.delete()
    for _n in range(1, number):
        ActionPlanFactory(region_map=plan.region_map)
    ActionPlanFactory(region_map=plan.region_map, published_at=None)
    with django_assert_num_queries(2 if number else 1):
        reply = client.get(reverse("journeys:plan_list"))
    assert len(reply.context["cards"]) == number


def test_the_list_is_narrowed_by_words_and_by_state(client, plan):
    ActionFactory(plan=plan, state="done")
    other = ActionPlanFactory(region_map=plan.region_map, title="Wind and waves")
    ActionFactory(plan=other, state="planned")

    def found(query):
        reply = client.get(f"{reverse('journeys:plan_list')}?{query}")
        return [card.plan.title for card in reply.context["cards"]]

    assert found("q=WAVES") == ["Wind and waves"]
    assert found("state=done") == ["Plan of the region"]
    assert found("state=nonsense") == ["Plan of the region", "Wind and waves"]
    assert found("page=99&q=nothing+like+it") == []


def test_a_thousand_plans_are_shown_thirty_at_a_time(client, plan, django_assert_num_queries):
    ActionPlan.objects.bulk_create(
        ActionPlan(region_map=plan.region_map, title=f"Plan {n}", published_at=NOW) for n in range(1000)
    )
    with django_assert_num_queries(2):
        reply = client.get(reverse("journeys:plan_list"))
    assert (len(reply.context["cards"]), reply.context["shown"].paginator.count) == (30, 1001)


def test_the_team_writes_field_by_field_and_a_late_text_is_not_lost(client, plan):
    client.force_login(member(Role.CONTRIBUTOR, plan.region_map))
    address = reverse("journeys:plan_save", args=[plan.pk])
    script = {"HX-Request": "true"}
    reply = client.post(address, {"background": "Theirs", "version_background": "1"}, headers=script)
    assert (reply.status_code, reply["X-Version"]) == (200, "2")
    late = client.post(address, {"background": "Mine", "version_background": "1"}, headers=script)
    assert late.status_code == 409
    assert {"Theirs", "Mine"} <= {late.context["conflicts"][0].theirs, late.context["conflicts"][0].mine}
    whole = client.post(address, {"background": "Mine", "version_background": "1", "was_background": ""})
    assert (whole.status_code, b"Mine" in whole.content) == (409, True)
    client.post(
        address, {"background": "Mine", "version_background": "2", "field": "background", "choice": "both"}
    )
    plan.refresh_from_db()
    assert plan.background == "Theirs\n\nMine"


def test_without_a_version_nothing_is_written(client, plan):
    client.force_login(member(Role.CONTRIBUTOR, plan.region_map))
    reply = client.post(reverse("journeys:plan_save", args=[plan.pk]), {"background": "Mine"})
    plan.refresh_from_db()
    assert (reply.status_code, plan.background, b"Mine" in reply.content) == (428, "", True)


def test_from_plan_to_value_by_forms_alone(client, plan):
    area = AreaFactory(region_map=plan.region_map)
    client.force_login(member(Role.REGIONAL_LEAD, plan.region_map))
    client.post(reverse("journeys:action_add", args=[plan.pk]), {"title": "Meet", "areas": [area.pk]})
    action = Action.objects.get(plan=plan)
    add = reverse("journeys:part_add", args=[action.pk, "indicator", action.pk])
    client.post(add, {"name": "Meetings", "unit": "a year", "baseline": "2", "target": "6"})
    indicator = action.indicators.get()
    add = reverse("journeys:part_add", args=[action.pk, "reading", indicator.pk])
    client.post(add, {"on": "2031-06-30", "value": "3", "evidence_url": "https://a.example/minutes"})
    (line,) = client.get(reverse("journeys:plan_detail", args=[plan.pk])).context["page"].actions
    assert (line.areas, line.indicators[0].percent) == ([area], 25)
    again = client.post(add, {"on": "2031-06-30", "value": "5"})
    assert (again.status_code, IndicatorReading.objects.count()) == (422, 1)
    assert "This day has a value already" in again.content.decode()


@pytest.mark.parametrize(
    ("kind", "sent", "sentence"),
    [
        ("milestone", {"title": "M", "due_on": "31.02.2031"}, "Write the day as it is on a calendar"),
        ("indicator", {"name": "I", "baseline": "many"}, "Write a number in digits"),
        ("indicator", {"name": "I", "target": "1e30"}, "Write a smaller number"),
        ("indicator", {"name": "I", "target": "nan"}, "Write a number in digits"),
        (
            "indicator",
            {"name": "I", "baseline_on": "2031-01-01", "target_on": "2030-01-01"},
            "The target is before the baseline",
        ),
        ("milestone", {"title": "\u200b"}, "Enter a name with at least one letter or number"),
    ],
)
def test_what_is_not_accepted_says_why_and_keeps_what_was_typed(client, plan, kind, sent, sentence):
    action = ActionFactory(plan=plan)
    client.force_login(member(Role.CONTRIBUTOR, plan.region_map))
    reply = client.post(reverse("journeys:part_add", args=[action.pk, kind, action.pk]), sent)
    assert (reply.status_code, sentence in reply.content.decode()) == (422, True)
    assert list(sent.values())[-1] in reply.content.decode()


def test_what_no_source_tells_of_a_plan_can_be_ticked(client, plan):
    action = ActionFactory(plan=plan)
    client.force_login(member(Role.CONTRIBUTOR, plan.region_map))
    sent = {"unknown": ["players", "costs"], "version_unknown": "1"}
    sent |= {"sources": "https://a.example/plan.pdf", "version_sources": "1"}
    assert client.post(reverse("journeys:action_save", args=[action.pk]), sent).status_code == 302
    action.refresh_from_db()
    assert (action.unknown, action.sources) == (["costs", "players"], ["https://a.example/plan.pdf"])
    sent = {"unknown": ["signed_on"], "version_unknown": "1"}
    assert client.post(reverse("journeys:plan_save", args=[plan.pk]), sent).status_code == 302
    plan.refresh_from_db()
    assert plan.unknown == ["signed_on"]


def test_numbers_and_days_are_saved_one_by_one(client, plan):
    indicator = ActionIndicatorFactory(action=ActionFactory(plan=plan), baseline=Decimal("12.5"))
    client.force_login(member(Role.CONTRIBUTOR, plan.region_map))
    address = reverse("journeys:part_save", args=["indicator", indicator.pk])
    # The page was sent with 12.5: sending the same back changes nothing.
    client.post(address, {"baseline": "12.5", "was_baseline": "12.5", "target": "20", "version_target": "1"})
    indicator.refresh_from_db()
    assert (indicator.baseline, indicator.target, indicator.version) == (Decimal("12.5"), 20, 2)
    before = client.post(address, {"target_on": "2030-13-01", "version_target_on": "1"})
    assert (before.status_code, b"2030-13-01" in before.content) == (422, True)


def test_the_board_moves_an_action_once(client, plan):
    action = ActionFactory(plan=plan)
    client.force_login(member(Role.CONTRIBUTOR, plan.region_map))
    address = reverse("journeys:action_move", args=[action.pk])
    client.post(address, {"state": "started", "version": "1"})
    late = client.post(address, {"state": "dropped", "version": "1"}, follow=True)
    columns = client.get(reverse("journeys:plan_board", args=[plan.pk])).context["page"].columns
    assert [(str(column.state), len(column.lines)) for column in columns] == [
        ("planned", 0),
        ("started", 1),
        ("done", 0),
        ("dropped", 0),
    ]
    assert "Not moved: a colleague moved it meanwhile." in late.content.decode()


def test_removing_asks_twice_and_not_what_changed_meanwhile(client, plan):
    action = ActionFactory(plan=plan)
    client.force_login(member(Role.CONTRIBUTOR, plan.region_map))
    address = reverse("journeys:action_remove", args=[action.pk])
    client.post(address, {"version": "1"})
    client.post(reverse("journeys:action_move", args=[action.pk]), {"state": "done", "version": "1"})
    client.post(address, {"version": "1", "sure": "yes"})
    assert Action.objects.count() == 1
    client.post(address, {"version": "2", "sure": "yes"})
    assert (Action.objects.count(), Action.history.filter(history_type="-").count()) == (0, 1)
