"""Three people on one response, in any order of steps, beside a model of what must come of it (P31).

The model is a list of accepted values for each field. Beside it stands what came too late. After each step
the tables must hold the same: every version that was ever said to be saved, in its order, and nothing else.
"""

import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from governance.models import Answer, AnswerRevision, QuestionnaireVersion, Response
from governance.selectors.revisions import REFUSED
from governance.services.carrying import attach_version
from governance.services.questionnaire_rows import write_sections
from governance.services.questionnaires import create_draft, publish_version
from mapping.enums import Role
from tests.factories.mapping import member
from tests.factories.questionnaires import question
from tests.factories.rooms import Room, open_room

PLACES = ("s", "n", "t")
FIELDS = ("value", "explanation")
GONE = "n"  # the question that a later version no longer asks
VALUES = {"s": [1, 2, None], "n": [0, 7, None], "t": ["mine", "ours", None]}
TEXTS = ["", "seen", "heard"]
STEPS = ["a", "b", "c", "d", "e"]


def questions(number: int) -> dict[str, Any]:
    """The questionnaire as its versions ask: other words in each, one question less from the third on."""
    asked = [
        question("s", "scale", rubric=STEPS, required=False),
        question("n", "number", required=False),
        question("t", "short_text", required=False, text=f"In the words of version {number}"),
    ]
    kept = [row for row in asked if number < 3 or row["code"] != GONE]
    return {
        "key": "team",
        "title": "A team",
        "sections": [{"code": "S1", "title": "First", "questions": kept}],
    }


@dataclass
class Ladder:
    """What is made once for all runs: a room, its people, and versions that wait to be put to them."""

    room: Room
    people: list[Any]
    coordinator: Any
    versions: list[QuestionnaireVersion]
    steps: Counter[str] = field(default_factory=Counter)  # what happened, so that a run says what it tried

    @classmethod
    def build(cls) -> "Ladder":
        room = open_room(questions(1))
        project = room.region_map.exercise.project
        last, versions = room.response.questionnaire_version, []
        for number in (2, 3, 4):
            draft = create_draft(project=project, by=None, made_from=last)
            draft.sections.all().delete()
            write_sections(version=draft, definition=questions(number))
            last = publish_version(version=draft)
            versions.append(last)
        people = [room.lead, room.contributor, member(Role.CONTRIBUTOR, room.region_map)]
        return cls(room, people, member(Role.COORDINATOR, room.region_map), versions)


@dataclass
class Cell:
    """One field as the model has it."""

    accepted: list[Any] = field(default_factory=list)
    late: list[Any] = field(default_factory=list)
    seen_late: set[Any] = field(default_factory=set)

    @property
    def version(self) -> int:
        return len(self.accepted) + 1

    def now(self, name: str) -> Any:
        return self.accepted[-1] if self.accepted else ("" if name == "explanation" else None)


@dataclass
class Editor:
    """One browser: what it read, what is typed and not sent, and requests whose reply it never got."""

    user: Any
    client: Client
    seen: dict[str, dict[str, int]] = field(default_factory=dict)
    typed: dict[str, dict[str, Any]] = field(default_factory=dict)
    unanswered: list[tuple[str, dict[str, Any], str, str, int, bytes]] = field(default_factory=list)
    is_online: bool = True


class Team(RuleBasedStateMachine):
    """`ladder` is set by the test."""

    ladder: Ladder

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.response = Response.objects.get(pk=self.ladder.room.response.pk)
        self.editors = [Editor(user, client_of(user)) for user in self.ladder.people]
        self.coordinator = client_of(self.ladder.coordinator)
        self.cells = {(place, name): Cell() for place in PLACES for name in FIELDS}
        self.is_open = True
        self.rung = 0  # how many versions were put to people
        self.asks_n = True

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    # What people do.

    @rule(who=st.integers(0, 2), place=st.sampled_from(PLACES))
    def open(self, who: int, place: str) -> None:
        editor = self.editors[who]
        if not editor.is_online:
            return
        reply = editor.client.get(self.address(place))
        assert reply.status_code == (200 if self.asks(place) else 404)
        if reply.status_code == 200:
            editor.seen[place] = reply.json()["versions"]
            for name in FIELDS:
                cell = self.cells[place, name]
                assert reply.json()[name] == cell.now(name)
                assert editor.seen[place][name] == cell.version

    @rule(who=st.integers(0, 2), place=st.sampled_from(PLACES), data=st.data())
    def edit(self, who: int, place: str, data: Any) -> None:
        name = data.draw(st.sampled_from(FIELDS))
        value = data.draw(st.sampled_from(VALUES[place] if name == "value" else TEXTS))
        self.editors[who].typed.setdefault(place, {})[name] = value

    @rule(who=st.integers(0, 2), place=st.sampled_from(PLACES), is_lost=st.booleans())
    def save(self, who: int, place: str, is_lost: bool) -> None:
        editor = self.editors[who]
        body = editor.typed.get(place)
        if editor.is_online and body and place in editor.seen:
            self.send(editor, place, dict(body), editor.seen[place], is_lost=is_lost)

    @rule(who=st.integers(0, 2), place=st.sampled_from(PLACES), data=st.data())
    def edit_and_save(self, who: int, place: str, data: Any) -> None:
        """What autosave does: somebody who has the page open types, and it is sent at once."""
        if place not in self.editors[who].seen:
            self.open(who, place)
        self.edit(who, place, data)
        self.save(who, place, is_lost=data.draw(st.integers(0, 3)) == 0)

    @rule(who=st.integers(0, 2), place=st.sampled_from(PLACES), back=st.integers(1, 3), data=st.data())
    def stale_save(self, who: int, place: str, back: int, data: Any) -> None:
        editor = self.editors[who]
        if editor.is_online and place in editor.seen:
            old = {name: max(1, version - back) for name, version in editor.seen[place].items()}
            body = {"value": data.draw(st.sampled_from(VALUES[place]))}
            self.send(editor, place, body, old, is_lost=False)

    @rule(who=st.integers(0, 2))
    def disconnect(self, who: int) -> None:
        self.editors[who].is_online = False

    @rule(who=st.integers(0, 2))
    def reconnect(self, who: int) -> None:
        """What is not known to have arrived is sent again, unchanged: the same reply, no second effect."""
        editor = self.editors[who]
        editor.is_online = True
        for place, body, tag, key, status, content in editor.unanswered:
            reply = self.patch(editor, place, body, tag, key)
            self.ladder.steps["sent again"] += 1
            assert (reply.status_code, reply.content) == (status, content)
        editor.unanswered.clear()

    @rule(really=st.integers(0, 2))
    def submit(self, really: int) -> None:
        if really:
            return  # less often than people write
        reply = self.editors[0].client.post(f"{self.ladder.room.api}submit/")
        assert reply.status_code == (200 if self.is_open else 409)
        self.ladder.steps["submit" if self.is_open else "submit again"] += 1
        self.is_open = False

    @precondition(lambda self: not self.is_open)
    @rule()
    def reopen(self) -> None:
        address = f"/workspace/responses/{self.response.pk}/return/"
        assert self.coordinator.post(address, {"reason": "Please look again"}).status_code == 302
        self.is_open = True

    @rule(who=st.integers(0, 2), place=st.sampled_from(PLACES), data=st.data())
    def undo(self, who: int, place: str, data: Any) -> None:
        """Let an old version stand again."""
        editor = self.editors[who]
        rows = [row for row in self.revisions(place) if REFUSED not in row.values and row.field != "created"]
        current = [row for row in rows if row.answer.question.section.version_id == self.version_id]
        if not current or not editor.is_online or place not in editor.seen:
            return
        row = data.draw(st.sampled_from(current))
        name = name_of(row.field)
        form = {"revision": row.pk, "field": row.field, "version": editor.seen[place][name]}
        address = f"/workspace/responses/{self.response.pk}/{place}/history/restore/"
        reply = editor.client.post(address, form)
        self.ladder.steps[f"undo {reply.status_code}"] += 1
        if not self.is_open:
            assert reply.status_code == 409
            return
        outcome = self.write(editor, place, name, value_of(row), int(form["version"]))
        assert reply.status_code == (409 if outcome == "stale" else 302)

    @precondition(lambda self: self.rung < len(self.ladder.versions))
    @rule(really=st.integers(0, 2))
    def publish_version(self, really: int) -> None:
        if really:
            return
        version = self.ladder.versions[self.rung]
        attach_version(version=version, exercise=self.ladder.room.region_map.exercise, by=None)
        self.rung += 1
        self.ladder.steps["new version"] += 1
        if self.is_open:  # what was sent stays with the version it was given to
            self.asks_n = version.sections.filter(questions__code=GONE).exists()

    # What must come of it.

    def asks(self, place: str) -> bool:
        return place != GONE or self.asks_n

    def send(
        self, editor: Editor, place: str, body: dict[str, Any], versions: dict[str, int], *, is_lost: bool
    ) -> None:
        tag = '"' + "-".join(f"{name}.{version}" for name, version in versions.items()) + '"'
        key = str(uuid.uuid4())
        reply = self.patch(editor, place, body, tag, key)
        if not self.asks(place):
            assert (reply.status_code, reply.json()["code"]) == (409, "question_removed")
            return
        if not self.is_open:
            assert (reply.status_code, reply.json()["code"]) == (409, "closed")
            for name, value in body.items():
                self.keep_late(editor, place, name, value)
        else:
            found = [self.write(editor, place, name, body[name], versions[name]) for name in body]
            assert reply.status_code == (412 if "stale" in found else 200), (found, reply.json())
        if is_lost:
            editor.unanswered.append((place, body, tag, key, reply.status_code, reply.content))
            editor.is_online = False
        elif reply.status_code == 200:
            editor.seen[place] = reply.json()["versions"]
            editor.typed.pop(place, None)

    def write(self, editor: Editor, place: str, name: str, value: Any, based_on: int) -> str:
        cell = self.cells[place, name]
        if value == cell.now(name):
            return "same"  # writing what stands there is no change, and never a conflict
        if based_on != cell.version:
            self.keep_late(editor, place, name, value)
            return "stale"
        cell.accepted.append(value)
        return "saved"

    def keep_late(self, editor: Editor, place: str, name: str, value: Any) -> None:
        """The same text of the same person beside the same version is kept once for each questionnaire."""
        cell = self.cells[place, name]
        once = (editor.user.pk, value, cell.version, self.version_id)
        if value != cell.now(name) and once not in cell.seen_late:
            cell.seen_late.add(once)
            cell.late.append(value)

    @invariant()
    def the_tables_hold_what_the_model_holds(self) -> None:
        answers = {row.question.code: row for row in self.answers()}
        found = {key: Cell() for key in self.cells}
        for place in PLACES:
            for row in self.revisions(place):
                if row.field != "created":
                    cell = found[place, name_of(row.field)]
                    (cell.late if REFUSED in row.values else cell.accepted).append(value_of(row))
        for (place, name), cell in self.cells.items():
            assert found[place, name].accepted == cell.accepted
            assert sorted(map(str, found[place, name].late)) == sorted(map(str, cell.late))
            row = answers.get(place)
            if row is not None and self.asks(place):
                assert stored(row, name) == cell.now(name)
                assert row.version_of(column(place, name)) == cell.version

    # Looking into the tables.

    @property
    def version_id(self) -> int:
        return Response.objects.values_list("questionnaire_version", flat=True).get(pk=self.response.pk)

    def answers(self) -> list[Answer]:
        return list(
            Answer.objects.filter(
                response=self.response, question__section__version=self.version_id
            ).select_related("question")
        )

    def revisions(self, place: str) -> list[AnswerRevision]:
        rows = AnswerRevision.objects.filter(answer__response=self.response, answer__question__code=place)
        return list(rows.select_related("answer__question__section").order_by("pk"))

    def address(self, place: str) -> str:
        return f"{self.ladder.room.api}answers/{place}/"

    def patch(self, editor: Editor, place: str, body: Any, tag: str, key: str) -> Any:
        headers = {"If-Match": tag, "Idempotency-Key": key}
        address = self.address(place)
        reply = editor.client.patch(address, body, content_type="application/json", headers=headers)
        self.ladder.steps[f"save {reply.status_code}"] += 1
        return reply


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def column(place: str, name: str) -> str:
    return "level" if (place, name) == ("s", "value") else name


def name_of(field: str) -> str:
    return "value" if field == "level" else field


def value_of(row: AnswerRevision) -> Any:
    if row.field == "explanation":
        return row.values["explanation"]
    return row.values["level"] if row.field == "level" else row.values["value"]


def stored(row: Answer, name: str) -> Any:
    if name == "explanation":
        return row.explanation
    return row.level if row.question.type == "scale" else row.value
