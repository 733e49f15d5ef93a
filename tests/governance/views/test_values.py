"""Answering questions of every type: saved by themselves, refused in words, never lost (B002-B022, P12)."""

import pytest
from django.urls import reverse

from governance.models import Answer, GroupEntry, Response
from governance.services.carrying import attach_version
from governance.services.questionnaire_rows import write_sections
from governance.services.questionnaires import create_draft, draft_from_dict, publish_version
from mapping.enums import ExerciseState, Role
from tests.factories.mapping import RegionMapFactory, UserFactory, member
from tests.factories.questionnaires import every_type

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(client):
    region_map = RegionMapFactory(exercise__state=ExerciseState.OPEN)
    version = publish_version(
        version=draft_from_dict(definition=every_type(), project=region_map.exercise.project, by=None)
    )
    attach_version(version=version, exercise=region_map.exercise, by=None)
    client.force_login(member(Role.REGIONAL_LEAD, region_map))
    return Response.objects.get(region_map=region_map)


def place(room, code, name="value_save"):
    return reverse(f"governance:{name}", args=[room.pk, code])


def save(client, room, code, *, name="value", version=1, script=True, **data):
    headers = {"HX-Request": "true"} if script else {}
    body = {**data, f"version_{name}": version}
    return client.post(place(room, code), body, headers=headers)


def stored(code, part=""):
    return Answer.objects.get(question__code=code, part=part).value


@pytest.mark.parametrize("code", [q["code"] for s in every_type()["sections"] for q in s["questions"]])
def test_every_type_has_a_page(client, room, code):
    if code == "1.3":
        save(client, room, "1.2", value="yes")
    page = client.get(place(room, code, "question_detail"))
    assert page.status_code == 200
    assert "What is" in page.content.decode()


@pytest.mark.parametrize(
    ("code", "sent", "value"),
    [
        ("1.2", ["yes"], "yes"),
        ("1.3", ["", "a", "b"], ["a", "b"]),
        ("1.4", ["12,5"], 12.5),
        ("1.5", ["2026-03-01"], "2026-03-01"),
        ("1.7", ["<script>alert(1)</script>"], "<script>alert(1)</script>"),
        ("1.8", ["{{7*7}} =1+1"], "{{7*7}} =1+1"),
    ],
)
def test_a_value_is_saved_with_its_version(client, room, code, sent, value):
    reply = save(client, room, code, value=sent)
    assert (reply.status_code, reply["X-Version"]) == (200, "2")
    assert stored(code) == value


@pytest.mark.parametrize(
    ("code", "sent", "status", "words"),
    [
        ("1.2", ["maybe"], 400, "That option is not part of this question"),
        ("1.3", ["", "a", "none"], 422, "Choose “None” or other options, not both."),
        ("1.4", ["101"], 422, "between 0 and 100 (you wrote 101)"),
        ("1.4", ["1.000"], 422, "Write the number like 1000.5"),
        ("1.4", ["5", "no_information"], 422, "not both"),
        ("1.5", ["31.2.2026"], 422, "Write the date like 2026-03-01"),
        ("1.7", ["\u200b "], 422, "at least one letter or number"),
        ("1.7", ["a\uffffb"], 422, "characters that cannot be stored"),
        ("1.7", ["a\x00b"], 422, "characters that cannot be stored"),
    ],
)
def test_a_value_that_is_not_accepted_is_said_and_kept_on_the_page(client, room, code, sent, status, words):
    save(client, room, "1.2", value="yes")
    for script in (True, False):
        reply = save(client, room, code, value=sent, script=script)
        assert reply.status_code == status
        assert words in reply.content.decode().replace("&#x27;", "'")
    assert not Answer.objects.filter(question__code=code).exclude(question__code="1.2").exists()


def test_the_end_must_come_after_the_start(client, room):
    save(client, room, "1.5", value="2026-03-01")
    reply = save(client, room, "1.6", value="2026-02-01")
    assert (reply.status_code, "The end date must be after the start date" in reply.content.decode()) == (
        422,
        True,
    )


def test_not_known_is_an_answer_without_a_value(client, room):
    save(client, room, "1.4", value=["", "no_information"])
    answer = Answer.objects.get(question__code="1.4")
    assert (answer.kind, answer.value) == ("no_information", None)


def test_cells_are_saved_one_by_one_and_a_wrong_sum_is_said(client, room):
    for cell, value in (("a.a", "60"), ("b.a", "37")):
        assert save(client, room, "2.5", name=f"cell.{cell}", **{f"cell.{cell}": value}).status_code == 200
    assert (stored("2.5", "a.a"), stored("2.5", "b.a")) == (60, 37)
    page = client.get(place(room, "2.5", "question_detail")).content.decode()
    assert "these shares add up to 97 %. They must add up to 100 %." in page
    assert save(client, room, "2.5", name="cell.z.a", **{"cell.z.a": "1"}).status_code == 400


def test_entries_of_a_group_are_added_answered_and_removed(client, room):
    client.post(place(room, "2.6", "entry_add"))
    entry = GroupEntry.objects.get()
    name = f"item.{entry.key}.2.6a"
    assert save(client, room, "2.6", name=name, **{name: "Cluster"}).status_code == 200
    assert stored("2.6a", entry.key) == "Cluster"
    change = reverse("governance:entry_change", args=[room.pk, "2.6", entry.key])
    client.post(change, {"action": "remove", "version": 1})
    client.post(change, {"action": "restore", "version": 1})  # an old page
    entry.refresh_from_db()
    assert entry.removed_at is not None
    late = save(client, room, "2.6", name=name, version=2, **{name: "Late"})
    assert (late.status_code, stored("2.6a", entry.key)) == (409, "Cluster")


def test_two_people_on_one_value_see_both(client, room):
    save(client, room, "1.4", value="40")
    reply = save(client, room, "1.4", value="50")
    text = reply.content.decode()
    assert (reply.status_code, "40 %" in text, "50 %" in text, stored("1.4")) == (409, True, True, 40)


def test_a_save_without_its_version_is_refused(client, room):
    assert client.post(place(room, "1.4"), {"value": "4"}).status_code == 428


def test_p11_an_answer_to_a_removed_question_is_given_back(client, room):
    definition = every_type()
    definition["sections"][0]["questions"].pop(6)
    project = room.region_map.exercise.project
    draft = create_draft(project=project, by=None, made_from=room.questionnaire_version)
    draft.sections.all().delete()
    write_sections(version=draft, definition=definition)
    attach_version(version=publish_version(version=draft), exercise=room.region_map.exercise, by=None)
    for script in (True, False):
        reply = save(client, room, "1.7", value="My text", script=script)
        text = reply.content.decode()
        assert (reply.status_code, "This question was removed on" in text, "My text" in text) == (
            409,
            True,
            True,
        )


def test_strangers_do_not_find_it_and_observers_do_not_write(client, room):
    client.force_login(UserFactory())
    assert save(client, room, "1.4", value="4").status_code == 404
    client.force_login(member(Role.FACILITATOR, room.region_map))
    assert save(client, room, "1.4", value="4").status_code == 403


def test_sending_names_each_question_that_is_missing(client, room):
    reply = client.post(reverse("governance:response_submit", args=[room.pk]))
    text = reply.content.decode()
    assert reply.status_code == 422
    assert "Answer question 1.7 “Question 1.7”. Write a name." in text
    assert "question 1.8" not in text  # not required
    assert "question 1.3" not in text  # not asked
