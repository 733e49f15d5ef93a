"""Files of answers of one person: what was asked for, what was sent, and what came of it."""

from dataclasses import dataclass
from typing import Any

from governance.enums import FileKind
from governance.models import AnswerImport, OrderedFile, Response
from mapping.models import Exercise

MOST = 10


@dataclass(frozen=True, kw_only=True)
class TransferPage:
    exercise: Exercise
    files: list[OrderedFile]
    imports: list[AnswerImport]
    may_send: bool


def transfer_page(*, exercise: Exercise, user: Any) -> TransferPage:
    """The newest files of this person in this exercise. Three queries."""
    files = OrderedFile.objects.visible_to(user).filter(exercise=exercise).select_related("response__unit")
    imports = AnswerImport.objects.visible_to(user).filter(exercise=exercise, checked=None)
    return TransferPage(
        exercise=exercise,
        files=list(files[:MOST]),
        imports=list(imports.select_related("writing").defer("outcome", "writing__outcome")[:MOST]),
        may_send=user.has_perm("governance.send_answers", exercise),
    )


def find_file(*, pk: int, user: Any) -> OrderedFile | None:
    """One's own file, while one may still read every answer in it."""
    rows = OrderedFile.objects.visible_to(user).select_related(
        "exercise", "response__unit", "version__questionnaire"
    )
    row = rows.filter(pk=pk).first()
    if row is None:
        return None
    wanted = set(row.holds) | ({row.response_id} if row.response_id else set())
    seen = Response.objects.visible_to(user).filter(pk__in=wanted)
    return row if seen.distinct().count() == len(wanted) else None


def find_import(*, pk: int, user: Any) -> AnswerImport | None:
    rows = AnswerImport.objects.visible_to(user).select_related("exercise", "checked", "writing")
    return rows.filter(pk=pk).first()


def report_rows(row: AnswerImport) -> list[list[Any]]:
    """The report as a table, what keeps the file out first."""
    found = sorted(row.outcome.get("findings", []), key=lambda item: item["kind"] == "notice")
    lines = [
        [item["sheet"], item["row"] or None, item["column"], item["value"], item["stands"], item["text"]]
        for item in found
    ]
    return [["sheet", "row", "column", "value", "stands there now", "problem"], *lines]


def file_name(row: OrderedFile) -> str:
    """How the file is called where it is kept."""
    ending = "zip" if row.form == "csv" else row.form
    about = row.exercise.slug if row.kind == FileKind.ANSWERS else f"response-{row.response_id}"
    about = row.version.questionnaire.key if row.version is not None else about
    return f"{row.kind}-{about}.{ending}"
