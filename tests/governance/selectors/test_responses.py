"""A response in steps: what is asked of whom, what is answered, what comes next."""

import pytest

from governance.enums import Group
from governance.models import Answer, Response
from governance.selectors.responses import colleagues, find_response, progress, response_page, steps_of
from mapping.enums import ExerciseState
from mapping.models import Exercise
from tests.factories.assessment import assessment

pytestmark = pytest.mark.django_db


def asked(response: Response) -> list[tuple[str, object]]:
    return [(step.question.code, step.unit) for step in steps_of(response=response)]


def test_the_team_is_asked_about_the_region_and_each_invited_unit():
    room = assessment(units=2)
    first, second = room.units
    assert asked(room.team) == [("1.1", None), ("1.2", None), ("2.1", first), ("2.1", second)]


def test_a_unit_is_asked_about_itself():
    room = assessment(units=2)
    assert asked(room.of_units[1]) == [("1.1", None), ("1.2", None), ("2.1", room.units[1])]


def test_a_stakeholder_is_asked_the_core():
    room = assessment()
    assert asked(room.of_stakeholder) == [("1.1", None)]


@pytest.mark.parametrize("kind, level, counts", [
    ("value", 3, True),
    ("no_information", None, True),
    ("does_not_apply", None, True),
    ("unanswered", None, False),
])  # fmt: skip
def test_three_kinds_of_answer_count(kind, level, counts):
    room = assessment()
    Answer.objects.create(response=room.team, question=room.core, kind=kind, level=level)
    assert steps_of(response=room.team)[0].is_answered is counts


def test_progress_by_theme_leads_to_the_first_open_question():
    room = assessment()
    Answer.objects.create(
        response=room.team, question=room.core, kind="value", level=3, edited_by=room.contributor
    )
    first, second = progress(steps_of(response=room.team), minutes=2)
    assert (first.answered, first.total, first.is_complete, first.minutes) == (1, 2, False, 4)
    assert first.first.question.code == "1.2"
    assert (first.last_editor, second.last_editor) == (room.contributor, None)


def test_page_says_what_is_next_and_how_long_it_takes():
    room = assessment()
    page = response_page(response=find_response(pk=room.team.pk, user=room.lead), user=room.lead)
    assert (page.answered, page.total, page.minutes_left) == (0, 4, 8)
    assert page.next_step.question.code == "1.1"
    page.response.state = "submitted"
    assert page.minutes_left == 0
    room.answer_all(room.team)
    done = response_page(response=find_response(pk=room.team.pk, user=room.lead), user=room.lead)
    assert (done.missing, done.next_step, done.minutes_left) == ([], None, 0)


def test_rights_follow_role_and_state():
    room = assessment()

    def rights(user) -> tuple[bool, bool, bool]:
        page = response_page(response=find_response(pk=room.team.pk, user=user), user=user)
        return page.may_fill_in, page.may_send, page.may_review

    assert rights(room.lead) == (True, True, False)
    assert rights(room.contributor) == (True, False, False)
    assert rights(room.coordinator) == (False, False, True)
    assert rights(room.facilitator) == (False, False, False)
    Exercise.objects.update(state=ExerciseState.CLOSED)
    assert rights(room.lead) == (False, False, False)


def test_who_sees_which_response():
    room, other = assessment(), assessment()

    def seen(user) -> set[str]:
        rows = [room.team, room.of_units[0], room.of_units[1], room.of_stakeholder]
        names = ["team", "unit", "other unit", "stakeholder"]
        return {
            name
            for name, row in zip(names, rows, strict=True)
            if find_response(pk=row.pk, user=user) is not None
        }

    assert seen(room.lead) == seen(room.coordinator) == {"team", "unit", "other unit"}
    assert seen(room.contact) == {"unit"}
    assert seen(room.stakeholder) == {"stakeholder"}
    assert seen(room.facilitator) == {"team", "unit", "other unit", "stakeholder"}
    assert seen(room.observer) == seen(other.lead) == seen(other.coordinator) == set()


def test_colleagues_are_those_who_may_write():
    room = assessment()
    assert [row.user for row in colleagues(response=room.team)] == [room.lead, room.contributor]
    assert [row.user for row in colleagues(response=room.of_units[0])] == [room.contact]
    assert colleagues(response=room.of_stakeholder) == []


def test_addresses_name_the_unit_where_there_is_one():
    room = assessment(units=1)
    region, _other, unit = steps_of(response=room.team)
    assert region.address == f"/workspace/responses/{room.team.pk}/1.1/"
    assert unit.address == f"/workspace/responses/{room.team.pk}/2.1/{room.units[0].pk}/"
    assert Group(room.team.group) == Group.TEAM
