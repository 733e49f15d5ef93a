"""The append-only history of answers: each accepted change, and each text that came too late."""

from typing import Any

from django.db.models import F

from governance.models import Answer, AnswerRevision
from governance.selectors.revisions import FIELDS, REFUSED


def keep_revision(answer: Answer, *, field: str, by: Any, **marks: Any) -> None:
    """Keep what now stands in a field; the row's version was counted up by the write before."""
    values = {name: getattr(answer, name) for name in FIELDS[field]}
    AnswerRevision.objects.create(
        answer=answer, version=answer.version, field=field, values={**values, **marks}, by=by
    )


def note_revision(answer: Answer, *, field: str, values: dict[str, Any], by: Any) -> None:
    """Keep something beside the stored value: no field changes, only the row's version counts up.

    The answer's row must be locked by this transaction.
    """
    Answer.objects.filter(pk=answer.pk).update(version=F("version") + 1)
    answer.version += 1
    AnswerRevision.objects.create(answer=answer, version=answer.version, field=field, values=values, by=by)


def keep_refused(answer: Answer, *, field: str, values: dict[str, Any], by: Any) -> None:
    """Keep a text that came too late, so that nothing is lost; the same text only once."""
    kept = {**values, REFUSED: answer.version_of(field)}
    if not answer.revisions.filter(field=field, by=by, values=kept).exists():
        note_revision(answer, field=field, values=kept, by=by)
