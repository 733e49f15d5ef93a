"""Cells of a file beside what stood there when it was made, and beside what stands there now."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from cohes3ion.lib.characters import well_formed
from cohes3ion.lib.tables import safe_cell
from governance.asking.checks import cell_text
from governance.models import Answer, AnswerRevision
from governance.selectors.changes import fields_in
from governance.selectors.revisions import FIELDS, STANDING, mark_of
from mapping.enums import AnswerKind

Cells = list[Any]
EMPTY = {"kind": "unanswered", "value": None, "level": None, "importance": None} | {
    "explanation": "",
    "confidence": "",
}


def plain(cell: Any) -> Any:
    """A cell as it is compared: numbers by value, texts by their letters, nothing as None."""
    if isinstance(cell, dt.date):
        return cell.isoformat()[:10]
    if isinstance(cell, bool | int | float):
        # Written out: 10 and 10.0 are alike, and neither is shown as 1E+1.
        return Decimal(format(Decimal(repr(cell + 0)).normalize(), "f"))
    if isinstance(cell, str):
        # As a workbook writes it: a sign of replacement there is no change.
        text = well_formed(cell.replace("\r\n", "\n").replace("\r", "\n"))
        return text or None
    return cell


def same_cell(*, mine: Any, theirs: Any, marked: bool = False) -> bool:
    left, right = plain(mine), plain(theirs)
    if left == right or (marked and plain(safe_cell(theirs)) == left):
        return True
    if isinstance(left, Decimal) is isinstance(right, Decimal) or None in (left, right):
        return False
    try:  # a number and the same number as text, as every cell of a CSV is
        return Decimal(str(left).strip()) == Decimal(str(right).strip())
    except InvalidOperation:
        return False


def same(*, mine: Sequence[Any], theirs: Sequence[Any], marked: bool = False) -> bool:
    return all(same_cell(mine=a, theirs=b, marked=marked) for a, b in zip(mine, theirs, strict=True))


def blank() -> Answer:
    """An answer that nobody has given yet."""
    return Answer(version=0)


def answer_at(answer: Answer, *, version: int, revisions: Sequence[AnswerRevision]) -> dict[str, Any] | None:
    """The columns of an answer as they stood at an older version; those not known are left out.

    A row begins empty, unless its first revision says what it was made with.
    """
    columns = {name: getattr(answer, name) for fields in FIELDS.values() for name in fields}
    for field, names in FIELDS.items():
        about = [row for row in revisions if field in fields_in(row) and mark_of(row) in STANDING]
        if not any(row.version > version for row in about):
            continue  # nobody wrote it since
        before = [row for row in about if row.version <= version]
        empty = {} if before or about[0].field == "created" else EMPTY
        stood = before[-1].values if before else empty
        for name in names:
            columns.pop(name, None)
        columns |= {name: stood[name] for name in names if name in stood}
    return columns


class Past:
    """The history of answers, read for a whole response when the first of its answers needs it.

    user: who brings the file; None is nobody in particular.
    """

    def __init__(self, user: Any) -> None:
        self.user = user
        self.kept: dict[int, dict[int, list[AnswerRevision]]] = {}

    def of(self, answer: Answer) -> list[AnswerRevision]:
        if answer.response_id not in self.kept:
            found: dict[int, list[AnswerRevision]] = defaultdict(list)
            rows = AnswerRevision.objects.filter(answer__response=answer.response_id)
            for row in rows.select_related("by").order_by("answer", "version"):
                found[row.answer_id].append(row)
            self.kept[answer.response_id] = found
        return self.kept[answer.response_id].get(answer.pk, [])

    def writer(self, answer: Answer, *, field: str) -> tuple[Any, dt.datetime | None]:
        """Who wrote what stands in the field now, and when."""
        rows = [row for row in self.of(answer) if field in fields_in(row) and mark_of(row) in STANDING]
        return (rows[-1].by, rows[-1].at) if rows else (answer.edited_by, answer.edited_at)


def base_of(
    answer: Answer | None, *, version: int | None, revisions: Callable[[Answer], Sequence[AnswerRevision]]
) -> tuple[Answer, set[str]]:
    """What stood there when the file was made, and the fields of which that is known."""
    stored = answer or blank()
    if version == stored.version:
        return stored, set(FIELDS)
    untouched = stored.kind == AnswerKind.UNANSWERED and not stored.explanation
    if version == 0 or (version is None and untouched):
        return blank(), set(FIELDS)
    if version is None:
        return stored, set()
    columns = answer_at(stored, version=version, revisions=revisions(stored)) or {}
    known = {field for field, names in FIELDS.items() if all(name in columns for name in names)}
    return Answer(version=version, **columns), known


def unmarked(cell: Any, *, marked: bool) -> str:
    """A text without the apostrophe that our CSV files put before what could start a formula."""
    text = cell_text(cell)
    return text[1:] if marked and text.startswith("'") and safe_cell(text[1:]) == text else text
