"""The history of an answer in lines, as the page of its question shows it."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, Value, When

from governance.models import Answer, AnswerRevision
from governance.selectors.revisions import (
    CARRIED,
    DISCUSS,
    SHOWN,
    STANDING,
    Words,
    copied_from,
    is_copy,
    mark_of,
    raw_value,
    restored_moment,
    spoken_value,
)

# An autosave keeps a revision per pause; a page shows one line for what was written in one go.
ONE_GO = dt.timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    at: dt.datetime
    by: Any
    field: str
    mark: str
    value: str
    text: str
    # Of a carried line: the version it came from, and who had written the answer, when.
    number: int = 0
    writer: Any = None
    written_at: dt.datetime | None = None
    # Of a version that was brought back: when it was written first.
    of: dt.datetime | None = None


def recent_revisions(answer: Answer) -> list[AnswerRevision]:
    """The latest revisions, newest first, and before them those that may still wait for a choice.

    Of an answer that was carried over, those of the versions before too: a query for each.
    """
    waiting = Case(When(values__has_key=DISCUSS, then=Value(0)), default=Value(1))
    found: list[AnswerRevision] = []
    place: int | None = answer.pk
    while place is not None:
        rows = AnswerRevision.objects.filter(answer=place).select_related("by")
        found += sorted(rows.order_by(waiting, "-version")[:SHOWN], key=lambda row: -row.version)
        place = copied_from(found)
    return found


def history(revisions: list[AnswerRevision], *, words: Words | None = None) -> list[HistoryLine]:
    """Newest first; what one person wrote into one field in one go is one line.

    `words`: of a question of another type than the scale.
    """
    lines: list[HistoryLine] = []
    for place, revision in enumerate(revisions):
        if is_copy(revision):
            continue
        line = history_line(revision, words=words)
        if line.mark == CARRIED:
            line = _with_writer(line, earlier=revisions[place + 1 :], field="value" if words else "level")
        last = lines[-1] if lines else None
        same = last is not None and (line.by, line.field, line.mark) == (last.by, last.field, last.mark)
        if not same or line.mark or line.field == "evidence" or last.at - line.at > ONE_GO:
            lines.append(line)
    return lines


def _with_writer(line: HistoryLine, *, earlier: list[AnswerRevision], field: str) -> HistoryLine:
    """Who had written the answer that was carried over."""
    stood = (row for row in earlier if row.field in (field, "created") and mark_of(row) in STANDING)
    first = next((row for row in stood if mark_of(row) != CARRIED), None)
    return replace(line, writer=first.by, written_at=first.at) if first else line


def history_line(revision: AnswerRevision, *, words: Words | None = None) -> HistoryLine:
    main = "value" if words else "level"
    field = main if revision.field == "created" else revision.field
    raw = raw_value(revision.values, field=field)
    is_text = field == "explanation"
    told = words(revision) if words and field == "value" else spoken_value(raw, field=field)
    return HistoryLine(
        at=revision.at,
        by=revision.by,
        field=revision.field,
        mark=mark_of(revision) or str(revision.values.get("change", "")),
        value="" if is_text else told,
        text=raw if is_text else str(revision.values.get("title", "")),
        number=revision.values.get("number", 0),
        of=restored_moment(revision),
    )
