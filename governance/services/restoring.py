"""An old version of an answer stands again: a new version, guarded like any other write."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from cohes3ion.lib.versions import StaleVersion
from governance.models import Answer
from governance.selectors.changes import Wanted, fields_in
from governance.selectors.revisions import FIELDS, RESTORED, first_written
from governance.services.answer_rows import NotAsked, locked_answer
from governance.services.responses import save_fields


@dataclass(frozen=True, kw_only=True)
class Restored:
    """A field as one of its revisions holds it."""

    field: str
    values: dict[str, Any]
    version: int


@transaction.atomic
def restore_answer(
    *, scope: Any, response_id: int, key: tuple[str, int | None], wanted: Wanted, by: Any
) -> tuple[Answer, list[StaleVersion]]:
    """Write what an old version holds. Raises Response.DoesNotExist, NotAsked, ResponseClosed."""
    answer = locked_answer(scope=scope, response_id=response_id, key=key)
    revision = answer.revisions.filter(pk=wanted.revision_id).first()
    if revision is None or wanted.field not in fields_in(revision):
        raise NotAsked
    empty = {"kind": "unanswered", "explanation": "", "confidence": ""}
    values = {name: revision.values.get(name, empty.get(name)) for name in FIELDS[wanted.field]}
    change = Restored(field=wanted.field, values=values, version=wanted.version)
    marks = {RESTORED: first_written(revision, field=wanted.field).at.isoformat()}
    return answer, save_fields(answer=answer, changes=[change], by=by, **marks)
