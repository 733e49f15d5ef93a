"""Capabilities pasted from a spreadsheet: read, checked row by row, and saved all together or not at all."""

import csv
import re
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mapping.enums import AnswerKind, CapabilityKind, Strength
from mapping.models import Capability, Code, RegionalPriority, RegionMap, TerritorialUnit
from mapping.selectors.twins import plain_name
from mapping.services.records import add_record

COLUMNS = ("name", "unit", "kind", "economic", "strength", "priority")
HEADERS = {"economic code": "economic", "nace": "economic", "capability": "name", "territorial unit": "unit"}
MOST_ROWS = 500
NONE_ON_PURPOSE = {"none", "none on purpose", "none, on purpose"}
UNKNOWN = {"unknown", "no information", "not known"}


class PasteRefused(Exception):
    """Rows with problems: nothing was saved."""


@dataclass(kw_only=True)
class PastedRow:
    """A line as it was pasted, what it would write, and what is wrong with it."""

    number: int
    cells: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    codes: list[Code] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def split_lines(text: str) -> list[list[str]]:
    """Cells of each line; the separator is the one of the first line: tab, semicolon or comma."""
    lines = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    if not lines:
        return []
    separator = next((sign for sign in "\t;," if sign in lines[0]), "\t")
    return [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=separator)]


def header_of(cells: list[str]) -> list[str] | None:
    """The columns a first line names, or nothing when it is a row like the others."""
    words = [" ".join(cell.casefold().split()) for cell in cells]
    names = [HEADERS.get(word, word) for word in words]
    return names if "name" in names and set(names) <= {*COLUMNS, ""} else None


class PasteReader:
    """What the rows may refer to, read once."""

    def __init__(self, *, region_map: RegionMap, units: list[TerritorialUnit]) -> None:
        self.units = {plain_name(unit.name): unit for unit in units}
        rows = RegionalPriority.objects.filter(region_map=region_map)
        self.priorities = {plain_name(row.name): row for row in rows}
        stored = Capability.objects.filter(region_map=region_map).values_list("unit_id", "name")
        self.taken = {(unit, plain_name(name)): name for unit, name in stored}
        self.seen: dict[tuple[int, str], int] = {}
        self.codes: dict[str, Code] = {}

    def read(self, text: str) -> list[PastedRow]:
        lines = split_lines(text)
        header = header_of(lines[0]) if lines else None
        columns = header or list(COLUMNS)
        rows = []
        for number, cells in enumerate(lines, start=1):
            if header and number == 1:
                continue
            row = PastedRow(number=number, cells=dict(zip(columns, cells, strict=False)))
            if any(cells[len(columns) :]):
                row.problems.append(
                    _("This row has %(found)d columns; at most %(most)d are expected.")
                    % {"found": len(cells), "most": len(columns)}
                )
            rows.append(row)
        self.codes = {
            code.code: code
            for code in Code.objects.filter(code__in=wanted_codes(rows), code_list__key="nace")
        }
        for row in rows[:MOST_ROWS]:
            for check in (self.unit, self.name, self.kind, self.economic, self.strength, self.priority):
                check(row)
        if len(rows) > MOST_ROWS:
            rows[0].problems.append(
                _("More than %(most)d rows. Paste fewer at a time.") % {"most": MOST_ROWS}
            )
        return rows

    def unit(self, row: PastedRow) -> None:
        typed = row.cells.get("unit", "")
        alone = next(iter(self.units.values())) if len(self.units) == 1 and not typed else None
        unit = alone or self.units.get(plain_name(typed))
        if unit is None:
            text = _("You cannot add to a unit called “%(name)s”. Choose one of: %(units)s.")
            units = ", ".join(unit.name for unit in self.units.values())
            row.problems.append(text % {"name": typed[:80], "units": units})
        else:
            row.values["unit"] = unit
            row.cells["unit"] = unit.name

    def name(self, row: PastedRow) -> None:
        name = " ".join(row.cells.get("name", "").split())
        try:
            row.values["name"] = Capability._meta.get_field("name").clean(name, None)
        except ValidationError as wrong:
            row.problems.append(_("The name is missing.") if not name else " ".join(wrong.messages))
            return
        unit = row.values.get("unit")
        if unit is None:
            return
        key = (unit.pk, plain_name(name))
        if key in self.taken:
            text = _("There is already “%(name)s” in %(unit)s.")
            row.problems.append(text % {"name": self.taken[key], "unit": unit.name})
        elif key in self.seen:
            text = _("Rows %(first)d and %(second)d are the same.")
            row.problems.append(text % {"first": self.seen[key], "second": row.number})
        self.seen.setdefault(key, row.number)

    def kind(self, row: PastedRow) -> None:
        words = {
            word: value for value, label in CapabilityKind.choices for word in (value, plain_name(str(label)))
        }
        typed = plain_name(row.cells.get("kind", ""))
        row.values["kind"] = words.get(typed or CapabilityKind.SECTORAL)
        if row.values["kind"] is None:
            row.problems.append(
                _("The kind is horizontal or sectoral, not “%(text)s”.") % {"text": typed[:40]}
            )

    def economic(self, row: PastedRow) -> None:
        wanted = economic_codes(row)
        row.codes = [self.codes[code] for code in wanted if code in self.codes]
        missing = ", ".join(code for code in wanted if code not in self.codes)
        if missing:
            row.problems.append(_("There is no economic code “%(codes)s”.") % {"codes": missing[:80]})

    def strength(self, row: PastedRow) -> None:
        typed = plain_name(row.cells.get("strength", ""))
        steps = {
            word: value for value, label in Strength.choices for word in (str(value), plain_name(str(label)))
        }
        plain = {"": AnswerKind.UNANSWERED, "does not apply": AnswerKind.DOES_NOT_APPLY}
        plain |= dict.fromkeys(UNKNOWN, AnswerKind.NO_INFORMATION)
        row.values["strength"] = steps.get(typed)
        row.values["strength_answer"] = AnswerKind.VALUE if typed in steps else plain.get(typed)
        if row.values["strength_answer"] is None:
            text = _(
                "Strength is a number from 1 to 5, “no information” or “does not apply”, not “%(text)s”."
            )
            row.problems.append(text % {"text": typed[:40]})

    def priority(self, row: PastedRow) -> None:
        typed = plain_name(row.cells.get("priority", ""))
        found = self.priorities.get(typed)
        plain = {"": AnswerKind.UNANSWERED}
        plain |= dict.fromkeys(NONE_ON_PURPOSE, AnswerKind.DOES_NOT_APPLY)
        plain |= dict.fromkeys(UNKNOWN, AnswerKind.NO_INFORMATION)
        row.values["priority"] = found
        row.values["priority_answer"] = AnswerKind.VALUE if found else plain.get(typed)
        if row.values["priority_answer"] is None:
            text = _("There is no priority called “%(name)s”. Write “none” if there is none on purpose.")
            row.problems.append(text % {"name": row.cells.get("priority", "")[:80]})


def economic_codes(row: PastedRow) -> list[str]:
    parts = re.split(r"[\s,;|+]+", row.cells.get("economic", ""))
    return [part.removeprefix("nace:").upper() for part in parts if part]


def wanted_codes(rows: list[PastedRow]) -> set[str]:
    return {code for row in rows for code in economic_codes(row)}


def save_paste(
    *, region_map: RegionMap, units: list[TerritorialUnit], text: str, by: Any
) -> list[Capability]:
    """Add every row, or none. Raises PasteRefused, MapClosed."""
    with transaction.atomic():
        rows = PasteReader(region_map=region_map, units=units).read(text)
        if not rows or any(row.problems for row in rows):
            raise PasteRefused
        return [
            add_record(
                model=Capability,
                region_map=region_map,
                by=by,
                values=row.values,
                links={"codes": [code.pk for code in row.codes]},
            )
            for row in rows
        ]
