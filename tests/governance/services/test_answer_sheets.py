"""Tables of a workbook, read by a process of its own; of CSV files in the ways people save them."""

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook

from governance.services.answer_sheets import read_sheets


def saved(book, path):
    book.save(path)
    return path


def with_result(path):
    """The same workbook with a stored result of its formula, as a spreadsheet program leaves it."""
    source = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w") as target:
        for part in source.infolist():
            content = source.read(part).replace(b"<f>SUM(1,2)</f><v></v>", b"<f>SUM(1,2)</f><v>3</v>")
            target.writestr(part, content.replace(b"<f>SUM(1,2)</f><v />", b"<f>SUM(1,2)</f><v>3</v>"))
    return path


def test_values_of_formulas_dates_and_what_is_hidden(tmp_path):
    book = Workbook()
    page = book.active
    page.title = "A"
    page.append(["response", "a", "b"])
    page.append([1, "=SUM(1,2)", dt.date(2026, 3, 1)])
    page.append([])
    page.append([4.5, True, "text"])
    page.row_dimensions[4].hidden = True
    page.column_dimensions["B"].hidden = True
    book.create_sheet("B").sheet_state = "hidden"
    sheets, found = read_sheets(path=with_result(saved(book, tmp_path / "a.xlsx")), name="a.xlsx")
    assert [(sheet.name, sheet.columns) for sheet in sheets] == [("A", ["response", "a", "b"]), ("B", [])]
    assert sheets[0].rows == [(2, [1, 3, dt.date(2026, 3, 1)]), (4, [4.5, True, "text"])]
    assert [(item.kind, item.sheet, item.row, item.text) for item in found] == [
        ("notice", "A", 0, "Columns 2-2 are hidden. They are read like the others."),
        ("notice", "A", 4, "This row is hidden. It is read like the others."),
        ("notice", "B", 0, "This sheet is hidden. It is read like the others."),
    ]


@pytest.mark.parametrize(("separator", "encoding"), [(",", "utf-8"), (";", "cp1250"), ("\t", "utf-8-sig")])
def test_a_table_is_read_as_it_was_saved(tmp_path, separator, encoding):
    rows = [["response", "name"], ["1", f'Łódź{separator} "quoted"\nand more']]
    text = "\r\n".join(separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    (sheet,), found = read_sheets(path=path, name="a.csv")
    assert (sheet.columns, sheet.rows, found) == (rows[0], [(2, rows[1])], [])
