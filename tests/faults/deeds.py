"""What tests ask of the site under test: rows made, bells rung, history read, with the site's own code."""

import datetime as dt
import json
import os
import sys
import time
import uuid
from typing import Any

from celery import current_app
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from cohes3ion.accounts.access_tokens import make_token
from cohes3ion.accounts.models import Mail
from cohes3ion.accounts.tasks import deliver_due
from cohes3ion.lib.history import history_may_go
from cohes3ion.lib.jobs import JobQuerySet
from governance.models import Answer, AnswerRevision, Response
from governance.selectors.changes import fields_in
from governance.selectors.questions import unfinished_steps
from governance.selectors.revisions import REFUSED, raw_value
from journeys.jobs import enqueue
from journeys.models import ChapterNarrative, Document, Export
from journeys.selectors.document_content import document_content
from journeys.tasks import render_document, write_export
from mapping.models import Exercise, Membership
from tests.factories.rooms import open_room
from tests.faults.importing import ask_much, import_much, imported  # noqa: F401  deeds too
from tests.faults.statistics import (  # noqa: F401  deeds too
    ask_for_run,
    confirm_statistics,
    is_as_made_at_once,
    run_kept,
    statistics_kept,
)
from tests.faults.whole_map import open_map, versions_of_map  # noqa: F401  deeds too

SHEETS = [{"name": "Numbers", "columns": ["a", "b"], "rows": [[1, 2], [3, 4]]}]
MODELS = {"export": (Export, write_export), "document": (Document, render_document)}
SHOWN = ("pk", "state", "attempts", "error_code", "message", "support_id", "file", "progress")


def seed() -> dict[str, Any]:
    """Schema, reference data and the demonstration; who is signed in, and what there is to answer."""
    for command in ("migrate", "load_reference", "create_demo"):
        call_command(command, verbosity=0, stdout=sys.stderr)
    lead = get_user_model().objects.get(email="regional-lead@demo.invalid")
    response = Response.objects.fillable_by(lead).assessment().filter(group="team").first()
    steps = [step for step in unfinished_steps(response=response) if not getattr(step, "unit", None)]
    with history_may_go():  # no way leads back to a draft
        Response.objects.filter(pk=response.pk).update(state="draft", submitted_at=None)
    return {"sessions": sessions(), "response": response.pk, "codes": region_codes(response), "n": len(steps)}


def region_codes(response: Any) -> list[str]:
    rows = Answer.objects.filter(response=response, about_unit=None)
    return list(rows.order_by("pk").values_list("question__code", flat=True))


def sessions() -> dict[str, str]:
    """A signed-in session for every invented account."""
    made = {}
    for user in get_user_model().objects.filter(is_demo=True):
        store = SessionStore()
        store["_auth_user_id"] = str(user.pk)
        store["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
        store["_auth_user_hash"] = user.get_session_auth_hash()
        store.create()
        made[user.email.partition("@")[0]] = store.session_key
    return made


def new_jobs(
    kind: str = "export",
    count: int = 1,
    fault: str = "",
    ring: bool = True,
    paragraphs: int = 0,
    limits: list[int] | None = None,
) -> list[int]:
    """Rows as a click makes them: committed, then the bell is rung.

    `limits`: seconds until the soft and the hard limit, for these alone. A message carries the limits of its
    sender, which are those of the settings otherwise.
    """
    model, task = MODELS[kind]
    exercise = Exercise.objects.earliest("pk")
    made = []
    for _number in range(count):
        content = {"sheets": SHEETS} if kind == "export" else document(exercise, paragraphs)
        row = model(exercise=exercise, fingerprint=uuid.uuid4().hex, content={**content, "fault": fault})
        if kind == "export":
            row.format = "csv"
        row.save()
        made.append(row.pk)
        if limits:
            task.apply_async([row.pk], soft_time_limit=limits[0], time_limit=limits[1])
        elif ring:
            enqueue(task, row.pk)
    return made


def document(exercise: Any, paragraphs: int) -> dict[str, Any]:
    """The content of a document of one region, with as many paragraphs more as asked for."""
    content = document_content(exercise=exercise, region=None, is_draft=True)
    narratives = content["narratives"]
    if paragraphs:
        narratives = {**narratives, "introduction": "Once more.\n\n" * paragraphs}
    return {**content, "regions": content["regions"][:1], "narratives": narratives}


def write_chapter(text: str) -> None:
    key = {"exercise": Exercise.objects.earliest("pk"), "region": None, "chapter": "introduction"}
    ChapterNarrative.objects.update_or_create(**key, defaults={"text": text})


def jobs(pks: list[int], kind: str = "export") -> list[dict[str, Any]]:
    """`waited`: seconds from the click to the start of the last attempt."""
    model, _task = MODELS[kind]
    rows = model.objects.filter(pk__in=pks).order_by("pk").values(*SHOWN, "created_at", "started_at")
    return [
        {
            **{name: str(row[name]) if name == "file" else row[name] for name in SHOWN},
            "waited": (row["started_at"] - row["created_at"]).total_seconds() if row["started_at"] else None,
        }
        for row in rows
    ]


def change(pks: list[int], kind: str = "export", ago: float = 0, **values: Any) -> int:
    """Write into job rows; with `ago`, the lease ran out that many seconds ago."""
    if ago:
        values["lease_until"] = timezone.now() - dt.timedelta(seconds=ago)
    return MODELS[kind][0].objects.filter(pk__in=pks).update(**values)


def ring(pks: list[int], kind: str = "export", times: int = 1) -> None:
    for pk in pks:
        for _time in range(times):
            MODELS[kind][1].delay(pk)


def sweep(kind: str = "export") -> list[int]:
    return MODELS[kind][0].sweep()


def sweep_without_a_condition(kind: str = "export") -> list[int]:
    """Look first, write later, and another one looks in between (the negative control of P41)."""
    model = MODELS[kind][0]
    found = list(JobQuerySet(model).abandoned().values_list("pk", flat=True))
    with current_app.connection_for_read() as broker:
        redis = broker.default_channel.client
        redis.incr("sweepers")
        deadline = time.monotonic() + 60
        while int(redis.get("sweepers")) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
    model.objects.filter(pk__in=found).update(state="pending", lease_until=None, queued_at=timezone.now())
    return found


def new_mails(count: int) -> list[str]:
    """Mails whose bell got lost: only a sweep finds them. Returns their Message-IDs."""
    letter = {
        "kind": "reminder",
        "to": "somebody@demo.invalid",
        "subject": "A reminder",
        "text": "It is due.",
    }
    return [Mail.objects.create(key=uuid.uuid4().hex, **letter).message_id for _number in range(count)]


def ring_for_mails(times: int) -> None:
    for _time in range(times):
        deliver_due.delay()


def mails(message_ids: list[str]) -> list[list[Any]]:
    rows = Mail.objects.filter(message_id__in=message_ids)
    return [list(row) for row in rows.order_by("pk").values_list("state", "attempts")]


def queue_length() -> int:
    with current_app.connection_for_read() as broker:
        return broker.default_channel.client.llen("celery")


def limits_on_the_queue() -> list[list[int]]:
    """Hard and soft limit of every message that waits."""
    with current_app.connection_for_read() as broker:
        waiting = broker.default_channel.client.lrange("celery", 0, -1)
    return [json.loads(message)["headers"]["timelimit"] for message in waiting]


def is_quiet() -> bool:
    """Nothing waits, and nothing that was taken is still at work: what was rung for has ended."""
    for _look in range(2):  # between taking a message and noting that it was taken there is a moment
        with current_app.connection_for_read() as broker:
            redis = broker.default_channel.client
            if redis.llen("celery") or redis.hlen("unacked"):
                return False
        time.sleep(0.05)
    return True


def push(body: str) -> None:
    """A raw message on the queue, as somebody with access to Redis could put one there."""
    with current_app.connection_for_write() as broker:
        broker.default_channel.client.lpush("celery", body)


def roll_back(count: int) -> int:
    """Create a job and fail before the commit, as often as asked. Returns how many rows are left."""
    exercise = Exercise.objects.earliest("pk")
    before = Export.objects.count()
    for _number in range(count):
        try:
            with transaction.atomic():
                row = Export.objects.create(exercise=exercise, fingerprint=uuid.uuid4().hex)
                transaction.on_commit(lambda pk=row.pk: enqueue(write_export, pk))
                raise LookupError
        except LookupError:
            pass
    return Export.objects.count() - before


def commit(count: int, inside: bool = False) -> list[int]:
    """Jobs whose bell is rung after the commit, or, as the negative control, inside the transaction."""
    exercise = Exercise.objects.earliest("pk")
    made = []
    for _number in range(count):
        with transaction.atomic():
            row = Export.objects.create(
                exercise=exercise, fingerprint=uuid.uuid4().hex, format="csv", content={"sheets": SHEETS}
            )
            if inside:
                write_export.delay(row.pk)
                while not is_quiet():  # until a worker heard it
                    pass
            else:
                transaction.on_commit(lambda pk=row.pk: enqueue(write_export, pk))
            # Work of the same transaction that comes after it, as a request has it.
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(0.02)")
        made.append(row.pk)
    return made


def revisions(response: int) -> list[list[Any]]:
    """What the history holds: code, and the explanation that was saved."""
    rows = AnswerRevision.objects.filter(answer__response=response, field="explanation")
    return [
        [code, values["explanation"]] for code, values in rows.values_list("answer__question__code", "values")
    ]


def every_version(response: int) -> list[list[str]]:
    """Every field of every version: code, field, what stood there, as a form sends it."""
    rows = AnswerRevision.objects.filter(answer__response=response).select_related("answer__question")
    return [
        [row.answer.question.code, field, raw_value(row.values, field=field)]
        for row in rows
        for field in fields_in(row)
    ]


def open_for_answers(region: str, people: list[str]) -> dict[str, Any]:
    """The team's form of a region, open again for these demonstration people; its first theme."""
    response = Response.objects.assessment().get(region_map__region__slug=region, group="team")
    with history_may_go():
        Response.objects.filter(pk=response.pk).update(state="draft", submitted_at=None)
    for who in people:
        user = get_user_model().objects.get(email=f"{who}@demo.invalid")
        place = {"project": response.region_map.exercise.project, "region": response.region_map.region}
        Membership.objects.get_or_create(user=user, role=who.replace("-", "_"), **place)
    first = Answer.objects.filter(response=response, about_unit=None, question__section__position=1)
    codes = list(first.order_by("question__position").values_list("question__code", flat=True))
    return {"response": response.pk, "codes": codes}


def version(response: int, code: str, field: str = "explanation") -> int:
    return Answer.objects.get(response=response, question__code=code, about_unit=None).version_of(field)


def sql(text: str, values: list[Any] | None = None) -> list[list[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return [list(row) for row in cursor.fetchall()] if cursor.description else []


def new_room() -> dict[str, Any]:
    """A response with a question of every type, and tokens of those who work on it."""
    room = open_room()
    people = {"lead": room.lead, "contributor": room.contributor}
    tokens = {
        name: make_token(user=user, name="test", may_write=True, days=30)[1] for name, user in people.items()
    }
    return {"response": room.response.pk, **tokens}


def late_texts(response: int) -> list[str]:
    """Explanations that came too late and are kept beside the answer."""
    rows = AnswerRevision.objects.filter(answer__response=response, values__has_key=REFUSED)
    return [values["explanation"] for values in rows.values_list("values", flat=True)]


def submit(response: int) -> None:
    """Send a response as it is: what is open does not matter here."""
    Response.objects.filter(pk=response).update(state="submitted", submitted_at=timezone.now())


def large_download(megabytes: int) -> str:
    """The address of a finished workbook of so many megabytes, and nothing in it compresses."""
    row = Export(exercise=Exercise.objects.earliest("pk"), fingerprint=uuid.uuid4().hex, is_public=True)
    row.state = "done"
    row.file.save("large", ContentFile(os.urandom(megabytes * 1024**2)))
    return f"/data/workbooks/{row.pk}/file/"
