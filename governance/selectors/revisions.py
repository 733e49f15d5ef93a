"""What happened to an answer: who wrote what, and what two people still have to agree on."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Value, When

from governance.enums import Confidence, Importance, Level
from governance.models import Answer, AnswerRevision, Response
from mapping.enums import AnswerKind

# What one save may touch: each entry is versioned by itself.
FIELDS = {
    "level": ("kind", "level"),
    "importance": ("importance",),
    "explanation": ("explanation",),
    "confidence": ("confidence",),
    # Every other type of question: what is given, or that it is not known or does not apply.
    "value": ("kind", "value"),
}

# An autosave keeps a revision per pause; a page shows one line for what was written in one go.
ONE_GO = dt.timedelta(minutes=10)
SHOWN = 40

# Marks among the values of a revision that is not simply what stands there now.
REFUSED = "refused"  # came too late: somebody else had written the field
DISCUSS = "discuss"  # kept beside the answer; the number is the field version it stands beside
AGREED = "agreed"  # two answers were discussed, this one stands
WORKSHOP = "workshop"  # the level that a workshop settled on
STANDING = ("", AGREED, WORKSHOP)


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    at: dt.datetime
    by: Any
    field: str
    mark: str
    value: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Discussion:
    """Two answers to the same field, both kept until one of them is agreed."""

    field: str
    by: Any
    at: dt.datetime
    value: str
    raw: str
    version: int


def raw_value(values: dict[str, Any], *, field: str) -> str:
    """A field as a form sends it: "3", "no_information", "sure", a text, or nothing."""
    if field == "level":
        kind = values.get("kind", AnswerKind.UNANSWERED)
        if kind == AnswerKind.VALUE:
            return str(values.get("level") or "")
        return "" if kind == AnswerKind.UNANSWERED else str(kind)
    value = values.get(field)
    return "" if value is None else str(value)


def stored_value(answer: Answer | None, *, field: str) -> str:
    """What stands in a field now, as a form sends it."""
    if answer is None:
        return ""
    return raw_value({column: getattr(answer, column) for column in FIELDS[field]}, field=field)


def spoken_value(raw: str, *, field: str) -> str:
    """The same in words: "3 Partly in place"."""
    if field == "level" and raw.isdigit():
        return f"{raw} {Level(int(raw)).label}"
    if field == "level" and raw:
        return str(AnswerKind(raw).label)
    if field == "importance" and raw:
        return f"{raw} {Importance(int(raw)).label}"
    if field == "confidence" and raw:
        return str(Confidence(raw).label)
    return raw


def mark_of(revision: AnswerRevision) -> str:
    return next((mark for mark in (REFUSED, DISCUSS, AGREED, WORKSHOP) if mark in revision.values), "")


def recent_revisions(answer: Answer) -> list[AnswerRevision]:
    """The latest revisions, newest first, and before them those that may still wait for a choice."""
    waiting = Case(When(values__has_key=DISCUSS, then=Value(0)), default=Value(1))
    rows = answer.revisions.select_related("by").order_by(waiting, "-version")[:SHOWN]
    return sorted(rows, key=lambda row: -row.version)


def history(revisions: list[AnswerRevision]) -> list[HistoryLine]:
    """Newest first; what one person wrote into one field in one go is one line."""
    lines: list[HistoryLine] = []
    for revision in revisions:
        line = history_line(revision)
        last = lines[-1] if lines else None
        same = last is not None and (line.by, line.field, line.mark) == (last.by, last.field, last.mark)
        if not same or line.mark or line.field == "evidence" or last.at - line.at > ONE_GO:
            lines.append(line)
    return lines


def history_line(revision: AnswerRevision) -> HistoryLine:
    field = "level" if revision.field == "created" else revision.field
    raw = raw_value(revision.values, field=field)
    is_text = field == "explanation"
    return HistoryLine(
        at=revision.at,
        by=revision.by,
        field=revision.field,
        mark=mark_of(revision) or str(revision.values.get("change", "")),
        value="" if is_text else spoken_value(raw, field=field),
        text=raw if is_text else str(revision.values.get("title", "")),
    )


def discussions(answer: Answer, *, revisions: list[AnswerRevision]) -> list[Discussion]:
    """Answers kept beside the stored one and not settled since, newest last."""
    return [
        Discussion(
            field=revision.field,
            by=revision.by,
            at=revision.at,
            raw=raw_value(revision.values, field=revision.field),
            value=history_line(revision).value,
            version=answer.version_of(revision.field),
        )
        for revision in reversed(revisions)
        if revision.values.get(DISCUSS) == answer.version_of(revision.field)
    ]


def undecided_answers(response: Response) -> set[int]:
    """Answers of a response beside which another one still waits. One query."""
    rows = AnswerRevision.objects.filter(answer__response=response, values__has_key=DISCUSS)
    return {
        revision.answer_id
        for revision in rows.select_related("answer")
        if revision.values[DISCUSS] == revision.answer.version_of(revision.field)
    }


def last_writer(answer: Answer, *, field: str) -> AnswerRevision | None:
    """Who wrote what stands in the field now."""
    rows = answer.revisions.select_related("by").filter(field__in=[field, "created"]).order_by("-version")
    return next((row for row in rows[:SHOWN] if mark_of(row) in STANDING), None)
