"""What the cells of one question in a file mean: left alone, changed, wrong, or changed by somebody else too.

A cell is compared with what stood there when the file was made (`base`, found by the version beside it) and
with what stands there now. Only a cell that differs from both is a change, so a file that was merely opened
and saved changes nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from governance.asking.base import QuestionType
from governance.asking.frames import cell_parts, cell_type
from governance.asking.registry import TYPES
from governance.models import Answer
from governance.selectors.answer_cells import NOT_ASKED, value_cells
from governance.selectors.import_bases import Cells, plain
from governance.selectors.questionnaires import QuestionItem
from governance.selectors.steps import given_value


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One answer in a row of a file: a question, a cell of a matrix, or a question inside an entry.

    start: the place of its first column among those of the question; width: how many hold its value.
    """

    item: QuestionItem
    kind: QuestionType
    settings: Mapping[str, Any]
    part: str
    start: int
    width: int
    explained: bool = True

    @property
    def places(self) -> dict[str, int]:
        """Where its other columns stand."""
        after = self.start + self.width
        names = ("answer", "explanation", "version") if self.explained else ("answer", "version")
        return {name: after + n for n, name in enumerate(names)}

    def value_cells(self, answer: Answer) -> Cells:
        if self.kind.key == "matrix":
            return []
        if self.part and self.item.type == "matrix":
            return self.kind.cells(given_value(answer), settings=self.settings)
        if self.kind.key == "file" and answer.pk is None:
            return [None]  # files hang on a stored answer
        return value_cells(answer, item=self.item)


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of an answer: what the file says, what stood there at the export (None: unknown) and now."""

    name: str
    column: int
    file: Cells
    base: Cells | None
    now: Cells


def slots_of(item: QuestionItem, *, part: str = "") -> Iterator[Slot]:
    """The answers that the columns of a question hold, in their order."""
    if item.type != "matrix":
        kind = TYPES[item.type]
        width = len(kind.columns(item.code, label="", settings=item.settings))
        yield Slot(item=item, kind=kind, settings=item.settings, part=part, start=0, width=width)
        return
    at = 0
    for cell, _row, column in cell_parts(item.settings):
        settings = {**column.get("settings", {}), "kinds": []}
        kind = cell_type(column)
        width = len(kind.columns("", label="", settings=settings))
        yield Slot(item=item, kind=kind, settings=settings, part=cell, start=at, width=width, explained=False)
        at += width + 2
    yield Slot(item=item, kind=TYPES["matrix"], settings=item.settings, part="", start=at, width=0)


def fields_of(slot: Slot, *, cells: Cells, base: Answer, known: set[str], now: Answer) -> Iterator[Field]:
    """The fields of one answer, each with its cells."""
    at = slot.places
    values = cells[slot.start : slot.start + slot.width]
    main = "level" if slot.item.type == "scale" else "value"
    width = 1 if main == "level" else slot.width
    old, new = slot.value_cells(base), slot.value_cells(now)
    kind = cells[at["answer"]]
    if plain(kind) in (None, NOT_ASKED):
        kind = str(base.kind if main in known else now.kind)
    yield Field(
        name=main,
        column=slot.start if slot.width else at["answer"],
        file=[*values[:width], str(kind).strip()],
        base=[*old[:width], str(base.kind)] if main in known else None,
        now=[*new[:width], str(now.kind)],
    )
    if main == "level":
        for place, name in ((1, "importance"), (2, "confidence")):
            yield Field(
                name=name,
                column=slot.start + place,
                file=[values[place]],
                base=[old[place]] if name in known else None,
                now=[new[place]],
            )
    if slot.explained:
        yield Field(
            name="explanation",
            column=at["explanation"],
            file=[cells[at["explanation"]]],
            base=[base.explanation or None] if "explanation" in known else None,
            now=[now.explanation or None],
        )
