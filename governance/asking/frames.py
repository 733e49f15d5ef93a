"""Types that hold no value of their own: a note, a file, a matrix of cells, a repeating group."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from governance.asking.base import Column, QuestionType
from governance.asking.checks import check_order, check_whole, is_number
from governance.asking.choices import SINGLE_CHOICE, check_options
from governance.asking.dates import DATE
from governance.asking.numbers import NUMBER
from governance.asking.problems import Problem, Settings, gettext_noop, wrong_type
from governance.asking.texts import SHORT_TEXT

CELL_TYPES: dict[str, QuestionType] = {kind.key: kind for kind in (NUMBER, SINGLE_CHOICE, SHORT_TEXT, DATE)}
MOST_CELLS = 2000


class Note(QuestionType):
    key = "note"
    label = gettext_noop("Note to read, without an answer")
    control = "note"
    holds_value = False


class File(QuestionType):
    """Answered by the files among the evidence of its answer; there is no value beside them."""

    key = "file"
    label = gettext_noop("File")
    control = "file"
    holds_value = False

    def columns(self, name: str, *, label: str, settings: Settings) -> list[Column]:
        return [Column(name=name, label=label)]


class Matrix(QuestionType):
    """Rows times columns of a small type. Each cell is an answer of its own, its part is "row.column"."""

    key = "matrix"
    label = gettext_noop("Matrix of rows and columns")
    control = "matrix"
    holds_value = False
    # sum: {"of": "columns" | "rows" | "all", "to": 100}
    setting_names: tuple[str, ...] = ("rows", "columns", "sum")

    def check_settings(self, settings: Settings) -> list[Problem]:
        found = super().check_settings(settings)
        for name in ("rows", "columns"):
            found += check_options(settings.get(name), name=name)
        if found:
            return found
        if len(settings["rows"]) * len(settings["columns"]) > MOST_CELLS:
            text = gettext_noop("A matrix can have at most %(most)s cells.")
            found.append(Problem(code="cells", text=text, params={"most": MOST_CELLS}, path="rows"))
        for place, column in enumerate(settings["columns"], start=1):
            found += check_column(column, path=f"columns.{place}")
        total = settings.get("sum")
        if total is not None and not (
            isinstance(total, dict)
            and total.get("of") in ("columns", "rows", "all")
            and is_number(total.get("to"))
        ):
            text = gettext_noop("“sum” says what adds up (columns, rows or all) and to which number.")
            found.append(Problem(code="setting_sum", text=text, path="sum"))
        return found

    def columns(self, name: str, *, label: str, settings: Settings) -> list[Column]:
        return [
            column
            for row in settings["rows"]
            for cell in settings["columns"]
            for column in CELL_TYPES[cell.get("type", "number")].columns(
                f"{name}_{row['code']}_{cell['code']}",
                label=f"{label}: {row['label']}, {cell['label']}",
                settings=cell.get("settings", {}),
            )
        ]


def check_column(column: Mapping[str, Any], *, path: str) -> list[Problem]:
    kind = CELL_TYPES.get(str(column.get("type", "number")))
    if kind is None:
        text = gettext_noop("A cell can hold a number, one choice, a short text or a date.")
        return [Problem(code="cell_type", text=text, path=path)]
    settings = column.get("settings", {})
    if not isinstance(settings, dict):
        return [wrong_type(path).problem]
    return kind.check_settings(settings)


def cell_parts(settings: Settings) -> list[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """Every cell: its part, its row and its column."""
    return [
        (f"{row['code']}.{column['code']}", row, column)
        for row in settings["rows"]
        for column in settings["columns"]
    ]


def find_cell(settings: Settings, part: str) -> tuple[Mapping[str, Any], Mapping[str, Any]] | None:
    """The row and column of one cell by its part; None when there is no such cell."""
    code, _dot, other = part.partition(".")
    row = next((row for row in settings["rows"] if row["code"] == code), None)
    column = next((column for column in settings["columns"] if column["code"] == other), None)
    return None if row is None or column is None else (row, column)


def cell_type(column: Mapping[str, Any]) -> QuestionType:
    return CELL_TYPES[column.get("type", "number")]


def check_sums(values: Mapping[str, Any], *, settings: Settings) -> list[Problem]:
    """Sums that are complete and wrong. `values`: what stands in each cell, by its part.

    A sum counts once every cell of it is answered; shares are compared to six decimals.
    """
    total = settings.get("sum")
    if not total:
        return []
    rows, columns = ([o["code"] for o in settings[name]] for name in ("rows", "columns"))
    lines = {
        "columns": [([f"{row}.{column}" for row in rows], column) for column in columns],
        "rows": [([f"{row}.{column}" for column in columns], row) for row in rows],
        "all": [([f"{row}.{column}" for row in rows for column in columns], "")],
    }[total["of"]]
    labels = {o["code"]: o["label"] for name in ("rows", "columns") for o in settings[name]}
    found = []
    for parts, code in lines:
        numbers = [values.get(part) for part in parts]
        if not numbers or not all(is_number(number) for number in numbers):
            continue
        reached = sum((Decimal(str(number)) for number in numbers), Decimal(0))
        if abs(reached - Decimal(str(total["to"]))) >= Decimal("0.000001"):
            found.append(sum_problem(reached, total["to"], labels.get(code, "")))
    return found


def sum_problem(reached: Decimal, wanted: Any, label: str) -> Problem:
    percent = wanted == 100
    if label and percent:
        text = gettext_noop("%(label)s: these shares add up to %(sum)s %%. They must add up to 100 %%.")
    elif percent:
        text = gettext_noop("These shares add up to %(sum)s %%. They must add up to 100 %%.")
    elif label:
        text = gettext_noop("%(label)s: these numbers add up to %(sum)s. They must add up to %(to)s.")
    else:
        text = gettext_noop("These numbers add up to %(sum)s. They must add up to %(to)s.")
    return Problem(
        code="sum", text=text, params={"sum": reached.normalize() + 0, "to": wanted, "label": label}
    )


class Group(QuestionType):
    """Questions asked again for each entry (an actor, a level). Each answer inside is one of its own."""

    key = "group"
    label = gettext_noop("Repeating group of questions")
    control = "group"
    holds_value = False
    setting_names: tuple[str, ...] = ("item", "min", "max")

    def check_settings(self, settings: Settings) -> list[Problem]:
        found = super().check_settings(settings)
        for name in ("min", "max"):
            found += check_whole(settings, name, low=0, high=200)
        if not isinstance(settings.get("item", ""), str) or len(settings.get("item", "")) > 60:
            text = gettext_noop("Name one entry of the group in at most 60 characters.")
            found.append(Problem(code="setting_item", text=text, path="item"))
        return found or check_order(settings.get("min"), settings.get("max"))


NOTE = Note()
FILE = File()
MATRIX = Matrix()
GROUP = Group()
