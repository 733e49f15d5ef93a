"""Workbooks of a region or an exercise: content frozen at the request, written by a worker with pandas."""

import io
import zipfile
from typing import Any

from cohes3ion.lib.authors import stored
from cohes3ion.lib.fingerprints import fingerprint
from cohes3ion.lib.tables import csv_text, safe_cell, written_cell
from cohes3ion.lib.work import at_work, keep_file
from journeys.enums import ExportFormat
from journeys.models import Export
from journeys.selectors.workbooks import workbook_content
from mapping.models import Exercise, Region

Sheet = dict[str, Any]


class NothingPublished(Exception):
    """There is no published map to export."""


def request_export(*, exercise: Exercise, region: Region | None, form: str, by: Any) -> tuple[Export, bool]:
    """The workbook of the published content; a new waiting row only when the content is new."""
    content = workbook_content(exercise=exercise, region=region)
    if not content["sheets"]:
        raise NothingPublished
    digest = fingerprint({"format": form, "content": content})
    rows = Export.objects.filter(exercise=exercise, region=region, fingerprint=digest, is_public=True)
    return rows.standing().or_new(
        exercise=exercise,
        region=region,
        format=form,
        is_public=True,
        content=content,
        fingerprint=digest,
        created_by=stored(by),
    )


def write_export(*, export_id: int) -> bool:
    """Write one workbook. False when somebody else has it or it is finished."""
    row = Export.claim(export_id)
    if row is None:
        return False
    with at_work(row):
        row.report(10, "tables")
        sheets = row.content["sheets"]
        data = _xlsx_bytes(sheets) if row.format == ExportFormat.XLSX else _zipped_csv(sheets)
        keep_file(row, f"workbook.{row.format}", data)
    return True


def _xlsx_bytes(sheets: list[Sheet]) -> bytes:
    """One sheet per kind of row. Text that looks like a formula stays text; missing cells stay empty."""
    import pandas as pd  # slow import: only workers write workbooks

    out = io.BytesIO()
    with pd.ExcelWriter(out, engine="openpyxl") as writer:
        for sheet in sheets:
            rows = [[written_cell(cell) for cell in row] for row in sheet["rows"]]
            frame = pd.DataFrame(rows, columns=sheet["columns"], dtype=object)
            frame.to_excel(writer, sheet_name=sheet["name"][:31], index=False)
            page = writer.sheets[sheet["name"][:31]]
            page.freeze_panes = "A2"
            for cells in page.iter_rows():
                for cell in cells:
                    if isinstance(cell.value, str):
                        cell.data_type = "s"
    return out.getvalue()


def _zipped_csv(sheets: list[Sheet]) -> bytes:
    """The same sheets as CSV files in one ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in sheets:
            rows = [[safe_cell(cell) for cell in row] for row in (sheet["columns"], *sheet["rows"])]
            archive.writestr(f"{sheet['name'].lower().replace(' ', '-')}.csv", csv_text(rows))
    return out.getvalue()
