"""What is to be said about a file of answers: where it stands, and what to do about it."""

import re
from dataclasses import dataclass, field
from typing import Any

from cohes3ion.lib.characters import well_formed


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One sentence about a place of a file.

    kind: "problem", "conflict" (changed since the export; `stands` says to what), or "notice", which keeps
    nothing from being imported. `unread`: the cells of a sheet ("G2:H3") that it keeps from being read.
    """

    text: str
    kind: str = "problem"
    sheet: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    stands: str = ""
    unread: str = ""

    def line(self) -> str:
        """As one line of text that any screen takes: sheet, row, column, value, and the sentence."""
        where = [
            self.sheet,
            f"row {self.row}" if self.row else "",
            f"column {self.column}" * bool(self.column),
        ]
        place = ", ".join(part for part in where if part)
        value = f" “{self.value}”" if self.value else ""
        return well_formed(f"{place}{value}: {self.text}" if place else self.text)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table of a file: names of columns, then rows with their number in the file."""

    name: str
    columns: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[Any]]] = field(default_factory=list)
    # Text that a formula could start with carries an apostrophe in front, as our CSV files write it.
    marked: bool = False


def shortened(value: Any) -> str:
    """What stands in a cell, short enough for a report."""
    text = " ".join(str("" if value is None else value).split())
    return text if len(text) <= 80 else f"{text[:79]}…"


@dataclass(frozen=True, kw_only=True)
class Area:
    """Some cells of a sheet beside and below each other."""

    rows: range
    columns: range

    def holds(self, finding: Finding) -> bool:
        name = finding.column.partition(" ")[0]
        is_letter = name.isascii() and name.isalpha() and name.isupper()
        return is_letter and finding.row in self.rows and place_of(name) in self.columns


def area_of(text: str) -> Area | None:
    """The cells that a spreadsheet calls "G2:H3"."""
    found = re.fullmatch(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})", text)
    if found is None:
        return None
    left, top, right, bottom = found.groups()
    return Area(rows=range(int(top), int(bottom) + 1), columns=range(place_of(left), place_of(right) + 1))


def letter(place: int) -> str:
    """The name of a column as spreadsheets show it: 0 is A, 26 is AA."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(65 + rest) + found
    return found


def place_of(name: str) -> int:
    """The same backwards: A is 0."""
    place = 0
    for sign in name:
        place = place * 26 + ord(sign) - 64
    return place - 1
