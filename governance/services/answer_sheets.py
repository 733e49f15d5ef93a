"""The tables of a file that people filled in: a workbook, one CSV or a ZIP of them, or JSON."""

import datetime as dt
import json
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any

from django.utils.translation import gettext as _

from cohes3ion.lib.apart import read_apart
from governance.selectors.import_findings import Finding, Sheet, shortened
from governance.services.archive_guard import (
    SheetsRefused,
    check_archive,
    check_size,
    check_workbook,
    not_utf8,
)
from governance.services.csv_sheets import from_tables, sheet_of
from governance.services.workbook_reader import MOST_ROWS

READER = "governance.services.workbook_reader"
MOST_SECONDS = 90
OTHERS = (".xls", ".xlsm", ".xlsb", ".xltx", ".xltm", ".ods", ".numbers")


def read_sheets(*, path: Path, name: str) -> tuple[list[Sheet], list[Finding]]:
    """The tables of a file, and what is wrong with its cells as such. Raises SheetsRefused.

    `name`: as its owner calls it; the ending decides how it is read, its content whether that is so.
    """
    ending = PurePosixPath(name).suffix.lower()
    check_size(path)
    if ending in OTHERS:
        text = _("%(ending)s files are not read. Save as .xlsx, without macros.")
        raise SheetsRefused(text % {"ending": ending})
    if ending == ".xlsx":
        check_workbook(path, name=name)
        return from_workbook(path)
    if ending == ".zip":
        check_archive(path, name=name)
        return from_zip(path)
    if ending in (".csv", ".tsv", ".txt"):
        return from_tables([(PurePosixPath(name).stem, path.read_bytes())])
    if ending == ".json":
        return from_json(path.read_bytes()), []
    raise SheetsRefused(
        _("Give the workbook (.xlsx), the tables (.csv, or all of them as .zip) or the .json file.")
    )


def from_workbook(path: Path) -> tuple[list[Sheet], list[Finding]]:
    """Read by a process of its own, with limits of memory and time."""
    found = read_apart(READER, path, seconds=MOST_SECONDS)
    if found is None:
        raise SheetsRefused(_("The file needs too much time or memory to be read. Send it in smaller parts."))
    if "damaged" in found:
        raise SheetsRefused(_("Not a valid .xlsx file: it is damaged or incomplete."))
    sheets = [
        sheet_of(
            name=item["name"],
            rows=[(number, [told(cell) for cell in row]) for number, row in item["rows"]],
        )
        for item in found["sheets"]
    ]
    return sheets, [finding(item) for item in found["found"]]


def told(cell: Any) -> Any:
    return dt.date.fromisoformat(cell[1]) if isinstance(cell, list) else cell


def finding(item: dict[str, Any]) -> Finding:
    """A sentence for what the reader found."""
    sentences = {
        "merged": _("The cells %(value)s are merged. Take the merge apart, so that each cell stands alone."),
        "formula": _("%(place)s has no value: recalculate and save in Excel."),
        "error": _("%(place)s shows an error instead of a value. Put the formula right or write the value."),
        "rows": _("More than %(value)s rows. Send the rows in several files."),
        "columns": _("More than %(value)s columns."),
        "hidden_sheet": _("This sheet is hidden. It is read like the others."),
        "hidden_row": _("This row is hidden. It is read like the others."),
        "hidden_column": _("Columns %(value)s are hidden. They are read like the others."),
    }
    return Finding(
        kind="notice" if item["code"].startswith("hidden") else "problem",
        text=sentences[item["code"]] % item,
        sheet=item["sheet"],
        row=item.get("row", 0),
        column=item.get("column", ""),
        value=shortened(item.get("value")) if item["code"] == "error" else "",
        unread=str(item["value"]) if item["code"] == "merged" else "",
    )


def from_zip(path: Path) -> tuple[list[Sheet], list[Finding]]:
    try:
        with zipfile.ZipFile(path) as archive:
            tables = [
                (PurePosixPath(part.filename).stem, archive.read(part))
                for part in archive.infolist()
                if part.filename.lower().endswith(".csv")
            ]
    # RuntimeError: a password, or a compression that is not known here.
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError):
        raise SheetsRefused(_("Not a valid .zip file: it is damaged or incomplete.")) from None
    if not tables:
        raise SheetsRefused(_("The .zip file holds no .csv tables."))
    return from_tables(tables)


def from_json(content: bytes) -> list[Sheet]:
    """The form that the export writes: {"sheets": [{"name", "columns", "rows"}]}."""
    try:
        read = json.loads(content.decode("utf-8-sig"), parse_constant=refuse_constant)
        return [json_sheet(item) for item in read["sheets"]]
    except UnicodeDecodeError:
        raise SheetsRefused(not_utf8()) from None
    except (ValueError, RecursionError, KeyError, TypeError):
        raise SheetsRefused(_("Not a JSON file of answers. Take one from the export.")) from None


def refuse_constant(name: str) -> float:
    raise ValueError(name)


def json_sheet(item: Any) -> Sheet:
    """Raises KeyError, TypeError or ValueError for anything else than a table of plain cells."""
    name, columns, rows = item["name"], item["columns"], item["rows"]
    named = isinstance(name, str) and all(isinstance(column, str) for column in columns)
    if not named or len(rows) > MOST_ROWS or not all(isinstance(row, list) for row in rows):
        raise ValueError
    if any(not isinstance(cell, str | int | float | None) for row in rows for cell in row):
        raise ValueError
    return Sheet(name=name, columns=columns, rows=list(enumerate(rows, start=2)))
