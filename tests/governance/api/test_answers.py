"""Answers through the API: read whole, written one by one, by the rules of the pages (P21, P30)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from governance.enums import ResponseState
from governance.models import Answer, AnswerRevision, Response
from governance.selectors.revisions import REFUSED
from governance.services.late import keep_late
from mapping.enums import Role
from tests.factories.assessment import assessment
from tests.factories.mapping import RegionMapFactory, member
from tests.factories.rooms import Room, open_room

pytestmark = pytest.mark.django_db
FIRST = '"value.1-explanation.1"'


@pytest.fixture
def room() -> Room:
    return open_room()


@pytest.fixture
def lead(client, room) -> Client:
    client.force_login(room.lead)
    return client


@pytest.fixture
def contributor(room) -> Client:
    client = Client()
    client.force_login(room.contributor)
    return client


def write(client, room, place, body, *, tag=FIRST, method="patch", **headers):
    address = f"{room.api}answers/{place}/"
    headers |= {"If-Match": tag} if tag else {}
    return getattr(client, method)(address, body, content_type="application/json", headers=headers)


def test_list_holds_every_answer_with_its_place(lead, room):
    rows = lead.get(f"{room.api}answers/").json()["results"]
    places = [row["place"] for row in rows]
    assert places[:4] == ["1.1", "1.2", "1.3", "1.4"]
    assert {"2.5", "2.5:a.a", "2.5:b.b", "2.6"} <= set(places)
    assert "1.9" not in places  # a note
    assert rows[0]["versions"] == {"value": 1, "importance": 1, "explanation": 1, "confidence": 1}
    assert (rows[2]["is_asked"], rows[3]["is_asked"]) == (False, True)


@pytest.mark.parametrize(
    "name", ["answers/", "questions/", "entries/", "answers/1.1/evidence/", "answers/1.1/threads/"]
)
@pytest.mark.parametrize("query", ["ordering=password", "page=abc", "kind=value"])
def test_a_list_that_is_whole_takes_no_filter(lead, room, name, query):
    reply = lead.get(f"{room.api}{name}?{query}")
    assert (reply.status_code, reply.json()["code"]) == (400, "unknown_parameter")
    assert f"There is no parameter “{query.partition('=')[0]}” here" in reply.json()["detail"]
    assert lead.get(f"{room.api}{name}?format=json").status_code == 200


def test_questions_say_what_a_value_looks_like(lead, room):
    rows = {row["code"]: row for row in lead.get(f"{room.api}questions/").json()["results"]}
    shapes = {code: row["value_shape"] for code, row in rows.items()}
    assert shapes["1.1"] == "whole number"
    assert (shapes["1.2"], shapes["1.3"], shapes["1.4"], shapes["2.5"]) == ("text", "list", "number", None)
    assert [child["code"] for child in rows["2.6"]["children"]] == ["2.6a", "2.6b"]


@pytest.mark.parametrize(
    ("place", "body", "stored"),
    [
        ("1.2", {"value": "yes"}, "yes"),
        ("1.3", {"value": ["a", "b"]}, ["a", "b"]),
        ("1.4", {"value": 12.5}, 12.5),
        ("1.4", {"value": 0}, 0),
        ("1.5", {"value": "2026-03-01"}, "2026-03-01"),
        ("1.7", {"value": "=1+1 <script>"}, "=1+1 <script>"),
        ("1.8", {"value": "ő ş ł ή й\n"}, "ő ş ł ή й\n"),
        ("2.3", {"value": ["town"]}, ["town"]),
        ("2.5:a.b", {"value": 40}, 40),
        ("1.4", {"value": None}, None),
    ],
)
def test_a_value_of_every_type_is_stored_and_read_back(lead, room, place, body, stored):
    tag = '"value.1"' if ":" in place else FIRST
    reply = write(lead, room, place, body, tag=tag)
    assert (reply.status_code, reply.json()["value"]) == (200, stored)
    again = lead.get(f"{room.api}answers/{place}/")
    assert (again.json()["value"], again["ETag"]) == (stored, reply["ETag"])
    assert again.json()["etag"] == again["ETag"]


def test_a_level_with_all_that_stands_beside_it(lead, room):
    tag = lead.get(f"{room.api}answers/1.1/")["ETag"]
    body = {"value": 4, "importance": 5, "explanation": "Seen.", "confidence": "sure"}
    reply = write(lead, room, "1.1", body, tag=tag, method="put")
    found = reply.json()
    assert reply.status_code == 200
    assert {name: found[name] for name in body} == body
    assert (found["edited_by"], found["versions"]["value"]) == (room.lead.name, 2)
    row = Answer.objects.get()
    assert (row.level, row.kind, row.importance, row.confidence) == (4, "value", 5, "sure")
    assert AnswerRevision.objects.count() == 4


def test_no_information_is_no_value_and_no_zero(lead, room):
    reply = write(lead, room, "1.4", {"kind": "no_information"})
    assert (reply.json()["kind"], reply.json()["value"]) == ("no_information", None)


def test_put_needs_the_whole_answer(lead, room):
    reply = write(lead, room, "1.4", {"value": 1}, method="put")
    assert (reply.status_code, reply.json()["path"]) == (400, "explanation")
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("tag", "status"),
    [
        (None, 428),
        ("*", 400),
        ("", 400),
        ("value.1", 400),
        (f"W/{FIRST}", 400),
        (f"{FIRST}, {FIRST}", 400),
        ('"value.1-value.1"', 400),
        ('"value.99999999999999999999"', 400),
        ('"entry.1"', 400),
        ('"value.7-explanation.1"', 412),
    ],
)
def test_p21_a_write_names_the_version_it_is_based_on(lead, room, tag, status):
    headers = {} if tag is None else {"If-Match": tag}
    body = {"value": 5}
    reply = write(lead, room, "1.4", body, tag=None, **headers)
    assert reply.status_code == status
    assert reply["Content-Type"] == "application/problem+json"
    assert reply.json()["detail"]
    assert not Answer.objects.exclude(kind="unanswered").exists()


def test_p21_a_stale_write_gets_what_stands_there_and_is_kept(lead, contributor, room):
    assert write(lead, room, "1.4", {"value": 10}).status_code == 200
    late = write(contributor, room, "1.4", {"value": 20, "explanation": "mine"})
    found = late.json()
    assert (late.status_code, found["code"], found["saved"]) == (412, "stale", ["explanation"])
    assert (found["current"]["value"], found["current"]["explanation"]) == (10, "mine")
    conflict = found["conflicts"][0]
    assert (conflict["field"], conflict["version"], conflict["by"]) == ("value", 2, room.lead.name)
    assert room.lead.name in found["detail"]
    kept = AnswerRevision.objects.get(values__has_key=REFUSED)
    assert (kept.by, kept.values["value"]) == (room.contributor, 20)
    assert write(contributor, room, "1.4", {"value": 20}, tag=found["current"]["etag"]).status_code == 200


def test_a_version_that_never_was_is_nobody_elses_writing(lead, room):
    late = write(lead, room, "1.4", {"value": 10}, tag='"value.7-explanation.1"').json()
    assert (late["code"], late["detail"]) == (
        "stale",
        "If-Match names version 7 of “value”, and there is none: it is at 1. "
        "Read the answer again and send its ETag.",
    )


def test_ones_own_later_writing_is_ones_own(lead, room):
    assert write(lead, room, "1.4", {"value": 10}).status_code == 200
    late = write(lead, room, "1.4", {"value": 20})
    assert (late.status_code, late.json()["detail"][:27]) == (412, "You wrote here yourself on ")


def test_a_question_that_is_not_asked_stays_so_after_a_write(lead, room):
    assert lead.get(f"{room.api}answers/1.3/").json()["is_asked"] is False
    hidden = write(lead, room, "1.3", {"value": ["a"]}).json()
    assert (hidden["is_asked"], hidden["value"]) == (False, ["a"])
    assert write(lead, room, "1.2", {"value": "yes"}).json()["is_asked"] is True
    tag = '"value.2-explanation.1"'
    assert write(lead, room, "1.3", {"value": ["b"]}, tag=tag).json()["is_asked"] is True


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"value": 7}, 400, "A level is a whole number from 1 to 5 (you sent 7)."),
        ({"kind": "value"}, 422, "“kind” is “value”, but “value” is missing or null: send it too."),
        ({"kind": "no_information", "value": 3}, 422, "Give an answer or say that you have none, not both."),
    ],
)
def test_a_refused_value_says_which_is_taken(lead, room, body, status, words):
    reply = write(lead, room, "1.1", body, tag='"value.1"')
    assert (reply.status_code, reply.json()["detail"]) == (status, words)


@pytest.mark.parametrize("size", ["0", "-1", "a", ""])
def test_a_page_of_no_size_is_refused(lead, room, size):
    reply = lead.get("/api/v1/responses/", {"page_size": size})
    assert (reply.status_code, reply.json()["path"]) == (400, "page_size")
    assert lead.get("/api/v1/responses/", {"page_size": "1"}).status_code == 200


@pytest.mark.parametrize("method", ["TRACE", "INVENTED"])
def test_an_unknown_method_is_refused_in_the_form_of_the_api(lead, room, method):
    reply = lead.generic(method, f"{room.api}answers/1.1/")
    assert (reply.status_code, reply["Content-Type"]) == (405, "application/problem+json")
    assert (reply.json()["code"], reply.json()["detail"]) == (
        "method_not_allowed",
        f'Method "{method}" not allowed.',
    )
    assert "PATCH" in reply["Allow"]


def test_p21_negative_control_without_the_versions(lead, contributor, room, monkeypatch):
    """Whoever takes the version that stands there now for the one that was read overwrites a colleague."""
    monkeypatch.setattr("cohes3ion.lib.versions.Versioned.version_of", lambda row, field: 1)
    assert write(lead, room, "1.4", {"value": 10}).status_code == 200
    assert write(contributor, room, "1.4", {"value": 20}).status_code == 200
    assert Answer.objects.get().value == 20


def test_other_fields_never_conflict(lead, contributor, room):
    assert write(lead, room, "1.4", {"value": 10}).status_code == 200
    assert write(contributor, room, "1.4", {"explanation": "from the census"}).status_code == 200


def closed(room) -> None:
    Response.objects.filter(pk=room.response.pk).update(
        state=ResponseState.SUBMITTED, submitted_by=room.lead, submitted_at=timezone.now()
    )


def test_p30_what_comes_after_the_sending_is_refused_by_name_and_kept(contributor, room):
    closed(room)
    reply = write(contributor, room, "1.4", {"value": 20})
    found = reply.json()
    assert (reply.status_code, found["code"], found["submitted_by"]) == (409, "closed", room.lead.name)
    assert room.lead.name in found["detail"]
    assert Answer.objects.get().kind == "unanswered"
    assert AnswerRevision.objects.get().values == {"kind": "value", "value": 20, REFUSED: 1}
    write(contributor, room, "1.4", {"value": 20})
    assert AnswerRevision.objects.count() == 1  # the same text once


def test_p30_the_page_keeps_it_as_well(contributor, room):
    closed(room)
    address = f"/workspace/responses/{room.response.pk}"
    value = {"value": "20", "version_value": "1"}
    assert contributor.post(f"{address}/1.4/value/", value).status_code == 409
    scale = {"explanation": "Still writing", "version_explanation": "1"}
    page = contributor.post(f"{address}/1.1/save/", scale)
    assert (page.status_code, "Still writing" in page.content.decode()) == (409, True)
    kept = {row.field: row.values for row in AnswerRevision.objects.all()}
    assert kept["explanation"] == {"explanation": "Still writing", REFUSED: 1}
    assert kept["value"]["value"] == 20


def test_p30_nothing_is_kept_of_an_entry_that_never_was(contributor, room):
    closed(room)
    reply = write(contributor, room, "2.6a:none", {"value": "Late"}, tag='"value.1"')
    assert reply.status_code == 409
    assert (Answer.objects.count(), AnswerRevision.objects.count()) == (0, 0)


def test_p30_negative_control_nothing_is_kept_without_it(contributor, room, monkeypatch):
    monkeypatch.setattr("governance.api.answers.keep_late", lambda **values: None)
    closed(room)
    assert write(contributor, room, "1.4", {"value": 20}).status_code == 409
    assert not AnswerRevision.objects.exists()


def test_after_the_last_moment_the_server_decides(lead, room):
    exercise = room.region_map.exercise
    exercise.closes_at = timezone.now() - timedelta(seconds=1)
    exercise.save(update_fields=["closes_at"])
    reply = write(lead, room, "1.4", {"value": 20})
    assert (reply.status_code, reply.json()["detail"][:9]) == (409, "Closed on")


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.COORDINATOR, Role.FACILITATOR])
def test_who_only_reads_writes_nothing(client, room, role):
    client.force_login(member(role, room.region_map))
    status = 404 if role == Role.OBSERVER else 403
    assert write(client, room, "1.4", {"value": 20}).status_code == status
    entries = client.post(f"{room.api}entries/", {"group": "2.6"}, content_type="application/json")
    gone = client.delete(f"{room.api}entries/2.6:a/", headers={"If-Match": '"entry.1"'})
    assert (entries.status_code, gone.status_code) == (status, status)
    assert not Answer.objects.exists()


def test_strangers_find_nothing(client, room):
    client.force_login(member(Role.COORDINATOR, RegionMapFactory()))
    assert write(client, room, "1.4", {"value": 20}).status_code == 404
    assert client.get(f"{room.api}answers/").status_code == 404
    assert client.get("/api/v1/responses/").json()["results"] == []


@pytest.mark.parametrize(
    "place", ["9.9", "1.9", "1.4@7", "1.4:a", "2.5:a.z", "2.6a", "2.6a:none", "@", "1.1@x"]
)
def test_a_place_that_is_not_asked_is_not_found(lead, room, place):
    tag = '"value.1"' if ":" in place else FIRST
    reply = write(lead, room, place, {"value": None}, tag=tag)
    assert reply.status_code in (404, 409), place
    assert lead.get(f"{room.api}answers/{place}/").status_code == 404
    assert not Answer.objects.exists()


def test_an_answer_about_a_unit_has_a_place_of_its_own(client):
    hall = assessment(units=2)
    client.force_login(hall.lead)
    place = f"2.1@{hall.units[1].pk}"
    address = f"/api/v1/responses/{hall.team.pk}/"
    places = [row["place"] for row in client.get(f"{address}answers/").json()["results"]]
    assert places == ["1.1", "1.2", f"2.1@{hall.units[0].pk}", place]
    room = type("Place", (), {"api": address})
    assert write(client, room, place, {"value": 2}, tag='"value.1"').status_code == 200
    assert Answer.objects.get().about_unit == hall.units[1]


def test_a_stakeholder_reads_and_writes_the_own_answers_only(client):
    hall = assessment()
    client.force_login(hall.stakeholder)
    rows = client.get("/api/v1/responses/").json()["results"]
    assert [(row["id"], row["may_fill_in"]) for row in rows] == [(hall.of_stakeholder.pk, True)]
    room = type("Place", (), {"api": f"/api/v1/responses/{hall.of_stakeholder.pk}/"})
    assert write(client, room, "1.1", {"value": 2}, tag='"value.1"').status_code == 200
    assert write(client, room, "1.1", {"confidence": "sure"}, tag='"confidence.1"').status_code == 400
    assert write(client, room, "1.2", {"value": 2}, tag='"value.1"').status_code == 404


def test_sending_says_what_is_open_and_who_was_first(client):
    hall = assessment(units=1)
    client.force_login(hall.lead)
    address = f"/api/v1/responses/{hall.team.pk}/submit/"
    open_now = client.post(address)
    assert (open_now.status_code, open_now.json()["code"]) == (422, "incomplete")
    assert [row["question"] for row in open_now.json()["missing"]] == ["1.1", "1.2", "2.1"]
    hall.answer_all(hall.team)
    sent = client.post(address)
    assert (sent.status_code, sent.json()["state"], sent.json()["submitted_by"]) == (
        200,
        "submitted",
        hall.lead.name,
    )
    again = client.post(address)
    assert (again.status_code, hall.lead.name in again.json()["detail"]) == (409, True)
    client.force_login(hall.contributor)
    assert client.post(address).status_code == 403


@pytest.mark.parametrize("units", [1, 6])
def test_queries_do_not_grow(client, units, django_assert_max_num_queries):
    hall = assessment(units=units)
    hall.answer_all(hall.team)
    client.force_login(hall.lead)
    for address in ("", f"{hall.team.pk}/", f"{hall.team.pk}/answers/", f"{hall.team.pk}/questions/"):
        with django_assert_max_num_queries(13):
            assert client.get(f"/api/v1/responses/{address}").status_code == 200


def test_late_text_of_a_response_out_of_reach_is_not_kept(room):
    scope = Response.objects.none()
    with pytest.raises(Response.DoesNotExist):
        keep_late(scope=scope, response_id=room.response.pk, key=("1.4", None), changes=[], by=room.lead)
