"""What a file of answers would change: the writes in their order, and everything that keeps it out."""

import hashlib
import json
from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from governance.asking.dates import check_after
from governance.models import GroupEntry, Response
from governance.selectors.answer_cells import Answered, answered
from governance.selectors.answer_tables import ENTRY, WHO, invited_units
from governance.selectors.import_bases import Past, plain
from governance.selectors.import_cells import slots_of
from governance.selectors.import_findings import Finding, Sheet, shortened
from governance.selectors.import_steps import EntryStep, Plan, Spot, Write, read_slot
from governance.selectors.import_tables import (
    Line,
    Table,
    column_problems,
    head_problems,
    is_about_answers,
    lines_of,
    match,
    tables_of,
)
from governance.selectors.problems import spoken
from governance.selectors.questionnaires import is_about_a_unit, is_asked
from governance.selectors.responses import is_open
from mapping.models import TerritorialUnit

REMOVE = ("remove", "-")
ABOUT = frozenset((*WHO, *ENTRY))
MOST_ENTRIES = 200


def named_responses(sheets: list[Sheet]) -> list[int]:
    """The responses that the rows of a file name, in order."""
    found = set()
    for sheet in filter(is_about_answers, sheets):
        if "response" in sheet.columns:
            at = sheet.columns.index("response")
            found |= {response_id(row[at]) for _n, row in sheet.rows if len(row) > at}
    return sorted(pk for pk in found if pk is not None)


def response_id(cell: Any) -> int | None:
    text = str(cell).strip().removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def plan_import(*, sheets: list[Sheet], seen: Any, fillable: Any, user: Any) -> Plan:
    """Read a file against the answers as they stand.

    seen, fillable: the responses this person may read, and may fill in (querysets). user None: an operator.
    """
    return Planner(sheets=sheets, seen=seen, fillable=fillable, past=Past(user)).read()


class Planner:
    """Reads a file once; what it needs of the database is read in a few queries beforehand."""

    def __init__(self, *, sheets: list[Sheet], seen: Any, fillable: Any, past: Past) -> None:
        self.sheets = [sheet for sheet in sheets if is_about_answers(sheet)]
        self.plan = Plan()
        wanted = named_responses(sheets)
        responses = list(
            seen.filter(pk__in=wanted).select_related(
                "region_map__region", "region_map__exercise", "unit", "questionnaire_version"
            )
        )
        self.fillable = set(fillable.filter(pk__in=wanted).values_list("pk", flat=True))
        by_version: dict[Any, list[Response]] = defaultdict(list)
        for row in responses:
            by_version[row.questionnaire_version].append(row)
        self.tables = {version.pk: tables_of(version) for version in by_version}
        self.rows: dict[int, Answered] = {}
        for version, group in by_version.items():
            questions = [
                item
                for one in self.tables[version.pk]
                for item in ([one.group] if one.group is not None else one.questions)
            ]
            given = answered(group, questions=questions, units=invited_units(group))
            self.rows |= {row.response.pk: row for row in given}
        self.past = past
        self.seen_rows: dict[Any, int] = {}
        self.new_keys: dict[str, int] = defaultdict(int)
        self.added: dict[Any, int] = defaultdict(int)

    def read(self) -> Plan:
        if not self.sheets:
            self.plan.findings.append(Finding(text=_("The file holds no table of answers.")))
        for sheet in self.sheets:
            wrong = list(head_problems(sheet))
            self.plan.findings += wrong
            if not any(item.kind == "problem" for item in wrong):
                self.read_sheet(sheet)
        self.check_periods()
        return self.plan

    def read_sheet(self, sheet: Sheet) -> None:
        versions = self.versions_in(sheet)
        matched = {pk: match(sheet=sheet, tables=self.tables[pk]) for pk in versions}
        found = [one for one in matched.values() if one is not None]
        wrong = list(column_problems(sheet=sheet, found=found)) if found else []
        self.plan.findings += wrong
        if wrong:
            return
        for line in lines_of(sheet):
            if isinstance(line, Finding):
                self.plan.findings.append(line)
                continue
            self.plan.rows += 1
            problem = self.read_line(line, matched)
            if problem is not None:
                self.plan.findings.append(problem)

    def versions_in(self, sheet: Sheet) -> list[int]:
        """The versions that the rows of a sheet answer: no other has a say in what its columns mean."""
        rows = (self.rows.get(pk) for pk in named_responses([sheet]))
        return sorted({row.response.questionnaire_version_id for row in rows if row is not None})

    def read_line(self, line: Line, matched: dict[int, Table | None]) -> Finding | None:
        """Sort one row into writes and findings; what is wrong with the row as a whole comes back."""
        row = self.rows.get(response_id(line.cell("response")) or 0)
        if row is None:
            text = _("There are no answers with this number that you may read.")
            if not line.text("response"):
                text = _("The number of the answers is missing. It must stand here as it was exported.")
            return line.find(text, name="response", value=line.text("response")[:40])
        told = {"region": row.response.region_map.region.slug, "group": str(row.response.group)}
        for name, value in told.items():
            if line.text(name) not in ("", value):
                text = _(
                    "Response %(pk)s is not of “%(told)s”: the cells of this row do not belong together."
                )
                values = {"pk": row.response.pk, "told": line.text(name)[:40]}
                return line.find(text % values, name=name, value=line.text(name)[:40])
        table = matched.get(row.response.questionnaire_version_id) or self.bare_table(line, row)
        if table is None:
            text = _(
                "These answers are asked nothing that this sheet has a column for. Move the row to its own "
                "sheet, or export the answers again."
            )
            return line.find(text, name="response", value=line.text("response"))
        unit = next((unit for unit in row.units if unit.key == line.text("about_unit")), None)
        if line.text("about_unit") and unit is None:
            text = _("These answers are not about a unit “%(key)s”.") % {"key": line.text("about_unit")[:60]}
            return line.find(text, name="about_unit")
        self.tell_strays(line, table)
        if table.group is not None:
            return self.read_entry(line, row, table, unit)
        return self.twice(line, (row.response.pk, unit, id(table))) or self.read_questions(
            line, row, table, unit
        )

    def tell_strays(self, line: Line, table: Table) -> None:
        """Rows of several versions in one sheet: what one of them is not asked is left out, and said."""
        for name, cell in line.cells.items():
            if name not in table.names and name not in ABOUT and plain(cell) is not None:
                text = _("These answers are not asked this. What stands here is left out.")
                self.plan.findings.append(line.find(text, name=name, kind="notice", value=shortened(cell)))
                return

    def bare_table(self, line: Line, row: Answered) -> Table | None:
        """The group of a sheet that holds entries and no question, as where a group holds notes alone."""
        if "entry" not in line.cells or set(line.cells) - ABOUT:
            return None
        tables = self.tables[row.response.questionnaire_version_id]
        groups = {one.group.pk: one for one in tables if one.group is not None}
        for (question, _unit), entries in row.given.entries.items():
            if question in groups and line.text("entry") in [entry.key for entry in entries]:
                return groups[question]
        return next((one for one in groups.values() if not one.names), None)

    def twice(self, line: Line, key: Any) -> Finding | None:
        here = (line.sheet.name, line.number)
        sheet, first = self.seen_rows.setdefault(key, here)
        if (sheet, first) == here:
            return None
        text = _("Rows %(first)d (%(sheet)s) and %(second)d are about the same answers.")
        return line.find(text % {"first": first, "sheet": sheet, "second": line.number}, name="response")

    def read_questions(
        self,
        line: Line,
        row: Answered,
        table: Table,
        unit: TerritorialUnit | None,
        part: str = "",
        new: bool = False,
    ) -> Finding | None:
        before = len(self.plan.writes)
        for item in table.questions:
            columns = table.columns[item.code]
            if columns[0] not in line.cells:
                continue
            cells = [line.cell(name) for name in columns]
            frame = table.group or item
            if not is_asked(frame, group=row.response.group) or is_about_a_unit(frame) is (unit is None):
                self.refuse_filled(line, columns, cells)
                continue
            for slot in slots_of(item, part=part):
                about = {"line": line, "row": row, "unit": unit, "is_new": new, "past": self.past}
                spot = Spot(slot=slot, columns=columns, cells=cells, **about)
                for found in read_slot(spot):
                    (self.plan.writes if isinstance(found, Write) else self.plan.findings).append(found)
        changed = self.plan.writes[before:]
        return self.may_write(line, row) if changed else None

    def refuse_filled(self, line: Line, columns: list[str], cells: list[Any]) -> None:
        filled = next((n for n, cell in enumerate(cells) if plain(cell) is not None), None)
        if filled is not None:
            text = _("This question is not put to this respondent, or not about this.")
            value = shortened(cells[filled])
            self.plan.findings.append(line.find(text, name=columns[filled], value=value))

    def may_write(self, line: Line, row: Answered) -> Finding | None:
        response = row.response
        if response.pk not in self.fillable:
            return line.find(_("You may read these answers, but not change them."), name="response")
        if not is_open(response):
            if response.is_writable:
                text = _("The round is closed, so these answers can no longer be changed.")
            else:
                text = _("These answers were sent. They can be changed after they are returned.")
            return line.find(text, name="response")
        return None

    def read_entry(
        self, line: Line, row: Answered, table: Table, unit: TerritorialUnit | None
    ) -> Finding | None:
        """A row of a repeating group: an entry there is, a new one, or one to be removed."""
        group, key = table.group, line.text("entry")
        assert group is not None
        unit_pk = unit.pk if unit else None
        live = {entry.key: entry for entry in row.given.entries.get((group.pk, unit_pk), [])}
        step = {"line": line, "response_id": row.response.pk, "group": group, "unit": unit_pk}
        if key and key not in live:
            return self.no_entry(line, row, group.pk, key)
        if key:
            twice = self.twice(line, (row.response.pk, unit, group.pk, key))
            if twice is None and line.text("number").casefold() in REMOVE:
                self.plan.entries.append(EntryStep(**step, key=key, version=live[key].version))
                return self.may_write(line, row)
            return twice or self.read_questions(line, row, table, unit, part=key)
        key = self.new_key(line, row, group.code, unit_pk, table)
        if key in live:  # this very row was imported before
            return self.read_questions(line, row, table, unit, part=key, new=True)
        before = len(self.plan.writes)
        problem = self.read_questions(line, row, table, unit, part=key, new=True)
        if len(self.plan.writes) == before:
            return problem
        self.plan.entries.append(EntryStep(**step, key=key))
        return problem or self.too_many(line, row, group, unit_pk, len(live))

    def no_entry(self, line: Line, row: Answered, group: int, key: str) -> Finding:
        gone = GroupEntry.objects.filter(response=row.response, question=group, key=key[:40]).first()
        text = (
            _("This entry was removed on the page. Bring it back there, or take the row out.")
            if gone is not None and gone.removed_at is not None
            else _("There is no such entry. Leave this cell empty to add a new one.")
        )
        return line.find(text, name="entry", value=key[:40])

    def new_key(self, line: Line, row: Answered, code: str, unit: int | None, table: Table) -> str:
        """Made from what the row says, so that importing the same file again adds nothing twice."""
        said = [str(plain(line.cell(name))) for item in table.questions for name in table.columns[item.code]]
        stem = json.dumps([row.response.pk, code, unit, said])
        self.new_keys[stem] += 1
        return hashlib.sha256(f"{stem} {self.new_keys[stem]}".encode()).hexdigest()[:12]

    def too_many(self, line: Line, row: Answered, group: Any, unit: int | None, there: int) -> Finding | None:
        limit = int(group.settings.get("max") or MOST_ENTRIES)
        self.added[row.response.pk, group.pk, unit] += 1
        if there + self.added[row.response.pk, group.pk, unit] <= limit:
            return None
        text = _("There is room for %(n)s entries, and this would be one more. Remove one first.")
        return line.find(text % {"n": limit}, name="entry")

    def check_periods(self) -> None:
        """The end of a period against its start, as it is to stand."""
        planned = {write.place: write.values.get("value") for write in self.plan.writes}
        for write in self.plan.writes:
            wanted = write.item.settings.get("after")
            if not wanted or write.part or write.field != "value":
                continue
            row = self.rows[write.response_id]
            start = planned.get((write.response_id, wanted, write.unit, ""))
            start = start or row.given.value_of(wanted, unit=write.unit)
            problem = check_after(write.values["value"], start)
            if problem is not None:
                text = spoken(problem, messages=write.item.messages)
                self.plan.findings.append(write.line.find(text, name=write.column, value=write.after))
