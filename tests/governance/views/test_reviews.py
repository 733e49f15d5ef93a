"""Review on pages: remarks at single places, what changed beside them, nothing typed is lost."""

import pytest
from django.urls import reverse

from cohes3ion.lib.row_forms import Change
from governance.models import Comment, Response, Thread
from governance.selectors.reviews import Remark
from governance.services.responses import save_answer, submit_response
from governance.services.reviews import return_response
from tests.factories.assessment import Assessment, assessment

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Assessment:
    room = assessment()
    room.answer_all(room.team)
    submit_response(response=room.team, by=room.lead)
    return room


def address(room: Assessment, action: str) -> str:
    return reverse(f"governance:response_{action}", args=[room.team.pk])


def test_remarks_go_with_the_return_and_are_seen_at_their_places(client, room):
    client.force_login(room.coordinator)
    sent = {
        "section-E2": "Too short.",
        "remark-1.1": "Which act?",
        f"remark-2.1-{room.units[0].pk}": "Since?",
    }
    assert client.post(address(room, "return"), sent).status_code == 302
    client.force_login(room.contributor)
    tasks = client.get(address(room, "detail")).content.decode()
    assert [words in tasks for words in ("Too short.", "Which act?", "0 of 3 dealt with", "2 remarks")] == [
        True
    ] * 4
    question = client.get(reverse("governance:question_detail", args=[room.team.pk, "1.1"])).content.decode()
    assert ("Which act?" in question, "Mark as dealt with" in question, "Since?" in question) == (
        True,
        True,
        False,
    )


def test_who_reviews_is_not_told_to_send_what_was_returned(client, room):
    return_response(response=room.team, reason="Explain 1.1", by=room.coordinator)
    for person, asked in ((room.coordinator, False), (room.lead, True)):
        client.force_login(person)
        page = client.get(address(room, "check")).content.decode()
        assert ("Check the answers before you send them" in page) == asked


def test_the_team_replies_and_marks_from_the_list(client, room):
    return_response(
        response=room.team, reason="", remarks=[Remark(section="E1", text="Why?")], by=room.coordinator
    )
    thread = Thread.objects.get()
    client.force_login(room.contributor)
    reply = reverse("governance:thread_reply", args=[thread.pk])
    back = f"{address(room, 'detail')}#remarks"
    assert client.post(reply, {"text": "The act of 2019.", "back": "remarks"})["Location"] == back
    settle = reverse("governance:thread_settle", args=[thread.pk])
    assert client.post(settle, {"settled": "yes", "back": "remarks"})["Location"] == back
    assert "1 of 1 dealt with" in client.get(address(room, "detail")).content.decode()
    for person in (room.contact, room.observer, room.stakeholder):  # of the region, but not of the answers
        client.force_login(person)
        assert client.post(reply, {"text": "Me too"}).status_code == 404
    assert Comment.objects.filter(event="").count() == 2


def test_the_reviewer_sees_what_changed_beside_each_answer(client, room):
    client.force_login(room.coordinator)
    assert "1 change since" not in client.get(address(room, "check")).content.decode()
    return_response(response=room.team, reason="Explain 1.1", by=room.coordinator)
    change = Change(field="explanation", values={"explanation": "See the act."}, version=1)
    save_answer(
        scope=Response.objects.all(),
        response_id=room.team.pk,
        key=("1.1", None),
        changes=[change],
        by=room.lead,
    )
    submit_response(response=room.team, by=room.lead)
    page = client.get(address(room, "check")).content.decode()
    assert ("1 change since the last round" in page, "See the act." in page) == (True, True)
    client.force_login(room.lead)
    assert "1 change since the last round" not in client.get(address(room, "check")).content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "or a remark at an answer or a section"),
        ({"reason": "​⁠"}, "field-reason"),
        ({"remark-1.1": "x" * 2001}, "at most 2000 characters (you wrote 2001)"),
        ({"remark-9.9": "Nowhere"}, "or a remark at an answer or a section"),
    ],
)
def test_what_cannot_be_returned_says_why_and_keeps_the_rest(client, room, sent, words):
    client.force_login(room.coordinator)
    reply = client.post(address(room, "return"), {"section-E1": " ", **sent, "remark-1.2": ""})
    page = reply.content.decode()
    assert (reply.status_code, "There is a problem" in page, sent.get("remark-1.1", "") in page) == (
        422,
        True,
        True,
    )
    assert words in page or words == "field-reason"


def test_a_return_that_comes_too_late_keeps_what_was_typed(client, room):
    return_response(response=room.team, reason="First", by=room.coordinator)
    client.force_login(room.coordinator)
    sent = {"reason": "Second", "remark-1.1": "<Which act?>"}
    reply = client.post(address(room, "return"), sent)
    page = reply.content.decode()
    assert (reply.status_code, "Second" in page, "&lt;Which act?&gt;" in page) == (409, True, True)


def question(room, code, unit=None):
    return reverse("governance:question_detail", args=[room.team.pk, code, *([unit.pk] if unit else [])])


def test_a_remark_on_a_section_stands_at_each_of_its_questions_and_is_dealt_with_there(client, room):
    remark = Remark(section="E1", text="Say since when.")
    return_response(response=room.team, reason="", remarks=[remark], by=room.coordinator)
    client.force_login(room.contributor)
    for code in ("1.1", "1.2"):
        page = client.get(question(room, code)).content.decode()
        assert [words in page for words in ("Say since when.", "on the whole section")] == [True, True]
    other = client.get(question(room, "2.1", room.units[0])).content.decode()
    assert "Say since when." not in other
    thread = Thread.objects.get()
    back = {"back": question(room, "1.2")}
    reply = reverse("governance:thread_reply", args=[thread.pk])
    assert client.post(reply, {"text": "Since 2019.", **back})["Location"] == (
        f"{question(room, '1.2')}#thread-{thread.pk}"
    )
    settle = reverse("governance:thread_settle", args=[thread.pk])
    assert client.post(settle, {"settled": "yes", **back})["Location"] == (
        f"{question(room, '1.2')}#thread-{thread.pk}"
    )
    page = client.get(question(room, "1.1")).content.decode()
    assert ("Settled:" in page, "Since 2019." in page, 'name="settled" value="no"' in page) == (True,) * 3
    thread.refresh_from_db()
    assert thread.is_settled


@pytest.mark.parametrize(
    "back", ["https://elsewhere.test/", "//elsewhere.test/x", "/nowhere/", "/workspace/", "\0"]
)
def test_only_a_question_of_the_response_is_led_back_to(client, room, back):
    remark = Remark(section="E1", text="Say since when.")
    return_response(response=room.team, reason="", remarks=[remark], by=room.coordinator)
    thread = Thread.objects.get()
    client.force_login(room.contributor)
    settle = reverse("governance:thread_settle", args=[thread.pk])
    reply = client.post(settle, {"settled": "yes", "back": back})
    assert reply["Location"] == f"{address(room, 'detail')}#thread-{thread.pk}"


def test_as_many_queries_for_many_remarks_on_a_section_as_for_one(
    client, room, django_assert_max_num_queries
):
    client.force_login(room.contributor)
    remark = Remark(section="E1", text="Say since when.")
    return_response(response=room.team, reason="", remarks=[remark], by=room.coordinator)
    client.get(question(room, "1.1"))
    with django_assert_max_num_queries(40) as few:
        client.get(question(room, "1.1"))
    thread = Thread.objects.get()
    for number in range(5):
        Thread.objects.create(
            region_map=room.team.region_map,
            response=room.team,
            section="E1",
            review_step=thread.review_step,
        ).comments.create(by=room.coordinator, text=f"More {number}")
    with django_assert_max_num_queries(40) as many:
        page = client.get(question(room, "1.1")).content.decode()
    assert ("More 4" in page, len(many)) == (True, len(few))
