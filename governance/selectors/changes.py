"""What changed in answers: from what to what, by whom; all of one answer, or of a response since a day."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.differences import word_difference
from governance.asking.frames import cell_parts
from governance.models import Answer, AnswerRevision, Response
from governance.selectors.responses import steps_of
from governance.selectors.revisions import FIELDS, mark_of, raw_value, spoken_value
from governance.selectors.steps import Step
from mapping.enums import AnswerKind

LABELS = {
    "level": _("What is in place now"),
    "importance": _("Importance"),
    "explanation": _("Explanation"),
    "confidence": _("How sure"),
    "value": _("Answer"),
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One version of a field, and what stood there before it. Texts come word by word in `parts`."""

    pk: int
    at: dt.datetime
    by: Any
    field: str
    # "" accepted; "refused" came too late; "discuss" kept beside; "agreed" chosen of two.
    mark: str
    before: str
    after: str
    parts: list[tuple[str, str]]
    # The cell of a matrix, or the question inside an entry.
    where: str = ""

    @property
    def label(self) -> str:
        label = str(LABELS[self.field])
        return f"{self.where}: {label}" if self.where else label


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which version is to stand again, and the version of the field the person saw."""

    revision_id: int
    field: str
    version: int


@dataclass(frozen=True, kw_only=True)
class StepChanges:
    step: Step
    changes: list[Change]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two versions of one field beside each other."""

    first: Change
    second: Change
    parts: list[tuple[str, str]]


def fields_in(revision: AnswerRevision) -> list[str]:
    """The fields a revision says something about; the first one of an answer holds them all."""
    if revision.field == "created":
        return [name for name, columns in FIELDS.items() if revision.values.keys() & set(columns)]
    return [revision.field] if revision.field in FIELDS else []


def changes_in(revisions: Iterable[AnswerRevision]) -> list[Change]:
    """Changes of one answer, oldest first, from its revisions, oldest first."""
    stands: dict[str, str] = dict.fromkeys(FIELDS, "")
    found: list[Change] = []
    for revision in revisions:
        for field in fields_in(revision):
            raw = given(revision.values, field=field)
            mark = mark_of(revision)
            if raw != stands[field] or mark:
                found.append(change(revision, field=field, mark=mark, before=stands[field], after=raw))
            if mark in ("", "agreed"):
                stands[field] = raw
    return found


def given(values: dict[str, Any], *, field: str) -> str:
    """A field as a form sends it, or why there is no value."""
    kind = values.get("kind")
    if field == "value" and kind in (AnswerKind.NO_INFORMATION, AnswerKind.DOES_NOT_APPLY):
        return str(AnswerKind(kind).label)
    return raw_value(values, field=field)


def change(revision: AnswerRevision, *, field: str, mark: str, before: str, after: str) -> Change:
    is_text = field == "explanation"
    return Change(
        pk=revision.pk,
        at=revision.at,
        by=revision.by,
        field=field,
        mark=mark,
        before=before if is_text else spoken_value(before, field=field),
        after=after if is_text else spoken_value(after, field=field),
        parts=word_difference(before, after) if is_text else [],
    )


def answer_changes(answer: Answer | None) -> list[Change]:
    """Every change of an answer, newest first. One query."""
    if answer is None:
        return []
    rows = answer.revisions.select_related("by").order_by("version")
    return list(reversed(changes_in(rows)))


def comparison(changes: list[Change], *, first: str, second: str) -> Comparison | None:
    """The two versions that were chosen, the older one first; None unless both are of one field."""
    chosen = {f"{item.pk}-{item.field}": item for item in changes}
    pair = [chosen.get(first), chosen.get(second)]
    if pair[0] is None or pair[1] is None or pair[0].field != pair[1].field or pair[0] is pair[1]:
        return None
    older, newer = sorted((item for item in pair if item), key=lambda item: item.pk)
    return Comparison(first=older, second=newer, parts=word_difference(older.after, newer.after))


def response_changes(
    *, response: Response, since: dt.datetime, steps: list[Step] | None = None
) -> list[StepChanges]:
    """What changed in a response after `since`, in page order. Three queries, whatever the number.

    `steps` are those of the response when they were read before.
    """
    rows = AnswerRevision.objects.filter(answer__response=response).select_related("by")
    touched = rows.filter(at__gt=since).values("answer")
    by_answer: dict[int, list[AnswerRevision]] = {}
    for row in rows.filter(answer__in=touched).order_by("answer", "version"):
        by_answer.setdefault(row.answer_id, []).append(row)
    found = {pk: [item for item in changes_in(group) if item.at > since] for pk, group in by_answer.items()}
    told = [
        StepChanges(
            step=step,
            changes=[
                replace(item, where=where)
                for answer, where in _answers_of(step)
                for item in found.get(answer.pk, [])
            ],
        )
        for step in steps or steps_of(response=response)
    ]
    return [item for item in told if item.changes]


def _answers_of(step: Step) -> Iterator[tuple[Answer, str]]:
    """Every row written for a question, with the cell or the inner question it stands in."""
    if step.answer:
        yield step.answer, ""
    if step.question.type == "matrix":
        for part, row, column in cell_parts(step.question.settings):
            if part in step.parts:
                yield step.parts[part], f"{row['label']}, {column['label']}"
    for number, entry in enumerate(step.entries, start=1):
        for child, inner in step.children_of(entry):
            if inner:
                yield inner, f"{number}. {child.short}"
