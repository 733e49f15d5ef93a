"""Which sheet of a file holds which questions, and which row is about whose answers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from governance.models import QuestionnaireVersion
from governance.selectors.answer_columns import table_columns
from governance.selectors.answer_tables import ENTRY, REMOVED, WHO, asked_in
from governance.selectors.import_findings import Finding, Sheet, letter
from governance.selectors.questionnaires import QuestionItem, sections_of

BOOK = "questionnaire_version"


@dataclass(frozen=True, kw_only=True)
class Table:
    """The questions of one section, or those of one repeating group, with their columns."""

    questions: tuple[QuestionItem, ...]
    group: QuestionItem | None = None
    columns: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def names(self) -> set[str]:
        return {name for names in self.columns.values() for name in names}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of a sheet, by the names of its columns."""

    sheet: Sheet
    number: int
    cells: dict[str, Any]

    def cell(self, name: str) -> Any:
        return self.cells.get(name)

    def text(self, name: str) -> str:
        value = self.cells.get(name)
        return "" if value is None else str(value).strip()

    def find(self, text: str, *, name: str = "", **more: Any) -> Finding:
        column = f"{letter(self.sheet.columns.index(name))} ({name})" if name in self.sheet.columns else name
        return Finding(text=text, sheet=self.sheet.name, row=self.number, column=column, **more)


def tables_of(version: QuestionnaireVersion) -> list[Table]:
    """The tables that an export of this version has, in its order."""
    found = []
    for section in sections_of(version=version, language=version.language):
        plain = tuple(item for item in section.questions if item.type not in ("group", "note"))
        if plain:
            found.append(table(plain))
        for item in section.questions:
            if item.type == "group":
                found.append(table(asked_in(item), group=item))
    return found


def table(questions: tuple[QuestionItem, ...], group: QuestionItem | None = None) -> Table:
    found = table_columns(questions, beside=WHO if group is None else [*WHO, *ENTRY])
    columns = {code: [column.name for column in columns] for code, columns in found.items()}
    return Table(questions=questions, group=group, columns=columns)


def match(*, sheet: Sheet, tables: list[Table]) -> Table | None:
    """The table of one version whose columns the sheet has: most of them in common.

    A code stands once in a version, so whatever a sheet is called and in whatever order its columns are,
    they belong to one table. Two versions may share all their codes: whose answers the rows are about says
    which of them is asked.
    """
    names = set(sheet.columns)
    best = max(tables, key=lambda one: len(one.names & names), default=None)
    return best if best is not None and best.names & names else None


def is_about_answers(sheet: Sheet) -> bool:
    """Not the code book, not the list of removed questions, not an empty sheet."""
    is_book = BOOK in sheet.columns and "response" not in sheet.columns
    return bool(sheet.columns) and not is_book and set(sheet.columns) != set(REMOVED)


def head_problems(sheet: Sheet) -> Iterator[Finding]:
    """What is wrong with the names of columns, whatever the questions are."""
    names = [name for name in sheet.columns if name]
    if "response" not in names:
        below = next((n for n, row in sheet.rows[:10] if "response" in [str(cell) for cell in row]), 0)
        text = (
            _("The names of columns stand in row %(row)d. They must stand in row 1.") % {"row": below}
            if below
            else _("This is no sheet of an export: column “response” is missing; found: %(found)s.")
            % {"found": ", ".join(names)[:200]}
        )
        yield Finding(text=text, sheet=sheet.name, row=below or 1)
        return
    for name in sorted({name for name in names if names.count(name) > 1}):
        text = _("Two columns are called “%(name)s”.") % {"name": name[:60]}
        yield Finding(text=text, sheet=sheet.name, row=1, column=name[:60])
    if not sheet.rows:
        yield Finding(text=_("There are no rows below the names."), sheet=sheet.name, kind="notice")


def column_problems(*, sheet: Sheet, found: list[Table]) -> Iterator[Finding]:
    """Columns that no question of these tables has, and questions of which only a part is there."""
    names = set(sheet.columns) - {""}
    known = {name for one in found for name in one.names} | set(WHO)
    if any(one.group is not None for one in found):
        known |= set(ENTRY)
        if "entry" not in names:
            text = _("Column “entry” is missing: it says which entry a row is. Take it from the export.")
            yield Finding(text=text, sheet=sheet.name, row=1)
    for name in sorted(names - known):
        text = _("There is no question with a column “%(name)s”. Take the column out, or put its name right.")
        place = f"{letter(sheet.columns.index(name))} ({name[:60]})"
        yield Finding(text=text % {"name": name[:60]}, sheet=sheet.name, row=1, column=place)
    for one in found:
        for code, wanted in one.columns.items():
            missing = [name for name in wanted if name not in names]
            if missing and len(missing) < len(wanted):
                text = _("Column “%(name)s” is missing beside the others of question %(code)s.")
                yield Finding(text=text % {"name": missing[0], "code": code}, sheet=sheet.name, row=1)


def lines_of(sheet: Sheet) -> Iterator[Line | Finding]:
    """The rows of a sheet; a cell outside the named columns is a problem of its own."""
    for number, row in sheet.rows:
        extra = [
            n
            for n, cell in enumerate(row)
            if cell not in (None, "") and not "".join(sheet.columns[n : n + 1])
        ]
        if extra:
            text = _("This cell stands in a column without a name.")
            yield Finding(text=text, sheet=sheet.name, row=number, column=letter(extra[0]))
        cells = [*row, *[None] * len(sheet.columns)]
        named = {
            name: None if cell == "" else cell
            for name, cell in zip(sheet.columns, cells, strict=False)
            if name
        }
        yield Line(sheet=sheet, number=number, cells=named)
