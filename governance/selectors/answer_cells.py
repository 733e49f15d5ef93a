"""Answers of many responses to one version of a questionnaire, each question with what was said to it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from governance.asking.conditions import asked_codes
from governance.asking.frames import cell_parts, cell_type
from governance.asking.registry import TYPES
from governance.enums import Group
from governance.models import Answer, GroupEntry, Response
from governance.selectors.questionnaires import QuestionItem, is_about_a_unit, is_asked
from governance.selectors.steps import GivenAnswers, given_value
from mapping.enums import AnswerKind
from mapping.models import TerritorialUnit

# A question whose condition is not met: neither unanswered nor anything somebody said.
NOT_ASKED = "not_asked"
Cells = list[Any]


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One response with its answers, and the units its questions of unit scope are about."""

    response: Response
    given: GivenAnswers
    units: list[TerritorialUnit]
    hidden: dict[int | None, set[str]] = field(default_factory=dict)

    def rows_about(self, questions: tuple[QuestionItem, ...]) -> Iterator[TerritorialUnit | None]:
        """The rows of a section: the region, where it asks about it, then each unit."""
        asked = [item for item in questions if is_asked(item, group=self.response.group)]
        if any(not is_about_a_unit(item) for item in asked):
            yield None
        if any(is_about_a_unit(item) for item in asked):
            yield from self.units


def answered(
    responses: list[Response], *, questions: list[QuestionItem], units: dict[int, list[TerritorialUnit]]
) -> list[Answered]:
    """Two queries, however many responses there are."""
    by_code = {item.code: item for item in questions}
    found = {row.pk: GivenAnswers(by_code=by_code) for row in responses}
    rows = Answer.objects.filter(response__in=found).select_related("question").order_by("pk")
    for row in rows.prefetch_related("evidence") if has_files(questions) else rows:
        given = found[row.response_id]
        given.rows[row.question_id, row.about_unit_id, row.part] = row
        if row.part:
            given.parts.setdefault((row.question_id, row.about_unit_id), {})[row.part] = row
    for entry in GroupEntry.objects.filter(response__in=found, removed_at=None):
        entries = found[entry.response_id].entries
        entries.setdefault((entry.question_id, entry.about_unit_id), []).append(entry)
    return [
        with_hidden(
            Answered(response=row, given=found[row.pk], units=units_of(row, units=units)), questions=questions
        )
        for row in responses
    ]


def has_files(questions: list[QuestionItem]) -> bool:
    return any(item.type == "file" for item in questions)


def units_of(response: Response, *, units: dict[int, list[TerritorialUnit]]) -> list[TerritorialUnit]:
    if response.group == Group.UNIT and response.unit is not None:
        return [response.unit]
    return units.get(response.region_map_id, []) if response.group == Group.TEAM else []


def with_hidden(row: Answered, *, questions: list[QuestionItem]) -> Answered:
    rules = {item.code: item.condition for item in questions if is_asked(item, group=row.response.group)}
    for unit in [None, *(unit.pk for unit in row.units)]:
        asked = asked_codes(rules, row.given.values_about(unit)) if any(rules.values()) else set(rules)
        row.hidden[unit] = set(rules) - asked
    return row


def value_cells(answer: Answer | None, *, item: QuestionItem) -> Cells:
    """What stands in the columns of the question's type."""
    if item.type == "file":
        files = answer.evidence.all() if answer is not None else ()
        return ["; ".join(row.file_name or row.title for row in files if row.file) or None]
    if item.type == "scale":
        if answer is None:
            return [None, None, None]
        return [answer.level, answer.importance, answer.confidence or None]
    return TYPES[item.type].cells(given_value(answer), settings=item.settings)


def said_cells(answer: Answer | None) -> Cells:
    """Which kind of answer, its explanation and its version; 0 where nobody wrote anything yet."""
    if answer is None:
        return [str(AnswerKind.UNANSWERED), None, 0]
    return [str(answer.kind), answer.explanation or None, answer.version]


def question_cells(row: Answered, *, item: QuestionItem, unit: int | None, part: str = "") -> Cells:
    """All cells of one question, but of a matrix or a group."""
    answer = row.given.rows.get((item.pk, unit, part))
    return [*value_cells(answer, item=item), *said_cells(answer)]


def matrix_cells(row: Answered, *, item: QuestionItem, unit: int | None) -> Cells:
    parts = row.given.parts.get((item.pk, unit), {})
    found: Cells = []
    for part, _row, column in cell_parts(item.settings):
        answer = parts.get(part)
        found += cell_type(column).cells(given_value(answer), settings=column.get("settings", {}))
        kind, _explanation, version = said_cells(answer)
        found += [kind, version]
    return [*found, *said_cells(row.given.rows.get((item.pk, unit, "")))]
