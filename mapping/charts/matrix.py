"""Who is strong in what? Territorial units in rows, capabilities in columns, a mark where they meet."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from mapping.charts.figure import Column, Figure, Heading, Table, make_figure

KIND = "matrix"


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    """A territorial unit; `depth` indents it below the unit it lies in."""

    label: str
    depth: int = 0
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class MatrixColumn:
    """A field of capability; neighbours with the same `group` share a title.

    `note` stands small below the title (a number and a sign), `said` is the same in words for the table.
    """

    label: str
    group: str = ""
    note: str = ""
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class MatrixMark:
    """A capability of unit number `row` in column number `column`.

    Without `strength` (1 to 5) it is hatched and `reason` says why. `role` is the letter of its role in the
    value chain. `linked` puts a ring around a capability that serves a regional priority.
    """

    row: int
    column: int
    name: str
    strength: int | None = None
    role: str = ""
    linked: bool = False
    reason: str = ""
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class MatrixWords:
    """Titles of the table, the five names of strength, and letter and name of each role."""

    row: str
    column: str
    name: str
    strength: str
    role: str
    strengths: tuple[str, str, str, str, str]
    roles: tuple[tuple[str, str], ...] = ()
    linked: str = ""
    yes: str = ""
    missing: str = ""
    notes: str = ""  # title of the notes of the columns
    signs: tuple[tuple[str, str], ...] = ()  # what the signs of the notes mean


@dataclass(frozen=True, kw_only=True)
class MatrixParts:
    """The data of a matrix as it was given, read back from a figure."""

    rows: tuple[MatrixRow, ...]
    columns: tuple[MatrixColumn, ...]
    marks: tuple[MatrixMark, ...]
    words: MatrixWords


def matrix_figure(parts: MatrixParts, *, heading: Heading) -> Figure:
    """Make the figure. The table has a line per mark: unit, field, capability, strength, role.

    A mark outside the rows and columns is an error of the caller and raises `ValueError`.
    """
    words = parts.words
    for mark in parts.marks:
        if not (0 <= mark.row < len(parts.rows) and 0 <= mark.column < len(parts.columns)):
            raise ValueError(f"The mark {mark.name!r} lies outside the matrix.")
    columns = [Column(label=label) for label in (words.row, words.column, words.name)]
    columns += [Column(label=words.strength, kind="number", decimals=0), Column(label=words.role)]
    if words.linked:
        columns.append(Column(label=words.linked))
    if words.notes:
        columns.append(Column(label=words.notes))
    return make_figure(
        heading,
        kind=KIND,
        data={
            "rows": [asdict(row) for row in parts.rows],
            "columns": [asdict(column) for column in parts.columns],
            "marks": [asdict(mark) for mark in parts.marks],
            "words": asdict(words)
            | {name: [list(pair) for pair in getattr(words, name)] for name in ("roles", "signs")}
            | {"strengths": list(words.strengths)},
        },
        table=Table(
            columns=tuple(columns), rows=tuple(_table_row(parts, mark) for mark in _in_order(parts.marks))
        ),
    )


def _in_order(marks: Sequence[MatrixMark]) -> list[MatrixMark]:
    return sorted(marks, key=lambda mark: (mark.row, mark.column, -(mark.strength or 0), mark.name))


def _table_row(parts: MatrixParts, mark: MatrixMark) -> tuple[str | int | None, ...]:
    words = parts.words
    strength = mark.reason or words.missing or None if mark.strength is None else mark.strength
    role = dict(words.roles).get(mark.role, mark.role)
    column = parts.columns[mark.column]
    cells = (parts.rows[mark.row].label, column.label, mark.name, strength, role)
    linked = (words.yes if mark.linked else "",) if words.linked else ()
    return (*cells, *linked, *((column.said,) if words.notes else ()))


def matrix_parts(figure: Figure) -> MatrixParts:
    """The data a matrix figure was made of, marks in the order of the table."""
    data = figure.data
    words = dict(data["words"])
    words["strengths"] = tuple(words["strengths"])
    for name in ("roles", "signs"):
        words[name] = tuple((sign, meaning) for sign, meaning in words.get(name, ()))
    return MatrixParts(
        rows=tuple(MatrixRow(**row) for row in data["rows"]),
        columns=tuple(MatrixColumn(**column) for column in data["columns"]),
        marks=tuple(_in_order([MatrixMark(**mark) for mark in data["marks"]])),
        words=MatrixWords(**words),
    )
