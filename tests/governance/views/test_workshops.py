"""A workshop: opening, the queue, a statement on the wall, what is settled, and who is refused."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from governance.enums import DecisionState, Group, ResponseState
from governance.models import Answer, AreaOfImprovement, Response, Workshop, WorkshopDecision
from governance.services.workshops import open_workshop
from mapping.enums import MapState
from mapping.models import RegionMap, RemovedRecord
from tests.factories.assessment import assessment
from tests.factories.governance import QuestionFactory, ResponseFactory, SectionFactory, VersionFactory
from tests.governance.views.test_synthesis import HOSTILE, SCRIPT, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    """The team answered 3; four stakeholders sent 2, 2, 4 and 5."""
    room = assessment()
    room.answer_all(room.team)
    send(room, 2, 2, 4, 5)
    return room


def send(room, *levels: int) -> list[Response]:
    form = {"region_map": room.region_map, "questionnaire_version": room.version}
    sent = [
        ResponseFactory(**form, group=Group.STAKEHOLDER, state=ResponseState.SUBMITTED) for _level in levels
    ]
    for response, level in zip(sent, levels, strict=True):
        Answer.objects.create(response=response, question=room.core, kind="value", level=level)
    return sent


@pytest.fixture
def lead(room) -> Client:
    return signed_in(room.lead)


def url(room, *parts: object) -> str:
    return f"/workspace/maps/{room.region_map.pk}/workshop/" + "".join(f"{part}/" for part in parts)


def begin(room, audience: str = "team") -> Workshop:
    people = {"team": 2} if audience == "team" else {"team": 2, "stakeholder": 5}
    return open_workshop(region_map=room.region_map, audience=audience, people=people, by=room.lead)


def test_it_is_opened_once_with_numbers_and_no_names(room, lead):
    sent = {"audience": "wide", "team": "3", "unit": "", "stakeholder": "12", "other": "0"}
    assert lead.post(url(room, "open"), sent).status_code == 302
    lead.post(url(room, "open"), sent)
    workshop = Workshop.objects.get()
    assert (workshop.people, workshop.pictures.count()) == ({"team": 3, "stakeholder": 12}, 1)
    assert "Core statement" in lead.get(url(room)).content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {"audience": "team"},
        {"audience": "everybody", "team": "3"},
        {"team": "3"},
        {"audience": "team", "team": "-1"},
        {"audience": "team", "team": "4", "other": "1"},
        {"audience": "team", "team": "501"},
        {"audience": "team", "team": "3.5"},
        {"audience": "team", "team": "'; drop"},
    ],
)
def test_what_does_not_open_it_says_why(room, lead, sent):
    reply = lead.post(url(room, "open"), sent)
    assert (reply.status_code, Workshop.objects.count()) == (422, 0)
    assert "There is a problem" in reply.content.decode()


def test_the_wall_shows_the_spread_and_the_queue_begins_with_the_most_disputed(room, lead):
    Answer.objects.create(response=room.of_units[0], question=room.other, kind="value", level=3)
    begin(room)
    page = lead.get(url(room, "statements", "1.1")).content.decode()
    assert "4 answers" in page
    assert "Agreement 45 of 100" in page
    assert "Our own answer" in page
    queue = lead.get(url(room)).content.decode()
    assert queue.index("Core statement") < queue.index("Another statement")
    assert "Unit statement" not in queue  # about units: they may differ


def test_nothing_is_shown_before_the_team_has_answered(room, lead):
    Answer.objects.filter(response=room.team, question=room.core).update(kind="unanswered", level=None)
    begin(room)
    page = lead.get(url(room, "statements", "1.1")).content.decode()
    assert "The team answers first" in page
    assert "Agreement" not in page
    assert "Agreement" not in lead.get(url(room)).content.decode()


def test_others_in_the_room_see_no_small_group(room, lead):
    begin(room, audience="wide")
    page = lead.get(url(room, "statements", "1.1")).content.decode()
    assert "The spread is not shown" in page
    assert "Agreement 45" not in page


HIDDEN = "The spread is not shown"


@pytest.mark.parametrize("guest", ["unit", "stakeholder", "other"])
def test_a_guest_who_comes_later_sees_no_small_group_and_neither_does_who_stays(room, lead, guest):
    begin(room)
    wall = url(room, "statements", "1.1")
    assert "4 answers" in lead.get(wall).content.decode()
    reply = lead.post(url(room, "people"), {"team": "4", guest: "1", "version": "1"}, follow=True)
    assert "Others are in the room now" in reply.content.decode()
    assert (HIDDEN in lead.get(wall).content.decode(), Workshop.objects.get().audience) == (True, "wide")
    lead.post(url(room, "people"), {"team": "4", guest: "0", "version": "2"})
    lead.post(f"{wall}picture/")
    assert (HIDDEN in lead.get(wall).content.decode(), Workshop.objects.get().audience) == (True, "wide")
    # Nor does a later room with guests get what this one saw before they came.
    lead.post(url(room, "close"))
    send(room, 1)
    begin(room, audience="wide")
    assert "4 answers" not in lead.get(wall).content.decode()


def test_numbers_of_the_team_alone_leave_its_limits(room, lead):
    begin(room)
    lead.post(url(room, "people"), {"team": "9", "other": "0", "version": "1"})
    assert "4 answers" in lead.get(url(room, "statements", "1.1")).content.decode()


def test_enough_answers_are_shown_to_the_first_guest_at_once(room, lead):
    send(room, *[2] * 8)
    begin(room)
    lead.post(url(room, "people"), {"team": "4", "stakeholder": "1", "version": "1"})
    assert "12 answers" in lead.get(url(room, "statements", "1.1")).content.decode()


def test_the_service_lets_nobody_call_a_room_with_guests_the_team(room):
    people = {"team": 4, "unit": 3, "stakeholder": 6, "other": 1}
    opened = open_workshop(region_map=room.region_map, audience="team", people=people, by=room.lead)
    assert opened.audience == "wide"


def test_whoever_opens_it_once_more_with_guests_brings_their_limits(room, lead):
    begin(room)
    begin(room, audience="wide")
    assert Workshop.objects.get().audience == "wide"
    assert HIDDEN in lead.get(url(room, "statements", "1.1")).content.decode()


def test_a_newer_spread_waits_until_it_gives_nobody_away(room, lead):
    begin(room)
    wall = url(room, "statements", "1.1")
    send(room, 1)
    assert "Show the newest answers" not in lead.get(wall).content.decode()
    assert lead.post(f"{wall}picture/").status_code == 302
    assert "4 answers" in lead.get(wall).content.decode()
    send(room, 1, 1)
    assert "Show the newest answers" in lead.get(wall).content.decode()
    reply = lead.post(f"{wall}picture/", **SCRIPT)
    assert "7 answers" in reply.content.decode()
    assert "<html" not in reply.content.decode()
    # A meeting of the next day may not undo the rule either.
    Response.objects.filter(region_map=room.region_map, group=Group.STAKEHOLDER).latest("pk").delete()
    lead.post(url(room, "close"))
    begin(room)
    assert "7 answers" in lead.get(wall).content.decode()


def test_the_page_asks_again_and_hears_nothing_new(room, lead):
    begin(room)
    spread = url(room, "statements", "1.1", "spread")
    page = lead.get(url(room, "statements", "1.1")).content.decode()
    seen = page.partition("spread/?seen=")[2].partition('"')[0]
    assert lead.get(f"{spread}?seen={seen}").status_code == 204
    assert "4 answers" in lead.get(f"{spread}?seen=other").content.decode()


def test_settling_keeps_level_reason_and_numbers_with_every_version(room, lead):
    begin(room, audience="wide")
    decide = url(room, "statements", "1.1", "decide")
    sent = {"state": "settled", "level": "4", "reason": "The forum meets\r\n" + HOSTILE, "version": "1"}
    reply = lead.post(decide, sent)
    assert reply["Location"] == url(room, "statements", "1.2")
    row = WorkshopDecision.objects.get()
    assert (row.level, row.people, row.present) == (4, {"team": 2, "stakeholder": 5}, 7)
    lead.post(decide, {"state": "open", "reason": row.reason, "version": "2"})
    lead.post(decide, {"state": "parked", "reason": "Wait for the audit", "version": "3"})
    row.refresh_from_db()
    assert (row.state, row.level, row.version_of("decision")) == (DecisionState.PARKED, None, 4)
    assert [old.level for old in row.history.all()] == [None, None, 4, None]


def test_what_was_settled_stands_beside_conclusions_and_history(room, lead):
    begin(room, audience="wide")
    sent = {"state": "settled", "level": "4", "reason": HOSTILE, "version": "1"}
    lead.post(url(room, "statements", "1.1", "decide"), sent)
    synthesis = f"/workspace/maps/{room.region_map.pk}/synthesis/"
    history = f"/workspace/responses/{room.team.pk}/1.1/history/"
    for address in (synthesis, history, url(room), url(room, "statements", "1.1")):
        page = lead.get(address).content.decode()
        assert "2 of the team, 5 stakeholders" in page or address == url(room)
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 }}" in page
        assert "<script>alert" not in page
    lead.post(f"{synthesis}area/add/", {"text": "Core statement: why", "dimension": "E1"})
    assert AreaOfImprovement.objects.get().dimension == "E1"


@pytest.mark.parametrize(("level", "is_said"), [("4", True), ("2", False)])
def test_the_history_says_that_a_workshop_settled_the_answer(room, lead, level, is_said):
    settle(room, lead)
    wall = lead.get(url(room, "statements", "1.1")).content.decode()
    assert 'name="workshop"' in wall
    sent = {"level": level, "workshop": "1", "version_level": "1"}
    assert lead.post(f"/workspace/responses/{room.team.pk}/1.1/save/", sent).status_code == 302
    page = lead.get(f"/workspace/responses/{room.team.pk}/1.1/").content.decode()
    assert ("as a workshop settled it" in page) == is_said
    history = lead.get(f"/workspace/responses/{room.team.pk}/1.1/history/").content.decode()
    assert ("settled in a workshop" in history) == is_said


def settle(room, lead) -> dict[str, object]:
    """What the button beside a settled statement sends."""
    begin(room)
    sent = {"state": "settled", "level": "4", "reason": "The forum meets", "version": "1"}
    lead.post(url(room, "statements", "1.1", "decide"), sent)
    decision = WorkshopDecision.objects.get()
    return {"decision": decision.pk, "text": "Core statement: The forum meets", "dimension": "E1"}


def test_a_decision_becomes_one_area_and_leads_to_it(room, lead):
    sent, synthesis = settle(room, lead), f"/workspace/maps/{room.region_map.pk}/synthesis/"
    assert "Make it an area of improvement" in lead.get(synthesis).content.decode()
    first = lead.post(f"{synthesis}area/add/", sent)
    second = signed_in(room.contributor).post(f"{synthesis}area/add/", sent, follow=True)
    area = AreaOfImprovement.objects.get()
    assert (
        first["Location"] == second.redirect_chain[0][0] == f"{synthesis}?open=area-{area.pk}#area-{area.pk}"
    )
    page = second.content.decode()
    assert "It was made an area of improvement before" in page
    assert f'href="{synthesis}?open=area-{area.pk}#area-{area.pk}"' in page
    assert "Make it an area of improvement" not in page


def test_a_removed_area_leaves_the_button_and_takes_it_away_when_it_is_back(room, lead):
    sent, synthesis = settle(room, lead), f"/workspace/maps/{room.region_map.pk}/synthesis/"
    lead.post(f"{synthesis}area/add/", sent)
    area = AreaOfImprovement.objects.get()
    lead.post(f"{synthesis}area/{area.pk}/remove/", {"version": area.version})
    assert "Make it an area of improvement" in lead.get(synthesis).content.decode()
    lead.post(reverse("mapping:record_restore", args=[RemovedRecord.objects.get().pk]))
    assert "Make it an area of improvement" not in lead.get(synthesis).content.decode()


@pytest.mark.parametrize("pk", ["0", "x", "\u0663", "99999999999999999999"])
def test_a_decision_that_is_not_there_makes_nothing(room, lead, pk):
    sent = settle(room, lead) | {"decision": pk}
    assert lead.post(f"/workspace/maps/{room.region_map.pk}/synthesis/area/add/", sent).status_code == 404
    assert AreaOfImprovement.objects.count() == 0


@pytest.mark.parametrize(
    "sent",
    [
        {"state": "settled", "level": "4", "reason": " \u200b "},
        {"state": "settled", "reason": "Why"},
        {"state": "settled", "level": "6", "reason": "Why"},
        {"state": "settled", "level": "4", "reason": "a\x00b"},
        {"state": "settled", "level": "4", "reason": "x" * 2001},
        {"state": "decided", "level": "4", "reason": "Why"},
        {"level": "4", "reason": "Why"},
    ],
)
def test_a_decision_that_does_not_hold_keeps_what_was_typed(room, lead, sent):
    begin(room)
    reply = lead.post(url(room, "statements", "1.1", "decide"), {**sent, "version": "1"})
    page = reply.content.decode()
    assert (reply.status_code, WorkshopDecision.objects.count()) == (422, 0)
    assert "There is a problem" in page
    assert sent.get("reason", "") in page or "\x00" in sent["reason"] or "\u200b" in sent["reason"]


def test_two_people_deciding_lose_nothing(room, lead):
    begin(room)
    decide = url(room, "statements", "1.1", "decide")
    lead.post(decide, {"state": "settled", "level": "4", "reason": "First", "version": "1"})
    late = {"state": "settled", "level": "2", "reason": "Second", "version": "1"}
    reply = signed_in(room.contributor).post(decide, late)
    page = reply.content.decode()
    assert reply.status_code == 409
    assert "First" in page
    assert "Second" in page
    del late["version"]
    assert lead.post(decide, late).status_code == 428
    assert WorkshopDecision.objects.get().level == 4


def test_a_decision_about_an_older_wording_stands_with_the_earlier_ones(room, lead):
    begin(room)
    decide = url(room, "statements", "1.1", "decide")
    lead.post(decide, {"state": "settled", "level": "4", "reason": "As it was asked", "version": "1"})
    newer = SectionFactory(version=VersionFactory(fingerprint="newer"), code="E1", title="Smart priorities")
    QuestionFactory(section=newer, code="1.1", short="Core statement, newly put")
    Response.objects.filter(pk=room.team.pk).update(questionnaire_version=newer.version)
    page = lead.get(url(room)).content.decode()
    assert (
        page.index("newly put") < page.index("Settled in earlier workshops") < page.index("As it was asked")
    )
    again = {"state": "settled", "level": "2", "reason": "As it is asked now", "version": "1"}
    assert lead.post(decide, again).status_code == 302
    assert WorkshopDecision.objects.count() == 2


def test_numbers_are_corrected_on_their_version(room, lead):
    begin(room)
    assert lead.post(url(room, "people"), {"team": "4", "version": "1"}).status_code == 302
    assert lead.post(url(room, "people"), {"team": "9", "version": "1"}).status_code == 409
    assert lead.post(url(room, "people"), {"team": "9"}).status_code == 428
    assert lead.post(url(room, "people"), {"team": "many", "version": "2"}).status_code == 422
    assert Workshop.objects.get().people == {"team": 4}


def test_after_the_end_nothing_is_decided(room, lead):
    begin(room)
    lead.post(url(room, "close"))
    decide = url(room, "statements", "1.1", "decide")
    reply = lead.post(decide, {"state": "parked", "version": "1"}, follow=True)
    assert "No workshop is open now" in reply.content.decode()
    assert WorkshopDecision.objects.count() == 0


def test_a_closed_map_is_left_alone(room, lead):
    begin(room)
    adopted = {"state": MapState.ADOPTED, "adopted_on": "2026-05-01", "adopted_by": "The forum"}
    RegionMap.objects.filter(pk=room.region_map.pk).update(**adopted)
    decide = url(room, "statements", "1.1", "decide")
    reply = lead.post(decide, {"state": "parked", "reason": "Later", "version": "1"})
    assert (reply.status_code, "Later" in reply.content.decode()) == (409, True)


def test_who_may_lead(room):
    begin(room)
    wall = url(room, "statements", "1.1")
    sent = {"state": "parked", "version": "1"}
    allowed = {room.lead: 200, room.contributor: 200, room.facilitator: 200}
    refused = {room.coordinator: 403, room.observer: 403, room.contact: 403}
    stranger = assessment().lead
    for user, status in {**allowed, **refused, stranger: 404}.items():
        assert signed_in(user).get(wall).status_code == status
        assert signed_in(user).post(f"{wall}decide/", sent).status_code in (
            {302, 409} if status == 200 else {status}
        )
    assert Client().get(wall).status_code == 302
    assert signed_in(room.lead).get(url(room, "statements", "9.9")).status_code == 404


def test_the_same_queries_for_few_answers_and_many(room, lead, django_assert_num_queries):
    begin(room)
    wall = url(room, "statements", "1.1")
    send(room, 3)
    lead.get(wall)
    with django_assert_num_queries(18):
        lead.get(wall)
    send(room, *[3] * 12)
    with django_assert_num_queries(18):
        lead.get(wall)


@pytest.mark.parametrize(("n", "told"), [(1, "1 answer<"), (2, "2 answers<")])
def test_one_answer_is_one_answer(n, told):
    line = {"team_answered": True, "spread": {"percent": 100, "n": n}, "state": "open"}
    assert told in render_to_string("governance/_workshop_line.html", {"line": line})
