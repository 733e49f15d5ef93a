"""What happened to an answer: who wrote what, and what two people still have to agree on."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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

SHOWN = 40

# Marks among the values of a revision that is not simply what stands there now.
REFUSED = "refused"  # came too late: somebody else had written the field
DISCUSS = "discuss"  # kept beside the answer; the number is the field version it stands beside
AGREED = "agreed"  # two answers were discussed, this one stands
WORKSHOP = "workshop"  # the level that a workshop settled on
RESTORED = "restored"  # an old version stands again; the moment it was written
MARKS = (REFUSED, DISCUSS, AGREED, WORKSHOP, RESTORED)
# The first line of a copy in a new version of the questionnaire: nobody wrote anything then. "from": the
# answer it was copied from, whose history goes on behind it; "number": the version that one was given to.
CARRIED = "carried_over"
STANDING = ("", AGREED, WORKSHOP, RESTORED, CARRIED)

# What a revision holds, in words.
Words = Callable[[AnswerRevision], str]


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
    if revision.values.get("change") == CARRIED:
        return CARRIED
    return next((mark for mark in MARKS if mark in revision.values), "")


def restored_moment(revision: AnswerRevision) -> dt.datetime | None:
    """When the version that was brought back had been written."""
    kept = revision.values.get(RESTORED)
    return dt.datetime.fromisoformat(kept) if kept else None


def is_copy(revision: AnswerRevision) -> bool:
    """What waits for a choice was carried over with its answer: it is told where it was written."""
    return "from" in revision.values and mark_of(revision) != CARRIED


def copied_from(revisions: list[AnswerRevision]) -> int | None:
    """The answer to the version before, where these (newest first) reach back to the first line of a copy."""
    carried = bool(revisions) and mark_of(revisions[-1]) == CARRIED
    return revisions[-1].values["from"] if carried else None


def discussions(answer: Answer, *, revisions: list[AnswerRevision]) -> list[Discussion]:
    """Answers kept beside the stored one and not settled since, newest last."""
    return [
        Discussion(
            field=revision.field,
            by=revision.by,
            at=revision.at,
            raw=raw_value(revision.values, field=revision.field),
            value="" if revision.field == "explanation" else _said(revision),
            version=answer.version_of(revision.field),
        )
        for revision in reversed(revisions)
        if revision.answer_id == answer.pk
        and revision.values.get(DISCUSS) == answer.version_of(revision.field)
    ]


def _said(revision: AnswerRevision) -> str:
    return spoken_value(raw_value(revision.values, field=revision.field), field=revision.field)


def undecided_answers(response: Response) -> set[int]:
    """Answers of a response beside which another one still waits. One query."""
    rows = AnswerRevision.objects.filter(answer__response=response, values__has_key=DISCUSS)
    return {
        revision.answer_id
        for revision in rows.select_related("answer")
        if revision.values[DISCUSS] == revision.answer.version_of(revision.field)
    }


def last_writer(answer: Answer, *, field: str) -> AnswerRevision | None:
    """Who wrote what stands in the field now; whoever carried an answer over wrote nothing."""
    return _writer(answer.pk, field=field)


def first_written(revision: AnswerRevision, *, field: str) -> AnswerRevision:
    """Where the same value was written: the line itself, or what its answer was copied from."""
    origin = copied_from([revision])
    return (_writer(origin, field=field) if origin else None) or revision


def _writer(place: int | None, *, field: str) -> AnswerRevision | None:
    while place is not None:
        rows = AnswerRevision.objects.filter(answer=place, field__in=[field, "created"])
        latest = rows.select_related("by").order_by("-version")[:SHOWN]
        found = next((row for row in latest if mark_of(row) in STANDING), None)
        if found is None or mark_of(found) != CARRIED:
            return found
        place = copied_from([found])
    return None
