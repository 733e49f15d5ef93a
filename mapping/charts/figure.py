"""What a figure is: a finding, its numbers, where they come from, and the same numbers as a table.

A figure holds data and words, no drawing. The chart modules make figures (`gap_figure`) and draw them
(`gap_plot`); a frozen document stores `to_dict()` and draws the same picture years later.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from math import floor
from typing import Any, Literal

Cell = str | float | int | None
# Writes a number that is not negative in the reader's language, with so many decimals.
NumberText = Callable[[float, int], str]


def rounded(value: float, decimals: int = 1) -> float:
    """Round half away from zero, as people and Django's templates do; Python alone would round 2.25 to 2.2.

    >>> rounded(2.25), rounded(-0.35)
    (2.3, -0.4)
    """
    scale: float = 10**decimals
    steps = value * scale
    if -1e9 < steps < 1e9:
        below = floor(steps)
        if abs(steps - below - 0.5) > 1e-6:  # surely no tie, so the decimal digits need not be looked at
            return (below + (steps - below > 0.5)) / scale + 0.0
    return float(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)) + 0.0


def rounded_or_none(value: float | None, decimals: int = 1) -> float | None:
    """Missing stays missing."""
    return None if value is None else rounded(value, decimals)


def plain_number(value: float, decimals: int = 1) -> str:
    """The number text used when the caller gives none: point, no grouping."""
    return f"{rounded(value, decimals):.{decimals}f}"


def number_text(
    value: float, number: NumberText = plain_number, *, decimals: int = 1, signed: bool = False
) -> str:
    """A number with a true minus sign; with `signed` a plus sign too. Zero has no sign."""
    value = rounded(value, decimals)
    sign = "−" if value < 0 else "+" if signed and value > 0 else ""
    return sign + number(abs(value), decimals)


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of the table beside the picture: words, or numbers with a fixed number of decimals."""

    label: str
    kind: Literal["text", "number", "signed"] = "text"
    decimals: int = 1


@dataclass(frozen=True, kw_only=True)
class Table:
    """The numbers of the picture. A missing one is None, or the reason in words."""

    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()

    def texts(self, number: NumberText = plain_number) -> list[list[str]]:
        """The cells as they are read, in the reader's language; an empty text where there is nothing."""
        return [
            [_cell_text(column, cell, number) for column, cell in zip(self.columns, row, strict=True)]
            for row in self.rows
        ]


def _cell_text(column: Column, cell: Cell, number: NumberText) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str) or column.kind == "text":
        return str(cell)
    return number_text(cell, number, decimals=column.decimals, signed=column.kind == "signed")


@dataclass(frozen=True, kw_only=True)
class Heading:
    """What stands around a picture.

    key         unique on the page; ids in the drawing are made of it
    title       the finding, not the subject
    number      "Figure 3" is written by the page; here only the number
    subtitle    what is shown, unit, scale, order
    source      where the numbers come from
    n           how many, in words ("23 organisations")
    date        written in the reader's language
    provenance  for instance "invented for the demonstration"
    unit        unit of the numbers
    alt         the picture in words; without it the table is read out
    language    language code of the texts
    """

    key: str
    title: str
    number: str = ""
    subtitle: str = ""
    source: str = ""
    n: str = ""
    date: str = ""
    provenance: str = ""
    unit: str = ""
    alt: str = ""
    language: str = ""

    def caption(self) -> str:
        """Source, n, date and provenance in one line, without those that are empty."""
        return " · ".join(part for part in (self.source, self.n, self.date, self.provenance) if part)


@dataclass(frozen=True, kw_only=True)
class Figure(Heading):
    """A picture before it is drawn: heading, kind, plain JSON data and the table with the same numbers."""

    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)
    table: Table = field(default_factory=Table)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON, for a frozen row."""
        return asdict(self)

    def description(self, number: NumberText = plain_number) -> str:
        """The picture in words."""
        return self.alt or read_out(self.table, number)

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Figure":
        """The figure that `to_dict` described."""
        table = Table(
            columns=tuple(Column(**column) for column in stored["table"]["columns"]),
            rows=tuple(tuple(row) for row in stored["table"]["rows"]),
        )
        return cls(**{**stored, "table": table})


def make_figure(heading: Heading, *, kind: str, data: Mapping[str, Any], table: Table) -> Figure:
    """Put heading, data and table together."""
    return Figure(**asdict(heading), kind=kind, data=data, table=table)


def read_out(table: Table, number: NumberText = plain_number) -> str:
    """The table as one text: "Skills: now 2.3, needed 4.4; Finance: ..."."""
    labels = [column.label for column in table.columns[1:]]
    rows = []
    for first, *cells in table.texts(number):
        values = [f"{label} {cell}".strip() for label, cell in zip(labels, cells, strict=True) if cell]
        rows.append(f"{first}: {', '.join(values)}" if values else first)
    return "; ".join(rows)


def figure_csv(figure: Figure) -> list[Sequence[Cell]]:
    """Rows for a CSV file: the table with plain numbers, then title, unit, source, n, date and provenance."""
    columns = figure.table.columns
    rows: list[Sequence[Cell]] = [[column.label for column in columns]]
    for row in figure.table.rows:
        rows.append([_plain_cell(column, cell) for column, cell in zip(columns, row, strict=True)])
    about = (figure.title, figure.subtitle, figure.unit)
    notes = (*about, figure.source, figure.n, figure.date, figure.provenance)
    return [*rows, [], *([note] for note in notes if note)]


def _plain_cell(column: Column, cell: Cell) -> Cell:
    if cell is None or isinstance(cell, str) or column.kind == "text":
        return cell
    return rounded(cell, column.decimals) if column.decimals else int(rounded(cell, 0))
