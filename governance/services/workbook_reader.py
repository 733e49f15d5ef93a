"""Reads one workbook and prints its cells as JSON. A process of its own.

    python -m governance.services.workbook_reader FILE

The file comes from anybody: one that needs more than the limits below ends this process and nothing else. A
formula counts as the value it was stored with, nothing is computed, and macros are never looked at.
"""

import datetime as dt
import json
import resource
import sys
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

MOST_MEMORY = 1500 * 1024 * 1024
MOST_SECONDS = 60
MOST_ROWS, MOST_COLUMNS, MOST_NAMED = 10_000, 8_000, 20
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Found = list[dict[str, Any]]


def read(path: str) -> dict[str, Any]:
    from openpyxl import load_workbook  # slow import: only this process loads the library

    # As a stream: by its path the library would judge the ending, and stored files have none.
    book = load_workbook(BytesIO(Path(path).read_bytes()), read_only=True, data_only=True)
    sheets: Found = []
    found: Found = []
    for page in book.worksheets:
        structure = structure_of(book._archive, page._worksheet_path)
        if page.sheet_state != "visible":
            structure.append({"code": "hidden_sheet"})
        rows, more = rows_of(page)
        found += [{"sheet": page.title, **item} for item in (*structure, *more)]
        sheets.append({"name": page.title, "rows": rows})
    return {"sheets": sheets, "found": found}


def rows_of(page: Any) -> tuple[list[Any], Found]:
    """Rows that hold something, each with its number; a size that the file merely claims is not believed."""
    page.reset_dimensions()
    rows: list[Any] = []
    for number, cells in enumerate(page.iter_rows(values_only=True), start=1):
        while cells and cells[-1] in (None, ""):
            cells = cells[:-1]
        if not cells:
            continue
        if len(rows) > MOST_ROWS:
            return [], [{"code": "rows", "value": MOST_ROWS}]
        if len(cells) > MOST_COLUMNS:
            return [], [{"code": "columns", "row": number, "value": MOST_COLUMNS}]
        rows.append([number, [plain(cell) for cell in cells]])
    return rows, []


def plain(cell: Any) -> Any:
    """A cell as JSON; a date is a list of its own, so that it is no text."""
    if isinstance(cell, dt.datetime | dt.date):
        return ["date", cell.isoformat()[:10]]
    return str(cell) if isinstance(cell, dt.time | dt.timedelta) else cell


def structure_of(archive: Any, name: str) -> Found:
    """Merged cells, what is hidden, and formulas without a value: what the values do not tell."""
    found: Found = []
    with archive.open(name) as stream:
        for _event, item in ElementTree.iterparse(stream):
            if item.tag == f"{MAIN}c":
                found += cell_problem(item)
            elif item.tag == f"{MAIN}row":
                if item.get("hidden") in ("1", "true"):
                    found.append({"code": "hidden_row", "row": int(item.get("r") or 0)})
                item.clear()
            elif item.tag == f"{MAIN}col" and item.get("hidden") in ("1", "true"):
                found.append({"code": "hidden_column", "value": f"{item.get('min')}-{item.get('max')}"})
            elif item.tag == f"{MAIN}mergeCell":
                found.append({"code": "merged", "value": item.get("ref")})
    return found[:MOST_NAMED]


def cell_problem(item: Any) -> Found:
    place = item.get("r") or ""
    row = int("".join(sign for sign in place if sign.isdigit()) or 0)
    where = {"row": row, "column": place.rstrip("0123456789"), "place": place}
    value = item.findtext(f"{MAIN}v")
    if item.get("t") == "e":
        return [{"code": "error", "value": value, **where}]
    if item.find(f"{MAIN}f") is not None and not value:
        return [{"code": "formula", **where}]
    return []


def main(path: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    try:
        found = read(path)
    except Exception as error:
        # A damaged file breaks the library in many ways; each of them is a refusal.
        found = {"damaged": f"{type(error).__name__}: {error}"}
    json.dump(found, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
