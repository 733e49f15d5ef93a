"""The question page and its saving, with and without a script."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.enums import ResponseState
from governance.models import Answer, Response
from mapping.services.roles import take_role
from tests.factories.assessment import Assessment, assessment
from tests.factories.mapping import UnitFactory

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def room() -> Assessment:
    return assessment()


def address(response: Response, *rest: object) -> str:
    return "/".join(["/workspace/responses", str(response.pk), *map(str, rest), ""])


def field(name: str, value: str, version: object = 1) -> dict[str, str]:
    return {name: value, f"version_{name}": str(version)}


def page_of(client, response: Response, *rest: object) -> str:
    reply = client.get(address(response, *rest))
    assert reply.status_code == 200
    return reply.content.decode()


def test_question_page_works(client, room):
    room.fill()
    client.force_login(room.lead)
    page = page_of(client, room.team, "1.1")
    for words in (
        "How far is it in place?",
        "The statement.",
        "choose the highest one that you know to be true",
        "Step 5",
        "We do not know",
        "this product's own",
        "A document",
        "Save and continue",
        "Last changes",
        "Who sees these answers",
    ):
        assert words in page
    assert "The statement in everyday words." not in page


def test_a_stakeholder_reads_the_statement_in_everyday_words_too(client, room):
    client.force_login(room.stakeholder)
    page = page_of(client, room.of_stakeholder, "1.1")
    assert "The statement.</p>" in page
    assert "The statement in everyday words." in page
    assert "seen by you and by the expert" in page
    assert "How sure are you" not in page
    assert 'id="evidence"' not in page


def test_a_unit_question_names_its_unit(client, room):
    client.force_login(room.contact)
    page = page_of(client, room.of_units[0], "2.1", room.units[0].pk)
    assert f"About {room.units[0]}" in page


@pytest.mark.parametrize("rest", [("9.9",), ("2.1",), ("1.1", 1)])
def test_a_question_that_is_not_asked_is_404(client, room, rest):
    client.force_login(room.lead)
    assert client.get(address(room.team, *rest)).status_code == 404


def test_strangers_get_404(client, room):
    other = assessment()
    for person in (other.lead, other.coordinator, room.observer, room.stakeholder, room.contact):
        client.force_login(person)
        assert client.get(address(room.team, "1.1")).status_code == 404
        reply = client.post(address(room.team, "1.1", "save"), field("level", "3"), headers=SCRIPT)
        assert reply.status_code == 404
    assert Answer.objects.count() == 0


def test_readers_get_403_when_they_write(client, room):
    """An observer never sees single answers; those who do, but are not asked, may not write."""
    for person in (room.coordinator, room.facilitator):
        client.force_login(person)
        assert "Save and continue" not in page_of(client, room.team, "1.1")
        for action in ("save", "settle"):
            data = {**field("level", "3"), "field": "level", "choice": "mine", "version": "1"}
            assert client.post(address(room.team, "1.1", action), data).status_code == 403
    assert Answer.objects.count() == 0


def test_visitors_are_asked_to_sign_in(client, room):
    reply = client.get(address(room.team, "1.1"))
    assert (reply.status_code, reply.url.partition("?")[0]) == (302, "/accounts/login/")


def test_saving_by_script_returns_the_next_version(client, room):
    client.force_login(room.lead)
    reply = client.post(address(room.team, "1.1", "save"), field("explanation", "Two do."), headers=SCRIPT)
    assert (reply.status_code, reply["X-Version"]) == (200, "2")
    assert "Written by you just now" in reply.content.decode()
    assert Answer.objects.get().explanation == "Two do."


def test_saving_without_a_script_goes_on_to_the_next_question(client, room):
    client.force_login(room.lead)
    sent = {**field("level", "3"), **field("importance", "5"), **field("explanation", ""), "continue": "1"}
    reply = client.post(address(room.team, "1.1", "save"), sent)
    assert (reply.status_code, reply.url) == (302, address(room.team, "1.2"))
    answer = Answer.objects.get()
    assert (answer.level, answer.importance) == (3, 5)


def test_saving_the_last_question_leads_to_the_check_page(client, room):
    client.force_login(room.lead)
    last = room.units[1].pk
    reply = client.post(address(room.team, "2.1", last, "save"), {**field("level", "3"), "continue": "1"})
    assert reply.url == f"/workspace/responses/{room.team.pk}/check/"


def test_saving_and_staying_says_so(client, room):
    client.force_login(room.lead)
    reply = client.post(address(room.team, "1.1", "save"), {**field("level", "3"), "stay": "1"}, follow=True)
    assert reply.redirect_chain == [(address(room.team, "1.1"), 302)]
    assert "Saved." in reply.content.decode()


def test_a_stale_field_is_409_with_both_texts_and_the_rest_is_saved(client, room):
    client.force_login(room.contributor)
    client.post(address(room.team, "1.1", "save"), field("explanation", "Theirs."))
    client.force_login(room.lead)
    sent = {**field("explanation", "Mine <b>."), "was_explanation": "", **field("level", "4")}
    reply = client.post(address(room.team, "1.1", "save"), sent)
    page = reply.content.decode()
    assert reply.status_code == 409
    assert f"You and {room.contributor.name} gave different answers" in page
    assert "Theirs." in page
    assert "Mine &lt;b&gt;." in page
    assert 'name="version_explanation" value="1"' in page  # sending it again is still refused
    assert 'name="version_level" value="2"' in page
    answer = Answer.objects.get()
    assert (answer.level, answer.explanation) == (4, "Theirs.")


def test_a_stale_field_by_script_is_the_panel_alone(client, room):
    client.force_login(room.contributor)
    client.post(address(room.team, "1.1", "save"), field("level", "2"))
    client.force_login(room.lead)
    reply = client.post(address(room.team, "1.1", "save"), field("level", "4"), headers=SCRIPT)
    page = reply.content.decode()
    assert reply.status_code == 409
    assert ("2 Starting" in page, "4 Largely in place" in page, "<html" in page) == (True, True, False)


def test_what_was_left_alone_never_conflicts(client, room):
    client.force_login(room.contributor)
    client.post(address(room.team, "1.1", "save"), field("level", "2"))
    client.force_login(room.lead)
    sent = {**field("level", ""), "was_level": "", **field("explanation", "Mine."), "was_explanation": ""}
    assert client.post(address(room.team, "1.1", "save"), sent).status_code == 302
    answer = Answer.objects.get()
    assert (answer.level, answer.explanation) == (2, "Mine.")


@pytest.mark.parametrize("headers", [{}, SCRIPT])
def test_a_write_without_a_version_is_428(client, room, headers):
    client.force_login(room.lead)
    reply = client.post(address(room.team, "1.1", "save"), {"explanation": "Mine."}, headers=headers)
    assert reply.status_code == 428
    assert "out of date" in reply.content.decode()
    assert headers or "Mine." in reply.content.decode()
    assert Answer.objects.count() == 0


@pytest.mark.parametrize("name, value, words", [
    ("level", "6", "not part of this question"),
    ("importance", "0", "not part of this question"),
    ("confidence", "certain", "not part of this question"),
    ("explanation", "a\x00b", "cannot be stored"),
    ("explanation", "x" * 5001, "at most 5000 characters"),
])  # fmt: skip
@pytest.mark.parametrize("headers", [{}, SCRIPT])
def test_what_cannot_be_accepted_is_422_and_the_rest_is_saved(client, room, name, value, words, headers):
    client.force_login(room.lead)
    other = "importance" if name == "level" else "level"
    sent = {**field(name, value), **field(other, "3")}
    reply = client.post(address(room.team, "1.1", "save"), sent, headers=headers)
    page = reply.content.decode()
    assert (reply.status_code, words in page) == (422, True)
    assert headers or "<title>Error:" in page
    assert getattr(Answer.objects.get(), other) == 3


def test_a_refused_text_is_still_in_the_page(client, room):
    client.force_login(room.lead)
    text = "Kept as typed. " * 400
    reply = client.post(address(room.team, "1.1", "save"), field("explanation", text))
    assert text in reply.content.decode()


@pytest.mark.parametrize("headers", [{}, SCRIPT])
def test_after_sending_the_text_is_offered_for_copying(client, room, headers):
    room.answer_all(room.team)
    client.force_login(room.lead)
    client.post(f"/workspace/responses/{room.team.pk}/submit/")
    reply = client.post(
        address(room.team, "1.1", "save"), field("explanation", "Typed late."), headers=headers
    )
    page = reply.content.decode()
    assert reply.status_code == 409
    assert f"{room.lead.name} sent them on" in page
    assert "Typed late." in page
    assert Answer.objects.get(question=room.core).explanation == ""


@pytest.mark.parametrize("headers", [{}, SCRIPT])
def test_after_the_role_was_taken_a_save_is_403_with_the_text(client, room, headers):
    client.force_login(room.contributor)
    take_role(membership=room.contributor.memberships.get(), by=room.lead)
    sent = field("explanation", "Two hours of work")
    reply = client.post(address(room.team, "1.1", "save"), sent, headers=headers)
    assert reply.status_code == 403
    assert "Two hours of work" in reply.content.decode()
    assert not Answer.objects.exists()


def test_a_unit_of_another_region_is_404(client, room):
    client.force_login(room.lead)
    foreign = UnitFactory().pk
    reply = client.post(address(room.team, "2.1", foreign, "save"), field("level", "3"))
    assert (reply.status_code, Answer.objects.count()) == (404, 0)


@pytest.mark.parametrize("action", ["save", "settle", "evidence"])
def test_writing_is_post_only(client, room, action):
    client.force_login(room.lead)
    assert client.get(address(room.team, "1.1", action)).status_code == 405


def test_no_field_but_those_of_the_answer_can_be_written(client, room):
    client.force_login(room.lead)
    sent = {**field("level", "3"), **field("provenance", "sourced"), "edited_by": "1", "state": "approved"}
    assert client.post(address(room.team, "1.1", "save"), sent).status_code == 302
    assert Answer.objects.get().provenance == room.team.provenance
    room.team.refresh_from_db()
    assert room.team.state == ResponseState.DRAFT


def settle(client, room: Assessment, name: str, mine: str, choice: str, version: int = 2):
    sent = {"field": name, name: mine, "choice": choice, "version": version}
    return client.post(address(room.team, "1.1", "settle"), sent, follow=True)


@pytest.mark.parametrize("choice, level, words", [
    ("mine", 4, "Your answer stands now."),
    ("theirs", 2, "The other answer stands."),
    ("both", 2, "Both answers are kept."),
])  # fmt: skip
def test_choosing_between_two_levels(client, room, choice, level, words):
    client.force_login(room.contributor)
    client.post(address(room.team, "1.1", "save"), field("level", "2"))
    client.force_login(room.lead)
    reply = settle(client, room, "level", "4", choice)
    assert reply.redirect_chain == [(f"{address(room.team, '1.1')}#level", 302)]
    page = reply.content.decode()
    assert words in page
    assert Answer.objects.get().level == level
    assert ("Two answers to what is in place now" in page) is (choice == "both")


def test_choosing_on_an_old_version_shows_the_panel_again(client, room):
    client.force_login(room.contributor)
    client.post(address(room.team, "1.1", "save"), field("level", "2"))
    client.post(address(room.team, "1.1", "save"), field("level", "5", 2))
    client.force_login(room.lead)
    reply = settle(client, room, "level", "4", "mine")
    assert (reply.status_code, "5 Established" in reply.content.decode()) == (409, True)


def test_both_texts_that_are_too_long_are_422(client, room):
    client.force_login(room.contributor)
    client.post(address(room.team, "1.1", "save"), field("explanation", "x" * 4999))
    client.force_login(room.lead)
    reply = settle(client, room, "explanation", "Mine.", "both")
    assert (reply.status_code, "Shorten yours first" in reply.content.decode()) == (422, True)


@pytest.mark.parametrize("data, status", [
    ({"field": "level", "choice": "mine", "level": "4"}, 428),
    ({"field": "state", "choice": "mine", "version": "2"}, 422),
    ({"field": "level", "choice": "mine", "level": "9", "version": "2"}, 422),
    ({}, 422),
])  # fmt: skip
def test_a_broken_choice_is_refused(client, room, data, status):
    client.force_login(room.lead)
    assert client.post(address(room.team, "1.1", "settle"), data).status_code == status


@pytest.mark.parametrize("units", [1, 60])
def test_question_page_costs_ten_queries_besides_session_and_user(client, units):
    room = assessment(units=units)
    room.fill()
    client.force_login(room.lead)
    page_of(client, room.team, "1.1")
    with CaptureQueriesContext(connection) as caught:
        page_of(client, room.team, "2.1", room.units[0].pk)
    assert len(caught) == 2 + 10


@pytest.mark.parametrize("units", [1, 60])
def test_autosave_costs_three_queries_besides_session_and_user(client, units):
    room = assessment(units=units)
    room.fill()
    client.force_login(room.lead)
    with CaptureQueriesContext(connection) as caught:
        reply = client.post(address(room.team, "1.1", "save"), field("explanation", "x"), headers=SCRIPT)
    assert reply.status_code == 200
    words = [query["sql"].split()[0] for query in caught]
    # The test runs in a transaction of its own: its BEGIN and COMMIT show as a savepoint here.
    assert words == ["SELECT", "SELECT", "SAVEPOINT", "SELECT", "UPDATE", "INSERT", "RELEASE"]
