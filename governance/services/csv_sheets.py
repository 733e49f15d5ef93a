"""Tables as text: whatever separator and letters a spreadsheet program saved them with."""

import csv
import io
from typing import Any

from django.utils.translation import gettext as _

from cohes3ion.lib.decoding import Unreadable, decoded
from governance.selectors.import_findings import Finding, Sheet
from governance.services.archive_guard import SheetsRefused
from governance.services.workbook_reader import MOST_ROWS


def sheet_of(*, name: str, rows: list[tuple[int, list[Any]]], marked: bool = False) -> Sheet:
    """A table whose first row names its columns."""
    if not rows:
        return Sheet(name=name)
    head = [str("" if cell is None else cell).strip() for cell in rows[0][1]]
    return Sheet(name=name, columns=head, rows=rows[1:], marked=marked)


def from_tables(tables: list[tuple[str, bytes]]) -> tuple[list[Sheet], list[Finding]]:
    sheets, found = [], []
    for name, content in tables:
        sheet, problems = from_csv(name, content)
        sheets.append(sheet)
        found += problems
    return sheets, found


def from_csv(name: str, content: bytes) -> tuple[Sheet, list[Finding]]:
    """Comma, semicolon or tab, whichever parts the first line most; UTF-8, or what Excel writes here."""
    try:
        text = decoded(content)
    except Unreadable as unreadable:
        raise SheetsRefused(str(unreadable)) from None
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    rows: list[tuple[int, list[Any]]] = []
    found: list[Finding] = []
    try:
        for number, cells in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1
        ):
            if not any(cell.strip() for cell in cells):
                continue
            if len(rows) > MOST_ROWS:
                text = _("More than %(value)s rows. Send the rows in several files.") % {"value": MOST_ROWS}
                return Sheet(name=name), [Finding(text=text, sheet=name)]
            if rows and len(cells) != len(rows[0][1]):
                found.append(uneven(name, number, len(cells), len(rows[0][1])))
            rows.append((number, [cell or None for cell in cells]))
    except csv.Error as error:
        raise SheetsRefused(_("The file cannot be read as a table: %(why)s.") % {"why": error}) from None
    return sheet_of(name=name, rows=rows, marked=True), found


def uneven(name: str, row: int, found: int, wanted: int) -> Finding:
    text = _("Row %(row)d has %(found)d columns, %(wanted)d expected.")
    return Finding(text=text % {"row": row, "found": found, "wanted": wanted}, sheet=name, row=row)
