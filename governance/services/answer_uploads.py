"""Files of answers from the browser: read by a worker without writing anything, then written on purpose."""

from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import translation

from cohes3ion.lib.characters import well_formed
from cohes3ion.lib.jobs import JobState
from cohes3ion.lib.work import at_work
from governance.models import AnswerImport
from governance.selectors.import_findings import Finding
from governance.selectors.import_steps import Plan
from governance.services.answer_imports import ImportRefused, import_answers, try_import
from governance.services.answer_sheets import read_sheets
from governance.services.archive_guard import SheetsRefused
from mapping.models import Exercise

MOST_SHOWN = 500


class NotToBeWritten(Exception):
    """The file was refused, or is not read yet."""


class TakenOver(Exception):
    """Another worker has this import, or it was cancelled: what was written is undone."""


def request_check(*, exercise: Exercise, upload: Any, name: str, language: str, by: Any) -> AnswerImport:
    """Keep the file and a row that waits for a worker."""
    row = AnswerImport(exercise=exercise, file_name=name, language=language, created_by=by)
    row.file.save("upload", File(upload), save=False)
    try:
        row.save()
    except BaseException:
        row.file.delete(save=False)
        raise
    return row


def request_writing(*, check: AnswerImport, by: Any) -> tuple[AnswerImport, bool]:
    """The writing of a file that was read without problems, once. (row, is new) Raises NotToBeWritten."""
    if check.checked_id is not None or check.state != JobState.DONE or check.is_refused:
        raise NotToBeWritten
    try:
        with transaction.atomic():
            row, is_new = AnswerImport.objects.get_or_create(
                checked=check,
                defaults={
                    "exercise": check.exercise,
                    "file_name": check.file_name,
                    "language": check.language,
                    "created_by": by,
                },
            )
    except IntegrityError:  # another click a moment ago
        return AnswerImport.objects.get(checked=check), False
    return row, is_new or AnswerImport.retry(row.pk)


def work_import(*, import_id: int) -> bool:
    """Read or write one file. False when somebody else has it or it is finished."""
    row = AnswerImport.claim(import_id)
    if row is None:
        return False
    with at_work(row):
        row.report(10, "reading")
        if row.created_by is None:
            raise PermissionError("nobody is left whose rights would count")
        with translation.override(row.language):
            read_or_write(row)
    return True


def read_or_write(row: AnswerImport) -> None:
    source = row.checked or row
    try:
        sheets, found = read_sheets(path=Path(source.file.path), name=source.file_name)
        content = {"sheets": sheets, "found": found, "user": row.created_by, "exercise": row.exercise}
        if row.checked is None:
            plan = try_import(**content)
            row.finish(outcome=report_of(plan), is_refused=bool(plan.problems))
            return
        row.report(40, "writing")
        with transaction.atomic():
            plan = import_answers(**content)
            # The end of the job belongs to the same transaction: it is written once, or not at all.
            if not row.finish(outcome=report_of(plan)):
                raise TakenOver
    except ImportRefused as refused:
        row.finish(outcome=report_of(refused.plan), is_refused=True)
    except SheetsRefused as refused:
        row.finish(outcome=report_of(Plan(findings=[Finding(text=str(refused))])), is_refused=True)


def report_of(plan: Plan) -> dict[str, Any]:
    """What a file changes, as the page shows it, in characters that can be stored whatever the file holds."""
    new = sum(step.is_new for step in plan.entries)
    return {
        "rows": plan.rows,
        "changes": len(plan.writes),
        "added": new,
        "removed": len(plan.entries) - new,
        "writes": [
            {
                "sheet": well_formed(write.line.sheet.name),
                "row": write.line.number,
                "column": well_formed(write.column),
                "before": well_formed(write.before),
                "after": well_formed(write.after),
            }
            for write in plan.writes[:MOST_SHOWN]
        ],
        "problems": len(plan.problems),
        "findings": [
            {"row": item.row} | {name: well_formed(getattr(item, name)) for name in FINDING}
            for item in plan.findings[: 4 * MOST_SHOWN]
        ],
    }


FINDING = ("kind", "sheet", "column", "value", "text", "stands")
