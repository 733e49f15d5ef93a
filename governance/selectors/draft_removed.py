"""What was taken out of a draft and can come back."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from governance.models import Question, QuestionnaireVersion, Section

SHOWN = 10
REMOVED = "removed "


@dataclass(frozen=True, kw_only=True)
class RemovedLine:
    """`word`: what brings it back (services/draft_removals.py)."""

    word: str
    code: str
    name: str
    at: dt.datetime
    by: Any


def removed_lines(*, version: QuestionnaireVersion) -> list[RemovedLine]:
    """The last sections and questions that were removed and are not back yet. Four queries."""
    gone = {"history_type": "-", "history_change_reason__startswith": REMOVED}
    sections = Section.history.filter(version=version.pk, **gone).select_related("history_user")
    there = dict(Section.objects.filter(version=version).values_list("pk", "code"))
    inside = Question.history.filter(section__in=list(there), **gone).select_related("history_user")
    back = set(Question.objects.filter(section__version=version).values_list("pk", flat=True))
    lines = {row.history_change_reason: line_of(row, row.title) for row in sections if row.id not in there}
    # A group goes with its questions under one word: it stands for them.
    for row in sorted(inside, key=lambda row: row.parent_id is not None):
        if row.id not in back:
            lines.setdefault(row.history_change_reason, line_of(row, row.short))
    return sorted(lines.values(), key=lambda line: line.at, reverse=True)[:SHOWN]


def line_of(row: Any, name: str) -> RemovedLine:
    word = row.history_change_reason.removeprefix(REMOVED)
    return RemovedLine(word=word, code=row.code, name=name, at=row.history_date, by=row.history_user)
