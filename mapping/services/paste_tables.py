"""Rows as a spreadsheet gives them: any separator, quoted cells, columns named in the reader's language."""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from mapping.models import Code
from mapping.selectors.twins import plain_name

MOST_ROWS = 500
SEPARATORS = "\t;,"
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


def split_lines(text: str) -> list[tuple[int, list[str]]]:
    """Cells of each line with its number; the separator is found in the first line: tab, semicolon, comma.

    A separator inside of quoted cells is none. Raises PasteRefused when quotes never end.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    first = next((line for line in text.split("\n") if line.strip()), "")
    outside = "".join(part for place, part in enumerate(first.split('"')) if place % 2 == 0)
    separator = next((sign for sign in SEPARATORS if sign in outside), "\t")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        text = _("A quotation mark is opened and never closed. Look at the quotes.")
        raise PasteRefused(text) from None
    return [
        (number, [_spaced(cell) for cell in row])
        for number, row in enumerate(rows, start=1)
        if any(cell.strip() for cell in row)
    ]


def _spaced(cell: str) -> str:
    """One space between words; a tab stays where it stands between them, as it may part cells."""
    return "\t".join(" ".join(part.split()) for part in cell.strip().split("\t"))


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
    lines = split_lines(text)
    header = header_of(lines[0][1], names=names, needed=needed) if lines else None
    columns = header or list(names)
    rows = []
    body = lines[1:] if header else lines
    if len(body) > MOST_ROWS:
        told = {"found": len(body), "most": MOST_ROWS}
        raise PasteRefused(_("These are %(found)d rows; at most %(most)d are taken at once.") % told)
    wide = len(lines[0][1]) if lines else 0
    for number, cells in body:
        row = PastedRow(
            number=number, cells=dict(zip(columns, [" ".join(cell.split()) for cell in cells], strict=False))
        )
        if any(cells[len(columns) :]):
            told = {"found": len(cells), "most": len(columns)}
            row.problems.append(_("This row has %(found)d columns; at most %(most)d are expected.") % told)
        elif _is_parted_otherwise(cells, wide=wide):
            text = _("This row has one column; row %(row)d has %(most)d. Part its cells with the same sign.")
            told = {"most": wide, "row": lines[0][0]}
            row.problems.append(text % told)
        rows.append(row)
    return rows


def _is_parted_otherwise(cells: Sequence[str], *, wide: int) -> bool:
    """A line of one cell with another separator in it: not parted by the sign that parts the first line."""
    return wide > 1 and len(cells) == 1 and any(sign in cells[0] for sign in SEPARATORS)


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
