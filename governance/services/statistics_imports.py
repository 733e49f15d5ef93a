"""Statistics through the browser: a worker looks at the file, and imports it when it is confirmed."""

import csv
import hashlib
import io
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cohes3ion.lib.authors import stored
from cohes3ion.lib.jobs import JobState
from cohes3ion.lib.work import at_work
from governance.enums import StatisticsStep
from governance.models import StatisticsImport
from governance.selectors.evidence_inputs import coverage_of
from governance.services.answer_sheets import from_workbook
from governance.services.archive_guard import SheetsRefused, check_workbook
from mapping.models import Exercise, IndicatorTable
from mapping.services.indicator_files import FileRefused
from mapping.services.indicators import ImportChoices, import_indicators, prepare_import

WORKBOOK = b"PK\x03\x04"


class AlreadyDecided(Exception):
    """The import was confirmed before, or its file was refused."""


def request_check(
    *, exercise: Exercise, upload: Any, source: str, choices: ImportChoices, by: Any
) -> StatisticsImport:
    """Keep the file; a worker looks at it and writes nothing else."""
    row = StatisticsImport(
        exercise=exercise,
        file_name=upload.name[:255],
        source=source,
        choices=asdict(choices),
        created_by=stored(by),
    )
    row.file.save("file", upload, save=False)
    row.save()
    return row


def confirm_import(*, row: StatisticsImport) -> None:
    """Let the worker import what it looked at; two people at once make one import. Raises AlreadyDecided."""
    waiting = StatisticsImport.objects.filter(
        pk=row.pk, step=StatisticsStep.CHECK, state=JobState.DONE, problems=[]
    )
    changed = waiting.update(
        step=StatisticsStep.IMPORT,
        state=JobState.PENDING,
        attempts=0,
        progress=0,
        queued_at=timezone.now(),
        finished_at=None,
    )
    if not changed:
        raise AlreadyDecided


def work_on_import(*, import_id: int) -> bool:
    """Look at a file, or import it. False when somebody else has the row or it is finished."""
    row = StatisticsImport.claim(import_id)
    if row is None:
        return False
    with at_work(row):
        row.report(20, _("Reading the file"))
        try:
            content = content_of(row)
            _look(row, content) if row.step == StatisticsStep.CHECK else _import(row, content)
        except FileRefused as refused:
            row.finish(step=StatisticsStep.CHECK, problems=list(refused.problems))
    return True


def content_of(row: StatisticsImport) -> bytes:
    """The bytes of the file; a workbook as the CSV of its first sheet. Raises FileRefused."""
    with row.file.open("rb") as stream:
        content: bytes = stream.read()
    if not content.startswith(WORKBOOK) or row.source != "table":
        return content
    return _first_sheet(content)


def _first_sheet(content: bytes) -> bytes:
    """The reader wants a file with the ending of a workbook; the stored one has none. Raises FileRefused."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as copy:
        copy.write(content)
        copy.flush()
        path = Path(copy.name)
        try:
            check_workbook(path, name=path.name)
            sheets, found = from_workbook(path)
        except SheetsRefused as refused:
            raise FileRefused(str(refused)) from None
    problems = [finding.line() for finding in found if finding.kind == "problem"]
    if problems:
        raise FileRefused(*problems[:20])
    filled = [sheet for sheet in sheets if sheet.columns]
    if len(filled) != 1:
        raise FileRefused(
            _("The workbook has %(n)d sheets with a table. Save the one you mean as a workbook of its own.")
            % {"n": len(filled)}
        )
    return _as_csv(filled[0].columns, [cells for _number, cells in filled[0].rows])


def _as_csv(columns: list[str], rows: list[list[Any]]) -> bytes:
    """Every row as wide as the first, numbers as they are written in a file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for cells in rows:
        shown = [_cell(cell) for cell in cells[: len(columns)]]
        writer.writerow([*shown, *[""] * (len(columns) - len(shown))])
    return out.getvalue().encode()


def _cell(cell: Any) -> str:
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def choices_of(row: StatisticsImport) -> ImportChoices:
    only = tuple((name, value) for name, value in row.choices.get("only", []))
    return ImportChoices(**{**row.choices, "only": only})


def _same_table(row: StatisticsImport, year: int) -> IndicatorTable | None:
    rows = IndicatorTable.objects.filter(exercise=row.exercise_id, key=row.choices["key"], year=year)
    return rows.first()


def _look(row: StatisticsImport, content: bytes) -> None:
    values, report = prepare_import(content=content, source=row.source, choices=choices_of(row))
    covered, others = coverage_of(exercise=row.exercise, covers={value.covers for value in values})
    row.finish(
        found={**report.to_dict(), "covered": covered, "not_covered": others},
        problems=[],
        fingerprint=hashlib.sha256(content).hexdigest(),
        replaces=_same_table(row, report.year),
    )


def _import(row: StatisticsImport, content: bytes) -> None:
    """All of it or nothing, and only what was shown: the same bytes, over the same table."""
    with transaction.atomic():
        Exercise.objects.select_for_update().get(pk=row.exercise_id)
        now = _same_table(row, row.found["year"])
        if hashlib.sha256(content).hexdigest() != row.fingerprint:
            raise FileRefused(_("The file is not the one that was looked at. Send it again."))
        if (now.pk if now else None) != row.replaces_id:
            raise FileRefused(
                _("Somebody imported a table of this name and year meanwhile. Send the file again.")
            )
        table = import_indicators(
            exercise=row.exercise, content=content, source=row.source, choices=choices_of(row)
        )
        if not row.finish(table=table):  # cancelled or taken over: the other one's word counts
            transaction.set_rollback(True)
