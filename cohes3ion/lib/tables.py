"""Tables out of the house: cells that no spreadsheet program takes for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from cohes3ion.lib.characters import well_formed

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: Any) -> Any:
    """Text that could be run as a formula gets an apostrophe in front; numbers stay numbers."""
    if isinstance(value, str) and value.lstrip(" ").startswith(RISKY):
        return f"'{value}"
    return value


def written_cell(value: Any) -> Any:
    return well_formed(value) if isinstance(value, str) else value


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    """CSV with a byte order mark, so that Excel reads accents right. None becomes an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow(["" if cell is None else safe_cell(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def xlsx_bytes(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]) -> bytes:
    """Sheets (name, columns, rows) as a workbook. Text that looks like a formula stays text.

    A character that XML does not allow would make the whole file unreadable: it is replaced.
    """
    from openpyxl import Workbook  # slow import: pages without a download do without it
    from openpyxl.cell import WriteOnlyCell  # slow import

    book = Workbook(write_only=True)
    for name, columns, rows in sheets:
        page = book.create_sheet(well_formed(name)[:31])
        page.freeze_panes = "A2"
        for row in (columns, *rows):
            cells = [WriteOnlyCell(page, value=written_cell(value)) for value in row]
            for cell, value in zip(cells, row, strict=True):
                if isinstance(value, str):
                    cell.data_type = "s"
            page.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
