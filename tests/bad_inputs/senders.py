"""How a case reaches the site: through the page of a question, the API, an upload, or a bare request."""

import copy
import html
import json
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from governance.enums import ResponseState
from governance.models import Answer, Evidence, Response
from governance.services.carrying import attach_version
from governance.services.questionnaire_rows import write_sections
from governance.services.questionnaires import create_draft, publish_version
from mapping.models import Exercise
from tests.bad_inputs import files
from tests.factories.questionnaires import every_type, question
from tests.factories.rooms import Room

SIX = [{"code": sign, "label": sign.upper()} for sign in "abcdef"]
ASKED_IF_YES = {"question": "1.2", "op": "=", "value": "yes"}
SIGNED_IN: dict[int, Any] = {}
TAG = '"value.1-explanation.1"'
SCALE = '"value.1-importance.1-explanation.1-confidence.1"'


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came back, as a person or a program reads it."""

    status: int
    page: str
    headers: Any

    @property
    def text(self) -> str:
        return html.unescape(self.page)

    def keeps(self, typed: str) -> bool:
        """It still stands in its field, is still ticked, or is shown for copying."""
        page = Typed()
        page.feed(self.page)
        fields = [*page.values, *(text.removeprefix("\n") for text in page.texts)]
        return typed in fields or (len(typed) > 3 and any(typed in text for text in page.texts))


class Typed(HTMLParser):
    """What stands in the fields of a page, what is ticked, and all that is written on it."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        boxes = found.get("type") in ("checkbox", "radio")
        if tag == "input" and found.get("type") != "hidden" and (not boxes or "checked" in found):
            self.values.append(found.get("value") or "")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def definition() -> dict[str, Any]:
    """A question of every type, and what single cases need beside them."""
    made = every_type()
    more = [
        question("3.1", "number"),
        question("3.2", "multiple_choice", settings={"choices": SIX, "max_choices": 5}),
        question("3.3", "short_text", settings={"format": "email"}),
        question("3.4", "short_text", condition=ASKED_IF_YES),
        question("3.5", "number", settings={"decimals": 0}),
        question("3.6", "single_choice", settings={"choices": SIX, "kinds": []}),
    ]
    made["sections"].append({"code": "S3", "title": "Third", "questions": more})
    return made


def client_of(person: Any, case: dict[str, Any]) -> Client:
    """Signed in once for a file: the session is as old as the room."""
    language = case.get("language", "en")
    client = Client(raise_request_exception=False, headers={"Accept-Language": language})
    if person.pk not in SIGNED_IN:
        client.force_login(person)
        SIGNED_IN[person.pk] = client.cookies
    client.cookies = copy.deepcopy(SIGNED_IN[person.pk])
    return client


def outcome(reply: Any) -> Outcome:
    content = (b"".join(reply) if reply.streaming else reply.content).decode()
    return Outcome(status=reply.status_code, page=content, headers=reply.headers)


# What happened before.


def prepare(room: Room, case: dict[str, Any]) -> None:
    given = {**(COMPLETE if case.get("complete") else {}), **case.get("before", {})}
    for code, value in given.items():
        assert patch(client_of(room.lead, {}), room, code, {"value": value}).status_code == 200, code
    if case.get("complete"):
        add_actor(room)
    if "state" in case:
        STATES[case["state"]](room)


def add_actor(room: Room) -> None:
    client = client_of(room.lead, {})
    sent = {"content_type": "application/json"}
    client.post(f"{room.api}entries/", {"group": "2.6", "key": "first"}, **sent)
    assert patch(client, room, "2.6a:first", {"value": "A cluster"}).status_code == 200


def submitted(room: Room) -> None:
    Response.objects.filter(pk=room.response.pk).update(
        state=ResponseState.SUBMITTED, submitted_by=room.lead, submitted_at=timezone.now()
    )


def past_the_last_moment(room: Room) -> None:
    over = timezone.now() - timezone.timedelta(seconds=1)
    Exercise.objects.filter(pk=room.region_map.exercise_id).update(closes_at=over, time_zone="Pacific/Apia")


def without_question_1_7(room: Room) -> None:
    newer = definition()
    newer["sections"][0]["questions"].pop(6)
    project = room.region_map.exercise.project
    draft = create_draft(project=project, by=None, made_from=room.response.questionnaire_version)
    draft.sections.all().delete()
    write_sections(version=draft, definition=newer)
    attach_version(version=publish_version(version=draft), exercise=room.region_map.exercise, by=None)


COMPLETE = {
    "1.1": 3,
    "1.2": "no",
    "1.4": 5,
    "1.5": "2026-03-01",
    "1.6": "2026-03-02",
    "1.7": "A name",
    "2.5:a.a": 60,
    "2.5:b.a": 40,
    "2.5:a.b": 50,
    "2.5:b.b": 50,
    "3.1": 1,
    "3.2": ["a"],
    "3.3": "a@region.eu",
    "3.5": 1,
    "3.6": "a",
}
STATES = {"submitted": submitted, "closed": past_the_last_moment, "1.7 removed": without_question_1_7}


# One answer, through its page and through the API.


def typed(case: dict[str, Any]) -> list[str]:
    sent = case["page"]
    return [str(text) * case.get("times", 1) for text in (sent if isinstance(sent, list) else [sent])]


def by_page(room: Room, case: dict[str, Any]) -> Outcome:
    """As a browser without a script sends it."""
    field = case.get("field", "value")
    what = "save" if case["question"] == "1.1" else "value"
    address = f"/workspace/responses/{room.response.pk}/{case['question']}/{what}/"
    body = {field: typed(case)}
    if case.get("version", 1):
        body[f"version_{field}"] = case.get("version", 1)
    return outcome(client_of(room.lead, case).post(address, body))


def patch(client: Client, room: Room, code: str, body: Any) -> Any:
    address = f"{room.api}answers/{code}/"
    headers = {"If-Match": SCALE if code == "1.1" else TAG}
    return client.patch(address, json.dumps(body), content_type="application/json", headers=headers)


def by_api(room: Room, case: dict[str, Any]) -> Outcome:
    sent = case["api"] * case["times"] if "times" in case else case["api"]
    body = sent if isinstance(sent, dict) else {"value": sent}
    client = client_of(room.lead, case)
    if case.get("version", 1):
        return outcome(patch(client, room, case["question"], body))
    address = f"{room.api}answers/{case['question']}/"
    return outcome(client.patch(address, json.dumps(body), content_type="application/json"))


def stored(case: dict[str, Any]) -> Any:
    row = Answer.objects.filter(question__code=case["question"]).exclude(kind="unanswered").first()
    return None if row is None else row.level if row.level is not None else row.value


# The whole response.


def send_by_page(room: Room, case: dict[str, Any]) -> Outcome:
    address = f"/workspace/responses/{room.response.pk}/submit/"
    return outcome(client_of(room.lead, case).post(address, follow=True))


def send_by_api(room: Room, case: dict[str, Any]) -> Outcome:
    return outcome(client_of(room.lead, case).post(f"{room.api}submit/"))


# A file.


def by_upload(room: Room, case: dict[str, Any]) -> Outcome:
    address = case.get("address", "/workspace/responses/{response}/2.1/evidence/")
    address = address.format(response=room.response.pk, foreign=case.get("foreign", 0))
    client = client_of(room.lead, case)
    if "raw" in case:
        body = case["raw"].encode()
        return outcome(client.generic("POST", address, body, content_type=case["type"]))
    content = files.make(case)
    uploads = [SimpleUploadedFile(case["name"], content) for _n in range(case.get("times", 1))]
    sent = {"kind": "file", "title": case.get("title", ""), "file": uploads}
    return outcome(client.post(address, sent))


def kept_files() -> list[Evidence]:
    return list(Evidence.objects.order_by("pk"))


# A bare request.


def by_request(room: Room, case: dict[str, Any]) -> Outcome:
    names = {"api": room.api, "response": room.response.pk, "map": room.region_map.pk}
    names["exercise"] = room.region_map.exercise.slug
    names["project"] = room.region_map.exercise.project.slug
    address = case.get("address", "{api}answers/1.4/").format(**names)
    body = bytes.fromhex(case["hex"]) if "hex" in case else str(case.get("body", "")).encode()
    body *= case.get("times", 1)
    headers = {"If-Match": TAG, **case.get("headers", {})}
    method = case.get("method", "PATCH")
    kind = case.get("type", "application/json")
    client = Client(raise_request_exception=False) if case.get("anonymous") else client_of(room.lead, case)
    return outcome(client.generic(method, address, body, content_type=kind, headers=headers))
