"""Rows as a spreadsheet gives them: any separator, quoted cells, columns named in the reader's language."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from mapping.models import Code
from mapping.selectors.twins import plain_name
from mapping.services.paste_lines import Line, parted_otherwise, split_lines

MOST_ROWS = 500
BETWEEN = (";", "|", ",")


class PasteRefused(Exception):
    """Rows with problems, or with a choice that is still open: nothing was saved.

    With a text when the rows cannot even be looked at one by one.
    """


@dataclass(kw_only=True)
class Choice:
    """What a person still has to say about a row or a name. `name`: of the form's field."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str = ""

    @property
    def is_open(self) -> bool:
        return self.chosen not in [value for value, _label in self.options]


@dataclass(kw_only=True)
class PastedRow:
    """A line as it was pasted, what it would write, and what is wrong with it."""

    number: int
    cells: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    codes: list[Code] = field(default_factory=list)
    links: dict[str, list[Any]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    choice: Choice | None = None
    # Names in it that somebody still has to explain.
    waiting: list[str] = field(default_factory=list)
    # Worth a look; the row is taken all the same.
    notes: list[str] = field(default_factory=list)
    # As it was pasted.
    raw: str = ""

    @property
    def is_left_out(self) -> bool:
        return self.choice is not None and self.choice.chosen == "skip"

    @property
    def is_broken(self) -> bool:
        """Only another text puts it right."""
        return bool(self.problems) and not self.is_left_out

    @property
    def is_wrong(self) -> bool:
        undecided = self.choice is not None and self.choice.is_open
        return self.is_broken or (not self.is_left_out and (undecided or bool(self.waiting)))


def digest(name: str) -> str:
    """A name as part of a form's field: the same for every spelling that differs by case or accents only."""
    return hashlib.sha256(plain_name(name).encode()).hexdigest()[:10]


def header_of(
    cells: Sequence[str], *, names: Mapping[str, Sequence[Any]], needed: Sequence[str]
) -> list[str] | None:
    """The columns a first line names, or nothing when it is a row like the others.

    `names`: each column with further words for it; they are known in English and in the reader's language.
    """
    words = {plain_name(str(word)): column for column, more in names.items() for word in (column, *more)}
    found = [words.get(plain_name(cell), plain_name(cell)) for cell in cells]
    return found if set(needed) <= set(found) and set(found) <= {*names, ""} else None


def table(text: str, *, names: Mapping[str, Sequence[Any]], needed: Sequence[str]) -> list[PastedRow]:
    """The rows by their columns, without the line that names these. Raises PasteRefused for too many."""
    pasted = split_lines(text)
    lines = pasted.lines
    header = header_of(lines[0].cells, names=names, needed=needed) if lines else None
    columns = header or list(names)
    body = lines[1:] if header else lines
    if len(body) > MOST_ROWS:
        told = {"found": len(body), "most": MOST_ROWS}
        raise PasteRefused(_("These are %(found)d rows; at most %(most)d are taken at once.") % told)
    usual = lines[0] if header else pasted.usual
    rows = []
    for line in body:
        cells = dict(zip(columns, [" ".join(cell.split()) for cell in line.cells], strict=False))
        row = PastedRow(number=line.number, cells=cells, raw=line.raw)
        if usual is not None:
            measure(row, line, usual=usual, separator=pasted.separator, most=len(columns))
        rows.append(row)
    return rows


def right_and_broken(text: str, *, reader: Any) -> tuple[str, str]:
    """The text in two: rows that can be added, and those that only another text puts right.

    Each with the line that names the columns; nothing where there is no such row.
    """
    rows, lines = reader.read(text), split_lines(text).lines
    known = {"names": reader.names, "needed": reader.needed}
    head = [line.raw for line in lines[:1] if header_of(line.cells, **known)]
    right = [row.raw for row in rows if not row.is_broken]
    broken = [row.raw for row in rows if row.is_broken]
    return "\n".join([*head, *right] if right else []), "\n".join([*head, *broken] if broken else [])


def measure(row: PastedRow, line: Line, *, usual: Line, separator: str, most: int) -> None:
    """Say what is odd about the number of cells, and what to do."""
    found, wide = len(line.cells), len(usual.cells)
    other = parted_otherwise(line, separator=separator, wide=wide)
    sign = {"\t": _("tab")}.get(separator, separator)
    if other:
        text = _(
            "Its cells are parted by “%(other)s”, those of row %(row)d by “%(sign)s”. Put “%(sign)s” between "
            "them."
        )
        told = {"other": {"\t": _("tab")}.get(other, other), "sign": sign, "row": usual.number}
        row.problems.append(text % told)
    elif any(line.cells[most:]):
        text = _(
            "This row has %(found)d columns; at most %(most)d are expected. Put a cell that holds “%(sign)s” "
            "between double quotes, or take away what is too much."
        )
        row.problems.append(text % {"found": found, "most": most, "sign": sign})
    elif found > wide:
        text = _(
            "It has %(found)d columns, row %(row)d has %(wide)d. A cell that holds “%(sign)s” needs double "
            "quotes."
        )
        row.notes.append(text % {"found": found, "wide": wide, "row": usual.number, "sign": sign})
    elif found < wide:
        text = _("It has %(found)d of %(wide)d columns (see row %(row)d): the last ones count as empty.")
        row.notes.append(text % {"found": found, "wide": wide, "row": usual.number})


def parts(text: str) -> list[str]:
    """Several names in one cell, with a semicolon, a bar or a comma between them."""
    separator = next((sign for sign in BETWEEN if sign in text), ",")
    return [part.strip() for part in text.split(separator) if part.strip()]


def words_for(choices: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    """A choice by its value and by its label in the reader's language."""
    return {plain_name(str(word)): value for value, label in choices for word in (value, label)}


def close_to(name: str, *, names: Mapping[str, str], most: int = 3) -> list[str]:
    """Names that look like what was typed; `names`: as shown, by their plain form."""
    return [names[plain] for plain in get_close_matches(plain_name(name), list(names), n=most, cutoff=0.6)]


def did_you_mean(sentence: str, *, found: Sequence[str]) -> str:
    """A sentence with what was probably meant."""
    return sentence + " " + _("Did you mean %(names)s?") % {"names": ", ".join(found)} if found else sentence
