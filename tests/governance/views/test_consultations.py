"""The draft map with comments, for accounts and personal links; the team's answers; nothing typed is lost."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.models import Consultation, ConsultationComment, MapEdition, PersonalLink
from governance.services.consultations import answer_comment, save_outcome
from governance.services.invitations import create_link
from governance.services.maps import Decision, adopt_map, open_consultation, reopen_map
from mapping.enums import Role
from mapping.models import Capability, RegionMap
from tests.factories.assessment import Assessment, assessment
from tests.factories.mapping import CapabilityFactory, RegionMapFactory, member

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + dt.timedelta(days=1)
A_FIRM = {"organisation": "A firm", "helix": "business", "email": "", "language": "en", "expires_at": None}


@pytest.fixture
def room() -> Assessment:
    room = assessment()
    CapabilityFactory(unit=room.units[0], name="Robotics")
    room.region_map = open_consultation(region_map=room.region_map, expected=1, by=None, text="Please read.")
    return room


def at(name: str, *args: object) -> str:
    return reverse(f"governance:{name}", args=args)


def person(client: Client, room: Assessment, role: str = Role.STAKEHOLDER) -> Client:
    client.force_login(member(role, room.region_map))
    return client


def test_the_lead_opens_it_with_a_last_day_and_a_text(client):
    room = assessment()
    client.force_login(room.lead)
    page = client.get(at("map_detail", room.region_map.pk)).content.decode()
    assert "This is the draft map of" in page  # ready to send, or to change
    address = at("map_consult", room.region_map.pk)
    for sent in ({}, {"closes_on": "2020-01-01", "text": "Read"}, {"closes_on": str(TOMORROW), "text": " "}):
        assert client.post(address, {"version": "1", **sent}).status_code == 422
    sent = {"version": "1", "closes_on": str(TOMORROW), "text": "Read <b>it</b>."}
    assert client.post(address, sent).status_code == 302
    row = Consultation.objects.get()
    assert (row.text, row.is_open, row.closes_at.date() >= TOMORROW) == ("Read <b>it</b>.", True, True)


def test_a_stakeholder_with_an_account_comments_and_reads_the_answer(client, room):
    person(client, room)
    address = at("draft_detail", room.region_map.pk)
    page = client.get(f"{address}?about=map").content.decode()
    assert [words in page for words in ("Please read.", "Robotics", "You have not commented yet.")] == [
        True
    ] * 3
    assert client.post(f"{address}comment/", {"about": "map", "text": "Too low."}).status_code == 302
    comment = ConsultationComment.objects.get()
    team = person(Client(), room, Role.CONTRIBUTOR)
    sent = {"verdict": "partly", "reply": "Now three.", "version": "1"}
    assert team.post(at("comment_answer", comment.pk), sent).status_code == 302
    page = client.get(address).content.decode()
    assert [words in page for words in ("Partly accepted", "Now three.", "1 comment:")] == [True] * 3
    seen = team.get(at("consultation_detail", room.region_map.pk)).content.decode()
    assert (str(comment.person) in seen, "A stakeholder" in seen) == (False, True)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"about": "map", "text": " "}, "Write your comment."),
        ({"about": "capability-0", "text": "Kept"}, "not on the map any more"),
        ({"text": "Kept"}, "Choose what the comment is about."),
        ({"about": "map", "text": "x" * 3001}, "you wrote 3001"),
    ],
)
def test_a_comment_that_is_not_accepted_says_why_and_stays(client, room, sent, words):
    person(client, room)
    reply = client.post(at("draft_comment", room.region_map.pk), sent)
    page = reply.content.decode()
    assert (reply.status_code, words in page, sent["text"].strip() in page) == (422, True, True)


def test_a_comment_that_comes_too_late_is_there_for_copying(client, room):
    Consultation.objects.update(closes_at=timezone.now() - dt.timedelta(minutes=1))
    person(client, room)
    reply = client.post(at("draft_comment", room.region_map.pk), {"about": "map", "text": "<Late>"})
    page = reply.content.decode()
    assert (reply.status_code, "&lt;Late&gt;" in page, "not saved" in page) == (409, True, True)


def test_the_browser_that_started_a_personal_link_comments(room):
    _link, token = create_link(region_map=room.region_map, values=A_FIRM, by=room.lead)
    address, browser = f"/take-part/{token}/", Client()
    assert browser.get(f"{address}map/").status_code == 302  # not begun
    assert browser.post(f"{address}comment/", {"about": "map", "text": "Me"}).status_code == 302
    assert ConsultationComment.objects.count() == 0
    browser.post(f"{address}start/")
    assert "Robotics" in browser.get(f"{address}map/").content.decode()
    browser.post(f"{address}comment/", {"about": "map", "text": "Well drawn", "name_shown": "on"})
    comment = ConsultationComment.objects.get()
    assert (comment.link, comment.author) == (PersonalLink.objects.get(), "A firm")
    other = Client()
    assert other.get(f"{address}map/").status_code == 302
    assert other.post(f"{address}withdraw/", {"comment": comment.pk}).status_code == 404
    assert browser.post(f"{address}withdraw/", {"comment": "x"}).status_code == 404
    assert browser.post(f"{address}withdraw/", {"comment": comment.pk}).status_code == 302
    assert ConsultationComment.objects.filter(removed_at=None).count() == 0


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"reply": "Kept text", "version": "1"}, 422),
        ({"verdict": "accepted", "reply": "", "version": "1"}, 422),
        ({"verdict": "maybe", "reply": "Kept text", "version": "1"}, 422),
        ({"verdict": "accepted", "reply": "Kept text"}, 428),
        ({"verdict": "accepted", "reply": "Kept text", "version": "7"}, 409),
    ],
)
def test_an_answer_that_is_not_saved_stays_in_the_form(client, room, sent, status):
    row = ConsultationComment.objects.create(consultation=Consultation.objects.get(), text="Hm")
    client.force_login(room.contributor)
    reply = client.post(at("comment_answer", row.pk), sent)
    assert (reply.status_code, sent["reply"] in reply.content.decode()) == (status, True)
    assert ConsultationComment.objects.get().verdict == ""


def test_outcome_and_last_day_are_written_on_their_versions(client, room):
    client.force_login(room.lead)
    pk = room.region_map.pk
    assert client.post(at("consultation_outcome", pk), {"outcome": "A", "version": "1"}).status_code == 302
    reply = client.post(at("consultation_outcome", pk), {"outcome": "Mine", "version": "1"})
    assert (reply.status_code, "Mine" in reply.content.decode()) == (409, True)
    sent = {"closes_on": str(TOMORROW), "text": "New text", "version": "1"}
    assert client.post(at("consultation_save", pk), sent).status_code == 302
    assert client.post(at("consultation_save", pk), sent | {"text": "Mine"}).status_code == 409
    assert client.post(at("consultation_close", pk), {"version": "2"}).status_code == 302
    row = Consultation.objects.get()
    assert (row.outcome, row.text, row.is_open) == ("A", "New text", False)


@pytest.mark.parametrize("rows", [1, 20])
def test_pages_cost_the_same_for_many_comments(client, room, rows, django_assert_num_queries):
    consultation = Consultation.objects.get()
    commenter = member(Role.STAKEHOLDER, room.region_map)
    for number in range(rows):
        ConsultationComment.objects.create(
            consultation=consultation, text=f"Comment {number}", person=commenter, name_shown=True
        )
    client.force_login(room.lead)
    with django_assert_num_queries(8):
        client.get(at("consultation_detail", room.region_map.pk))
    client.force_login(commenter)
    with django_assert_num_queries(15):
        client.get(at("draft_detail", room.region_map.pk))


def once_more(room: Assessment, by: Any = None) -> None:
    """A comment, its answer and what came of it; adopted, reopened, and asked again."""
    first = Consultation.objects.get()
    comment = ConsultationComment.objects.create(consultation=first, text="Too low.", person=room.lead)
    answer_comment(comment=comment, verdict="partly", reply="Now three.", expected=1, by=room.lead)
    ConsultationComment.objects.create(consultation=first, text="Too low for us.", person=by or room.lead)
    save_outcome(consultation=first, text="We changed the strengths.", expected=1, by=room.lead)
    decision = Decision(on=dt.date(2026, 5, 1), body="The forum", minutes="Minute 7")
    adopted = adopt_map(region_map=room.region_map, decision=decision, expected=2, by=room.lead)
    room.region_map = reopen_map(region_map=adopted, expected=3, by=room.lead)


CAME = ("Too low.", "Now three.", "We changed the strengths.", "The forum adopted version 1", "Minute 7")


def test_after_reopening_stakeholders_read_what_came_of_it_and_nothing_of_the_new_draft(client, room):
    stakeholder = member(Role.STAKEHOLDER, room.region_map)
    once_more(room, stakeholder)
    Capability.objects.update(name="Secret of the new draft")
    client.force_login(stakeholder)
    home = client.get(at("workspace")).content.decode()
    address = at("draft_detail", room.region_map.pk)
    assert ("What came of your comments" in home, f'href="{address}"' in home) == (True, True)
    page = client.get(address).content.decode()
    read = ("Too low for us.", "2 comments:", "1 partly", "We changed the strengths.", "Minute 7")
    assert [words in page for words in read] == [True] * 5
    hidden = ("Secret", "Too low.", "The draft map</h2>", at("map_detail", room.region_map.pk) + '"')
    assert [words in page for words in hidden] == [False] * 4
    late = client.post(f"{address}comment/", {"about": "map", "text": "<Late>"})
    assert (late.status_code, "&lt;Late&gt;" in late.content.decode()) == (409, True)
    assert client.get(at("map_detail", room.region_map.pk)).status_code == 404
    # In the next consultation it stands beside what is asked then.
    open_consultation(region_map=room.region_map, expected=4, by=None, text="Read it again.")
    page = client.get(address).content.decode()
    words = ("Read it again.", "What came of the consultation of", "We changed the strengths.", "Secret")
    assert [each in page for each in words] == [True] * 4
    other = person(Client(), room).get(address).content.decode()
    assert "We changed the strengths." not in other  # asked for the first time


def test_the_same_is_read_by_a_personal_link_in_the_browser_that_began(room):
    _link, token = create_link(region_map=room.region_map, values=A_FIRM, by=room.lead)
    address, browser = f"/take-part/{token}/", Client()
    browser.post(f"{address}start/")
    browser.post(f"{address}comment/", {"about": "map", "text": "Said by link"})
    once_more(room)
    Capability.objects.update(name="Secret of the new draft")
    assert f"{address}map/" in browser.get(address).content.decode()
    page = browser.get(f"{address}map/").content.decode()
    words = ("Said by link", "We changed the strengths.", "Secret", "The draft map</h2>")
    assert [each in page for each in words] == [True, True, False, False]
    late = browser.post(f"{address}comment/", {"about": "map", "text": "<Late>"})
    assert (late.status_code, "&lt;Late&gt;" in late.content.decode()) == (409, True)
    assert Client().get(f"{address}map/").status_code == 302


def test_a_reopened_map_stays_closed_to_stakeholders_of_other_regions(client, room):
    once_more(room)
    address = at("draft_detail", room.region_map.pk)
    client.force_login(member(Role.STAKEHOLDER, assessment().region_map))
    assert client.get(address).status_code == 404
    project = room.region_map.exercise.project
    neighbour = RegionMapFactory(exercise=room.region_map.exercise)
    client.force_login(member(Role.STAKEHOLDER, neighbour))
    assert (client.get(address).status_code, neighbour.exercise.project) == (404, project)


@pytest.mark.parametrize("withdrawn_at", [None, timezone.now()])
def test_a_region_that_revises_its_public_map_stays_in_the_list_of_partners(client, room, withdrawn_at):
    once_more(room)
    MapEdition.objects.create(region_map=room.region_map, number=1, withdrawn_at=withdrawn_at)
    address = reverse("journeys:region_detail", args=[room.region_map.region.slug])
    neighbour = RegionMapFactory(exercise=room.region_map.exercise)
    for region_map in (room.region_map, neighbour):
        home = person(Client(), replace(room, region_map=region_map)).get(at("workspace")).content.decode()
        assert (f'href="{address}"' in home) == (withdrawn_at is None)


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.COORDINATOR, Role.FACILITATOR])
def test_an_earlier_consultation_stays_readable_and_is_written_no_more(client, room, role):
    once_more(room)
    open_consultation(region_map=room.region_map, expected=4, by=None, text="Read it again.")
    person(client, room, role)
    page = client.get(at("consultation_detail", room.region_map.pk)).content.decode()
    now, _mark, before = page.partition("Earlier consultations of this map</h2>")
    assert [words in before for words in CAME] == [True] * 5
    assert [words in now for words in CAME] == [False] * 5
    assert "0 of 0 wait for an answer" in now
    assert "<form" not in before.partition("</section>")[0]


def test_a_map_that_was_asked_once_lists_no_earlier_consultation(client, room):
    client.force_login(room.lead)
    page = client.get(at("consultation_detail", room.region_map.pk)).content.decode()
    assert "Earlier consultations" not in page


@pytest.mark.parametrize("times", [1, 4])
def test_the_page_costs_the_same_for_many_consultations(client, room, times, django_assert_num_queries):
    once_more(room)
    for number in range(times):
        Consultation.objects.update(closed_at=timezone.now())
        new = Consultation.objects.create(region_map=room.region_map, text="Again")
        ConsultationComment.objects.create(consultation=new, text=f"Comment {number}", person=room.lead)
    client.force_login(room.lead)
    with django_assert_num_queries(9):
        client.get(at("consultation_detail", room.region_map.pk))


def test_a_draft_is_not_shown_to_stakeholders(client):
    room = assessment()
    client.force_login(member(Role.STAKEHOLDER, room.region_map))
    assert client.get(at("draft_detail", room.region_map.pk)).status_code == 404
    assert RegionMap.objects.get().state == "draft"
