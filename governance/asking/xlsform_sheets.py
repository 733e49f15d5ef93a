"""The sheets of an XLSForm as they were written: each cell with its row, before the converter reads them.

The converter forgets where a row stood and drops what it does not know. Both are looked up here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Way = tuple[str, ...]
END = re.compile(r"end[ _]")
# Words that say yes to the converter.
YES = {"yes", "true", "true()"}
NO = {"no", "false", "false()"}
GROUPING = ("bind", "control")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """`way`: what the converter takes the column for; “caption::Polish (pl)” is ("label", "Polish (pl)")."""

    header: str
    way: Way
    text: str

    @property
    def key(self) -> str:
        """What the column is for: “label”, “media”, and “relevant” of ("bind", "relevant")."""
        return self.way[1] if self.way[0] in GROUPING and len(self.way) > 1 else self.way[0]

    @property
    def languages(self) -> Way:
        return self.way[2:] if self.way[0] in (*GROUPING, "media") else self.way[1:]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of a sheet, as a spreadsheet numbers it, with the cells that are not empty."""

    row: int
    cells: tuple[Cell, ...]

    def of(self, key: str) -> str:
        """What the column of this name says; “bind::type” is another one than “type”."""
        return next((cell.text for cell in self.cells if cell.way[0] == key), "")

    @property
    def type(self) -> str:
        return self.of("type")

    @property
    def name(self) -> str:
        """The name the converter works with: it gives some rows one."""
        if self.type == "audit":
            return "audit"
        if self.type == "note" and not self.of("name"):
            return f"generated_note_name_{self.row}"
        return self.of("name")

    @property
    def is_disabled(self) -> bool:
        return self.of("disabled").lower() in YES

    @property
    def is_end(self) -> bool:
        return END.match(self.type) is not None


def lines_of(sheet: Mapping[str, Any] | None) -> list[Line]:
    """The rows of a sheet as the reader gives it: {"columns": {header: way}, "rows": [[2, {…: text}]]}."""
    if not sheet:
        return []
    ways = {header: tuple(way) for header, way in sheet["columns"].items()}
    return [
        Line(
            row=row,
            cells=tuple(
                Cell(header=header, way=ways.get(header, (header,)), text=text)
                for header, text in cells.items()
            ),
        )
        for row, cells in sheet["rows"]
    ]


def places(survey: list[Line]) -> dict[str, list[int]]:
    """The rows in which a name stands that the converter reads."""
    found: dict[str, list[int]] = {}
    for line in survey:
        if line.type and line.name and not line.is_end and not line.is_disabled:
            found.setdefault(line.name, []).append(line.row)
    return found


def choice_places(choices: list[Line]) -> dict[str, list[int]]:
    """The rows of each list, in the order in which its choices are offered."""
    found: dict[str, list[int]] = {}
    for line in choices:
        if line.of("list name"):
            found.setdefault(line.of("list name"), []).append(line.row)
    return found


def rows_text(rows: list[int], most: int = 20) -> str:
    """ "3–10, 14": rows in few words."""
    parts = list(runs(sorted(set(rows))))
    said = [str(first) if first == last else f"{first}–{last}" for first, last in parts[:most]]
    return ", ".join([*said, "…"] if len(parts) > most else said)


def runs(rows: list[int]) -> Iterator[tuple[int, int]]:
    first = last = None
    for row in rows:
        if first is None or last is None or row != last + 1:
            if first is not None and last is not None:
                yield first, last
            first = row
        last = row
    if first is not None and last is not None:
        yield first, last
