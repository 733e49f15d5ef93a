"""What is to be said about a file of answers: where it stands, and what to do about it."""

from dataclasses import dataclass, field
from typing import Any

from cohes3ion.lib.characters import well_formed


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One sentence about a place of a file.

    kind: "problem", "conflict" (changed since the export; `stands` says to what), or "notice", which keeps
    nothing from being imported.
    """

    text: str
    kind: str = "problem"
    sheet: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    stands: str = ""

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
