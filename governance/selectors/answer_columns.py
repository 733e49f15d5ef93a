"""The columns of questions in tables of answers, and what they mean."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from governance.asking.base import Column
from governance.asking.frames import cell_parts, cell_type
from governance.asking.registry import TYPES
from governance.selectors.answer_cells import NOT_ASKED
from governance.selectors.questionnaires import QuestionItem

Cells = list[Any]
SAID = (
    ("answer", "value, no_information, does_not_apply, unanswered; not_asked: its condition is not met"),
    ("explanation", "what was written beside the answer"),
    ("version", "counts the changes of the answer; 0: nobody wrote anything yet"),
)


def columns_of(item: QuestionItem) -> list[Column]:
    """The columns of a question with the three that say how it was answered; a cell of a matrix has two."""
    if item.type != "matrix":
        own = TYPES[item.type].columns(item.code, label=item.title, settings=item.settings)
        return [*own, *said_columns(item.code)]
    found: list[Column] = []
    for part, row, column in cell_parts(item.settings):
        name = f"{item.code}_{part.replace('.', '_')}"
        label = f"{item.title}: {row['label']}, {column['label']}"
        found += cell_type(column).columns(name, label=label, settings=column.get("settings", {}))
        answer, _explanation, version = said_columns(name)
        found += [answer, version]
    return [*found, *said_columns(item.code)]


def table_columns(questions: Iterable[QuestionItem], *, beside: Sequence[str]) -> dict[str, list[Column]]:
    """The columns of a table by the code of their question, each name once.

    A code is chosen freely: a question may be called `region`, or `age_answer` beside `age`. Then the later
    column is `region~2`, a sign that no code has. `beside`: the names that say what a row is about.
    """
    taken = set(beside)
    return {item.code: [named_once(column, taken=taken) for column in columns_of(item)] for item in questions}


def named_once(column: Column, *, taken: set[str]) -> Column:
    name, number = column.name, 2
    while name in taken:
        name, number = f"{column.name}~{number}", number + 1
    taken.add(name)
    return replace(column, name=name)


def said_columns(name: str) -> list[Column]:
    return [Column(name=f"{name}_{word}", label=meaning) for word, meaning in SAID]


def not_asked(columns: list[Column]) -> Cells:
    """Cells of a question that is not asked: what was once said is kept, and is no part of an export."""
    return [NOT_ASKED if column.label == SAID[0][1] else None for column in columns]


def codes_of(column: Column) -> str | None:
    """What the codes of a column mean."""
    return "; ".join(f"{code} = {text}" for code, text in column.labels.items()) or None


def code_book(*, sheet: str, columns: dict[str, list[Column]]) -> Cells:
    return [
        [
            sheet,
            column.name,
            column.label,
            codes_of(column),
        ]
        for found in columns.values()
        for column in found
    ]
