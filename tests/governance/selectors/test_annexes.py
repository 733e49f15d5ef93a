"""The two annexes: what teams sent, frozen with the edition; missing is never zero."""

import pytest
from django.test import Client
from django.urls import reverse

from governance.enums import Group, ResponseState
from governance.models import Answer, Question, Response
from governance.selectors.annexes import annex_content, annex_overview
from governance.selectors.map_content import map_content
from governance.services.carrying import put_annex
from journeys.selectors.annex_figures import (
    criteria_figure,
    criteria_title,
    wheel_figure,
    wheel_steps,
    wheel_title,
)
from journeys.selectors.figures import heading
from journeys.selectors.sources import draft_source
from mapping.enums import AnswerKind, Role
from tests.factories.mapping import RegionMapFactory, member

pytestmark = pytest.mark.django_db
# Context 3, 4 and no information; Governance 1 and two unanswered; all else 5.
MARKS = {"W1.1": "3", "W1.2": "4", "W2.1": "1"}
UNKNOWN = ("W1.3", "W2.2", "W2.3")
STATES = {"C1": "met", "C2": "partly", "C3": "not", "C4": "met", "C5": "met", "C7": "met"}


def asked(region_map, key):
    put_annex(key=key, exercise=region_map.exercise, by=None)
    return Response.objects.get(region_map=region_map, questionnaire_version__questionnaire__key=key)


def answered(region_map, key, *, send=True):
    response = asked(region_map, key)
    for question in Question.objects.filter(section__version=response.questionnaire_version):
        if question.code in UNKNOWN[1:]:
            continue
        kinds = {"W1.3": AnswerKind.NO_INFORMATION, "C6": AnswerKind.DOES_NOT_APPLY}
        kind = kinds.get(question.code, AnswerKind.VALUE)
        value = STATES.get(question.code) or MARKS.get(question.code, "5")
        Answer.objects.create(
            response=response, question=question, kind=kind, value=value if kind == AnswerKind.VALUE else None
        )
    if send:
        Response.objects.filter(pk=response.pk).update(state=ResponseState.SUBMITTED)
    return response


@pytest.fixture
def region_map():
    return RegionMapFactory()


def source_of(region_map):
    return draft_source(region_map=region_map, user=member(Role.REGIONAL_LEAD, region_map))


def test_wheel_steps_by_hand(region_map):
    """Context: marks 3 and 4 of three factors, mean 3.5, 100 * 2.5 / 4 = 62.5. Governance: one of three."""
    answered(region_map, "ris3-wheel")
    source = source_of(region_map)
    steps = {step: (rated, score) for step, rated, score in wheel_steps(source)}
    assert steps["Context"] == ("2 of 3", "63")
    assert steps["Governance"] == ("1 of 3", "too few answers to this theme")
    assert steps["Vision"] == ("3 of 3", "100")
    figure = wheel_figure(source, heading=heading)
    assert figure.title == "Below fair: Governance structures"
    assert "15 of 18 factors rated" in figure.caption()
    table = dict(figure.table.rows)
    assert (table["Regional assets"], table["Entrepreneurial dynamics"]) == (3, "No information")
    assert table["Broad participation"] == "Not answered"


def test_criteria_count_only_what_applies(region_map):
    answered(region_map, "enabling-condition")
    figure = criteria_figure(source_of(region_map), heading=heading)
    assert figure.title == "4 of 6 criteria met, 1 not met, says the team"
    assert [row[1] for row in figure.table.rows].count("Does not apply") == 1
    assert "7 of 7 criteria answered" in figure.caption()


def test_titles_say_what_is_known():
    row = {"short": "Road map", "kind": "value", "value": "4"}
    assert wheel_title([row]) == "No factor of the strategy is rated below fair"
    assert wheel_title([row | {"value": None}]) == "No factor of the wheel is rated yet"
    assert criteria_title([row | {"value": "met"}]) == (
        "All criteria of the enabling condition are met, says the team"
    )


def test_only_what_was_sent_is_frozen_and_an_old_edition_has_none(region_map, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert annex_content(region_map=region_map) == {"criteria": None, "wheel": None}
    answered(region_map, "ris3-wheel", send=False)
    assert annex_content(region_map=region_map)["wheel"] is None
    Response.objects.filter(group=Group.TEAM).update(state=ResponseState.SUBMITTED)
    assert len(map_content(region_map=region_map)["annexes"]["wheel"]) == 18
    source = source_of(region_map)
    del source.content["annexes"]
    assert (wheel_figure(source, heading=heading), wheel_steps(source)) == (None, [])


def test_overview_puts_regions_side_by_side(region_map, django_assert_num_queries):
    other = RegionMapFactory(exercise=region_map.exercise)
    for one in (region_map, other):
        answered(one, "ris3-wheel")
        answered(one, "enabling-condition")
    with django_assert_num_queries(4):
        rows = annex_overview(exercise=region_map.exercise)
    assert len(rows) == 2
    assert (rows[0].met, rows[0].partly, rows[0].not_met, rows[0].unknown) == (4, 1, 1, 0)
    # 3 + 4 + 1 + 12 * 5 = 68 over 15 marks: 100 * (68 / 15 - 1) / 4
    assert rows[0].wheel == pytest.approx(100 * (68 / 15 - 1) / 4)


def test_the_coordinator_puts_an_annex_to_the_teams_once(region_map):
    client = Client()
    client.force_login(member(Role.COORDINATOR, region_map))
    slug = region_map.exercise.slug
    for _again in range(2):
        assert client.post(reverse("governance:round_annex", args=[slug, "wheel"])).status_code == 302
    assert Response.objects.filter(region_map=region_map, group=Group.TEAM).count() == 1
    text = client.get(reverse("governance:round_detail", args=[slug])).content.decode()
    assert "1 of 1 teams have the form" in text
    assert client.post(reverse("governance:round_annex", args=[slug, "palmistry"])).status_code == 404
