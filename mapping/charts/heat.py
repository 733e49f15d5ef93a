"""Do groups disagree? Levels as a table of coloured cells, each with its number in it.

The page shows `heat_table` as an HTML table. `heat_svg` is the same table as a picture, for PDF and download.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from mapping.charts.figure import (
    Column,
    Figure,
    Heading,
    NumberText,
    Table,
    make_figure,
    number_text,
    plain_number,
    rounded_or_none,
)

KIND = "heat"
# From this level on a cell belongs to the next class: five classes on the scale from 1 to 5.
BREAKS = (2.0, 2.6, 3.2, 3.8)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, kw_only=True)
class HeatRow:
    """One line: a value per column, or None with the reason at the same place.

    `spread` is printed at the right, strong when the page speaks about it; `own` marks the reader's line;
    `plain` is a line without colour, such as the median below the others.
    """

    label: str
    values: tuple[float | None, ...]
    reasons: tuple[str, ...] = ()
    note: str = ""
    href: str = ""
    spread: float | None = None
    strong: bool = False
    own: bool = False
    plain: bool = False


@dataclass(frozen=True, kw_only=True)
class HeatWords:
    """The words of the table: a title and a note ("7 answers") per column, and the rest of its head."""

    row: str
    columns: tuple[str, ...]
    notes: tuple[str, ...] = ()
    spread: str = ""
    breaks: tuple[float, float, float, float] = BREAKS


@dataclass(frozen=True, kw_only=True)
class HeatCell:
    """What one cell shows: `level` 1 to 5, 0 when hidden or missing, -1 for a cell without colour."""

    text: str
    level: int
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class HeatLine:
    """One line of the table as it is read."""

    label: str
    note: str
    href: str
    cells: tuple[HeatCell, ...]
    spread: str
    strong: bool
    own: bool
    plain: bool


@dataclass(frozen=True, kw_only=True)
class HeatTable:
    """The table as it is read: head, lines, the five classes, and what the marks in hidden cells mean."""

    row: str
    columns: tuple[tuple[str, str], ...]
    spread: str
    lines: tuple[HeatLine, ...]
    classes: tuple[tuple[int, str], ...]
    reasons: tuple[tuple[str, str], ...]


def heat_figure(rows: Sequence[HeatRow], *, heading: Heading, words: HeatWords) -> Figure:
    """Make the figure; a row with fewer values than columns is missing the rest."""
    kept = [_rounded(row, len(words.columns)) for row in rows]
    spread = bool(words.spread)
    columns = [Column(label=words.row), *(Column(label=label, kind="number") for label in words.columns)]
    if spread:
        columns.append(Column(label=words.spread, kind="number"))
    cells = [
        (
            row.label,
            *(
                reason or None if value is None else value
                for value, reason in zip(row.values, row.reasons, strict=True)
            ),
            *((row.spread,) if spread else ()),
        )
        for row in kept
    ]
    stored = {
        name: list(value) if isinstance(value, tuple) else value for name, value in asdict(words).items()
    }
    return make_figure(
        heading,
        kind=KIND,
        data={"rows": [_as_lists(row) for row in kept], "words": stored},
        table=Table(columns=tuple(columns), rows=tuple(cells)),
    )


def _rounded(row: HeatRow, count: int) -> HeatRow:
    values = (*row.values, *[None] * count)[:count]
    reasons = (*row.reasons, *[""] * count)[:count]
    stored = asdict(row) | {"values": tuple(rounded_or_none(value) for value in values), "reasons": reasons}
    return HeatRow(**stored | {"spread": rounded_or_none(row.spread)})


def _as_lists(row: HeatRow) -> dict[str, object]:
    return asdict(row) | {"values": list(row.values), "reasons": list(row.reasons)}


def heat_words(figure: Figure) -> HeatWords:
    """The words the figure was made with."""
    stored = figure.data["words"]
    lists = {name: tuple(stored[name]) for name in ("columns", "notes", "breaks")}
    return HeatWords(**stored | lists)


def heat_level(value: float, breaks: Sequence[float] = BREAKS) -> int:
    """Class of a value, 1 to 5.

    >>> heat_level(1.9), heat_level(2.0), heat_level(5.0)
    (1, 2, 5)
    """
    return 1 + sum(value >= limit for limit in breaks)


def heat_table(figure: Figure, *, number: NumberText = plain_number) -> HeatTable:
    """The table as it is read, for an HTML table. A hidden cell has a mark; `reasons` says what it means."""
    words = heat_words(figure)
    rows = [
        HeatRow(**row | {"values": tuple(row["values"]), "reasons": tuple(row["reasons"])})
        for row in figure.data["rows"]
    ]
    marks = _reason_marks(rows)
    notes = (*words.notes, *[""] * len(words.columns))
    return HeatTable(
        row=words.row,
        columns=tuple(zip(words.columns, notes, strict=False)),
        spread=words.spread,
        lines=tuple(_line(row, words, marks, number) for row in rows),
        classes=tuple(enumerate(_class_labels(words.breaks, number), start=1)),
        reasons=tuple((mark, reason) for reason, mark in marks.items() if reason),
    )


def _line(row: HeatRow, words: HeatWords, marks: dict[str, str], number: NumberText) -> HeatLine:
    cells = []
    for value, reason in zip(row.values, row.reasons, strict=True):
        if value is None:
            cells.append(HeatCell(text=marks[reason], level=0, reason=reason))
        else:
            level = -1 if row.plain else heat_level(value, words.breaks)
            cells.append(HeatCell(text=number_text(value, number), level=level))
    return HeatLine(
        label=row.label,
        note=row.note,
        href=row.href,
        cells=tuple(cells),
        spread="" if row.spread is None else number_text(row.spread, number),
        strong=row.strong,
        own=row.own,
        plain=row.plain,
    )


def _reason_marks(rows: Sequence[HeatRow]) -> dict[str, str]:
    """A mark per reason: a dash while there is only one, letters from the second on."""
    gaps = [
        reason for row in rows for value, reason in zip(row.values, row.reasons, strict=True) if value is None
    ]
    found = list(dict.fromkeys(gaps))
    if len(found) < 2:
        return dict.fromkeys(found, "–")
    return {reason: _LETTERS[place % 26] if reason else "–" for place, reason in enumerate(found)}


def _class_labels(breaks: Sequence[float], number: NumberText) -> list[str]:
    """The classes as ranges of the one decimal that is shown: "< 2.0", "2.0–2.5", ..., "≥ 3.8"."""
    texts = [number_text(limit, number) for limit in breaks]
    ends = [number_text(limit - 0.1, number) for limit in breaks[1:]]
    middle = [f"{start}–{end}" for start, end in zip(texts, ends, strict=False)]
    return [f"< {texts[0]}", *middle, f"≥ {texts[-1]}"]
