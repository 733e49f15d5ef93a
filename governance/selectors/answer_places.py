"""Every answer of a response, with its place: "3.2", "2.1@17" (about a unit), "2.5:row.column" (a cell)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from governance.asking.base import QuestionType
from governance.asking.frames import cell_parts, cell_type
from governance.asking.registry import TYPES
from governance.enums import Group
from governance.models import Answer, Response
from governance.selectors.places import NoSuchPlace, Place, place_of
from governance.selectors.responses import all_steps
from governance.selectors.steps import Step, given_value
from mapping.enums import AnswerKind

PLACE = re.compile(r"(?P<code>[^@:/]{1,20})(?:@(?P<unit>[0-9]{1,18}))?(?::(?P<part>[^/]{1,90}))?")
SCALE_FIELDS = ("value", "importance", "explanation", "confidence")


@dataclass(frozen=True, kw_only=True)
class AnswerPlace:
    """Where an answer is: the code of its question, the unit it is about, the cell or the entry."""

    code: str
    unit: int | None = None
    part: str = ""

    def __str__(self) -> str:
        unit = "" if self.unit is None else f"@{self.unit}"
        return f"{self.code}{unit}" + (f":{self.part}" if self.part else "")

    @classmethod
    def read(cls, text: str) -> "AnswerPlace":
        """Raises NoSuchPlace."""
        found = PLACE.fullmatch(text)
        if found is None:
            raise NoSuchPlace
        unit = found["unit"]
        return cls(code=found["code"], unit=int(unit) if unit else None, part=found["part"] or "")


@dataclass(frozen=True, kw_only=True)
class PlacedAnswer:
    """An answer, given or not, as the interface shows it. `fields`: what may be written, each by itself."""

    place: AnswerPlace
    kind_of_question: QuestionType
    fields: tuple[str, ...]
    answer: Answer | None = None
    is_asked: bool = True

    @property
    def type(self) -> str:
        return self.kind_of_question.key

    @property
    def kind(self) -> str:
        return str(self.answer.kind if self.answer else AnswerKind.UNANSWERED)

    @property
    def value(self) -> Any:
        return given_value(self.answer)

    @property
    def explanation(self) -> str:
        return self.answer.explanation if self.answer else ""

    @property
    def importance(self) -> int | None:
        return self.answer.importance if self.answer else None

    @property
    def confidence(self) -> str:
        return self.answer.confidence if self.answer else ""

    @property
    def edited_by(self) -> str | None:
        person = self.answer.edited_by if self.answer else None
        return str(person) if person else None

    @property
    def edited_at(self) -> Any:
        return self.answer.edited_at if self.answer and self.answer.version > 1 else None

    @property
    def versions(self) -> dict[str, int]:
        return {
            field: self.answer.version_of(column_group(field, type=self.type)) if self.answer else 1
            for field in self.fields
        }


def column_group(field: str, *, type: str) -> str:
    """The versioned field of the row behind a field of the interface: the value of a scale is its level."""
    return "level" if (type, field) == ("scale", "value") else field


def fields_of(place: Place, *, group: str) -> tuple[str, ...]:
    """What can be written at a place; cells and answers inside a group have no explanation."""
    if place.kind.key == "scale":
        return SCALE_FIELDS[:3] if group == Group.STAKEHOLDER else SCALE_FIELDS
    return ("value",) if place.part else ("value", "explanation")


def find_place(*, place: AnswerPlace, questions: dict[str, Any]) -> Place:
    """What stands at a place; `questions`: the rows of the version by code. Raises NoSuchPlace."""
    question = questions.get(place.code)
    if question is None or question.type == "note":
        raise NoSuchPlace
    if question.parent_id is not None:
        group = next(row for row in questions.values() if row.pk == question.parent_id)
        return place_of(questions=questions, code=group.code, name=f"item.{place.part}.{place.code}")
    if place.part:
        return place_of(questions=questions, code=place.code, name=f"cell.{place.part}")
    if question.type == "scale":
        return Place(question=question, part="", kind=TYPES["scale"], settings=question.settings)
    return place_of(questions=questions, code=place.code, name="value")


def placed_answers(*, response: Response) -> list[PlacedAnswer]:
    """Every answer in order, cells and entries of groups included. As many queries as all_steps."""
    return [item for step in all_steps(response=response) for item in of_step(step, group=response.group)]


def of_step(step: Step, *, group: str) -> Iterator[PlacedAnswer]:
    if step.question.type == "note":
        return
    asked = step.is_asked

    def placed(code: str, part: str, kind: QuestionType, settings: Any, row: Answer | None) -> PlacedAnswer:
        where = Place(question=step.question, part=part, kind=kind, settings=settings)
        return PlacedAnswer(
            place=AnswerPlace(code=code, unit=step.unit_pk, part=part),
            kind_of_question=kind,
            fields=fields_of(where, group=group),
            answer=row,
            is_asked=asked,
        )

    yield placed(step.question.code, "", step.question.kind, step.question.settings, step.answer)
    if step.question.type == "matrix":
        for part, _row, column in cell_parts(step.question.settings):
            cell = step.parts.get(part)
            yield placed(step.question.code, part, cell_type(column), column.get("settings", {}), cell)
    for entry in step.entries if step.question.type == "group" else []:
        for child, row in step.children_of(entry):
            if child.type != "note":
                yield placed(child.code, entry.key, child.kind, child.settings, row)


def find_placed(*, response: Response, place: AnswerPlace) -> PlacedAnswer | None:
    """One of placed_answers; None when this respondent is not asked for it."""
    return next((item for item in placed_answers(response=response) if item.place == place), None)


def is_asked_now(*, response: Response, place: AnswerPlace, question: Any) -> bool:
    """Whether the condition of the question is met; without one it is asked, and nothing is read."""
    if not question.condition and question.parent_id is None:
        return True
    row = find_placed(response=response, place=place)
    return row is not None and row.is_asked
