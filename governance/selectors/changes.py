"""What changed in answers: from what to what, by whom; all of one answer, or of a response since a day."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.differences import compared, word_difference
from governance.asking.frames import cell_parts
from governance.models import Answer, AnswerRevision, Response
from governance.selectors.questionnaires import QuestionItem
from governance.selectors.responses import steps_of
from governance.selectors.revisions import (
    CARRIED,
    FIELDS,
    STANDING,
    Words,
    copied_from,
    is_copy,
    mark_of,
    raw_value,
    restored_moment,
    spoken_value,
)
from governance.selectors.steps import Step
from governance.selectors.value_words import Told, words_for
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
    """One version of a field, and what stood there before it. Texts come word by word in `parts`.

    That an answer was carried over is a change of no field (`field` is ""): nothing was written.
    """

    pk: int
    at: dt.datetime
    by: Any
    field: str
    # "" accepted; "refused" came too late; "discuss" kept beside; "agreed" chosen of two; "restored" again.
    mark: str
    before: str
    after: str
    parts: list[tuple[str, str]]
    # The cell of a matrix, or the question inside an entry.
    where: str = ""
    # The version of the questionnaire that was left, where the answer was carried over.
    number: int = 0
    # When a version that was brought back had been written.
    of: dt.datetime | None = None
    # The revision of the present row that brings this version back; None: it was given to an earlier form.
    back: int | None = None
    # What tells it from another version of the same minute: the seconds, and a number where they are equal.
    apart: str = ""

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.pk}-{self.field}"

    @property
    def label(self) -> str:
        if not self.field:
            return ""
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


def changes_in(revisions: Iterable[AnswerRevision], *, words: Words | None = None) -> list[Change]:
    """Changes of one answer, oldest first, from its revisions, oldest first.

    `words`: of a question of another type than the scale.
    """
    stands: dict[str, tuple[str, str]] = dict.fromkeys(FIELDS, ("", ""))
    found: list[Change] = []
    for revision in revisions:
        mark = mark_of(revision)
        if mark == CARRIED:
            found = [*_held_by(revision, found), _carried(revision)]
        for field in [] if is_copy(revision) else fields_in(revision):
            raw = given(revision.values, field=field)
            now = raw, words(revision) if words and field == "value" else _spoken(raw, field=field)
            if mark != CARRIED and (raw != stands[field][0] or mark):
                found.append(change(revision, field=field, mark=mark, before=stands[field][1], after=now[1]))
            if mark in STANDING:
                stands[field] = now
    return found


def _held_by(revision: AnswerRevision, changes: list[Change]) -> list[Change]:
    """Of earlier changes, what was carried over can be brought back from the copy; no other can."""
    stand = {item.field: item.pk for item in changes if item.mark in STANDING}
    return [
        replace(item, back=revision.pk if item.field and stand[item.field] == item.pk else None)
        if item.mark in STANDING
        else replace(item, back=None)
        for item in changes
    ]


def _carried(revision: AnswerRevision) -> Change:
    number = revision.values.get("number", 0)
    nothing: dict[str, Any] = {"field": "", "before": "", "after": "", "parts": []}
    return Change(
        pk=revision.pk, at=revision.at, by=revision.by, mark=CARRIED, number=number, back=None, **nothing
    )


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
        before=before,
        after=after,
        parts=word_difference(before, after) if is_text else [],
        of=restored_moment(revision),
        back=revision.pk,
    )


def _spoken(raw: str, *, field: str) -> str:
    return raw if field == "explanation" else spoken_value(raw, field=field)


def answer_changes(step: Step, *, response: Response) -> list[Change]:
    """Every change of an answer, newest first, those under earlier versions of the questionnaire too.

    One query, and one more for each time it was carried over.
    """
    if step.answer is None:
        return []
    revisions: list[AnswerRevision] = []
    place: int | None = step.answer.pk
    while place is not None:
        rows = AnswerRevision.objects.filter(answer=place).select_related("by")
        revisions += rows.order_by("-version")
        place = copied_from(revisions)
    told = Told(question=step.question, answer=step.answer, revisions=revisions)
    words = words_for([told], response=response).get(step.answer.pk)
    return _told_apart(list(reversed(changes_in(reversed(revisions), words=words))))


def _told_apart(changes: list[Change]) -> list[Change]:
    """Versions, newest first, that a list would name alike get their seconds, and if need be a number."""
    minutes = Counter(_name(item, "%Y-%m-%d %H:%M") for item in changes)
    seconds = Counter(_name(item, "%Y-%m-%d %H:%M:%S") for item in changes)
    seen: Counter[Any] = Counter()
    found = []
    for item in reversed(changes):
        name = _name(item, "%Y-%m-%d %H:%M:%S")
        seen[name] += 1
        apart = f":{timezone.localtime(item.at):%S}" if minutes[_name(item, "%Y-%m-%d %H:%M")] > 1 else ""
        apart += f" ({seen[name]})" if seconds[name] > 1 else ""
        found.append(replace(item, apart=apart))
    return found[::-1]


def _name(item: Change, clock: str) -> tuple[str, str, Any, bool]:
    return item.field, timezone.localtime(item.at).strftime(clock), item.by, item.mark == "refused"


def comparison(changes: list[Change], *, first: str, second: str) -> Comparison | None:
    """The two versions that were chosen, the older one first; None unless both are of one field."""
    found = compared(changes, first=first, second=second)
    return Comparison(first=found[0], second=found[1], parts=found[2]) if found else None


def response_changes(
    *, response: Response, since: dt.datetime, steps: list[Step] | None = None
) -> list[StepChanges]:
    """What changed in a response after `since`, in page order. Three queries, whatever the number, and
    one after the questionnaire changed.

    `steps` are those of the response when they were read before. To carry an answer over changes nothing.
    """
    rows = AnswerRevision.objects.filter(answer__response=response).select_related("by")
    touched = rows.filter(at__gt=since).values("answer")
    by_answer: dict[int, list[AnswerRevision]] = {}
    for row in rows.filter(answer__in=touched).order_by("answer", "version"):
        by_answer.setdefault(row.answer_id, []).append(row)
    steps = steps_of(response=response) if steps is None else steps
    told = {
        answer.pk: Told(question=question, answer=answer, revisions=_past(by_answer, answer.pk))
        for step in steps
        for question, answer, _where in _answers_of(step)
        if answer.pk in by_answer
    }
    words = words_for(told.values(), response=response)
    found = {
        pk: [
            item for item in changes_in(line.revisions, words=words.get(pk)) if item.field and item.at > since
        ]
        for pk, line in told.items()
    }
    changed = [
        StepChanges(
            step=step,
            changes=[
                replace(item, where=where)
                for _question, answer, where in _answers_of(step)
                for item in found.get(answer.pk, [])
            ],
        )
        for step in steps
    ]
    return [item for item in changed if item.changes]


def _past(by_answer: dict[int, list[AnswerRevision]], answer: int | None) -> list[AnswerRevision]:
    """The revisions of an answer, oldest first, behind those of the answer it was copied from."""
    past: list[AnswerRevision] = []
    while answer in by_answer:
        past = [*by_answer[answer], *past]
        answer = copied_from(past[:1])
    return past


def _answers_of(step: Step) -> Iterator[tuple[QuestionItem, Answer, str]]:
    """Every row written for a question, with the cell or the inner question it stands in."""
    if step.answer:
        yield step.question, step.answer, ""
    if step.question.type == "matrix":
        for part, row, column in cell_parts(step.question.settings):
            if part in step.parts:
                yield step.question, step.parts[part], f"{row['label']}, {column['label']}"
    for number, entry in enumerate(step.entries, start=1):
        for child, inner in step.children_of(entry):
            if inner:
                yield child, inner, f"{number}. {child.short}"
