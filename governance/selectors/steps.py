"""One question to one respondent, with everything that was answered to it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from governance.asking.conditions import asked_codes
from governance.asking.dates import check_after
from governance.asking.frames import cell_parts, check_sums
from governance.asking.problems import Problem
from governance.models import Answer, Evidence, GroupEntry, Response
from governance.selectors.questionnaires import QuestionItem, SectionItem, is_about_a_unit, is_asked
from mapping.enums import AnswerKind
from mapping.models import TerritorialUnit

Key = tuple[int, int | None, str]


@dataclass(frozen=True, kw_only=True)
class GivenAnswers:
    """The answers of a response by question, unit and part; entries of groups in order."""

    rows: dict[Key, Answer] = field(default_factory=dict)
    entries: dict[tuple[int, int | None], list[GroupEntry]] = field(default_factory=dict)
    parts: dict[tuple[int, int | None], dict[str, Answer]] = field(default_factory=dict)
    by_code: dict[str, QuestionItem] = field(default_factory=dict)

    @classmethod
    def of(cls, *, response: Response, questions: list[QuestionItem]) -> "GivenAnswers":
        """One query, and one more where the questionnaire has a repeating group."""
        return cls.of_many(responses=[response], questions=questions)[response.pk]

    @classmethod
    def of_many(
        cls, *, responses: list[Response], questions: list[QuestionItem]
    ) -> dict[int, "GivenAnswers"]:
        """The same for any number of responses to one version, by response."""
        types = {item.type for item in questions}
        by_code = {item.code: item for item in questions}
        found = {response.pk: cls(by_code=by_code) for response in responses}
        rows = Answer.objects.filter(response__in=list(found)).select_related("edited_by").order_by()
        if "file" in types:
            files = Evidence.answers.through._default_manager.filter(answer=OuterRef("pk"))
            rows = rows.annotate(has_file=Exists(files.exclude(evidence__file="")))
        for row in rows:
            given = found[row.response_id]
            given.rows[row.question_id, row.about_unit_id, row.part] = row
            if row.part:
                given.parts.setdefault((row.question_id, row.about_unit_id), {})[row.part] = row
        if "group" in types:
            for entry in GroupEntry.objects.filter(response__in=list(found), removed_at=None):
                entries = found[entry.response_id].entries
                entries.setdefault((entry.question_id, entry.about_unit_id), []).append(entry)
        return found

    def value_of(self, code: str, *, unit: int | None) -> Any:
        """What a condition compares: the value given to a question, about this unit or the region."""
        item = self.by_code.get(code)
        if item is None:
            return None
        return given_value(self.rows.get((item.pk, unit, "")) or self.rows.get((item.pk, None, "")))

    def values_about(self, unit: int | None) -> Callable[[str], Any]:
        return lambda code: self.value_of(code, unit=unit)


def given_value(answer: Answer | None) -> Any:
    """The value of an answer, whichever column holds it; None when there is none."""
    if answer is None or answer.kind != AnswerKind.VALUE:
        return None
    return answer.level if answer.level is not None else answer.value


def is_given(answer: Answer | None) -> bool:
    """Any of value, no information, does not apply is an answer."""
    return answer is not None and answer.kind != AnswerKind.UNANSWERED


@dataclass(frozen=True, kw_only=True)
class Step:
    """One question to one respondent; about a unit where the question has unit scope."""

    response_id: int
    section: SectionItem
    question: QuestionItem
    unit: TerritorialUnit | None
    answer: Answer | None
    given: GivenAnswers = field(default_factory=GivenAnswers)
    is_asked: bool = True

    @property
    def counts(self) -> bool:
        """A note is read, not answered."""
        return self.question.type != "note"

    @property
    def is_answered(self) -> bool:
        kind = self.question.type
        if kind == "note" or is_given(self.answer):
            return True
        if kind == "file":
            return bool(getattr(self.answer, "has_file", False))
        if kind == "matrix":
            cells = cell_parts(self.question.settings)
            return all(is_given(self.parts.get(part)) for part, _row, _column in cells)
        if kind == "group":
            least = max(int(self.question.settings.get("min") or 0), 1)
            return len(self.entries) >= least and not any(self.open_children())
        return False

    @property
    def blocks(self) -> bool:
        """It must be answered, or put right, before the response can be sent."""
        return (self.question.required and not self.is_answered) or bool(self.problems)

    @property
    def parts(self) -> dict[str, Answer]:
        """The cells of a matrix that were written, by "row.column"."""
        return self.given.parts.get((self.question.pk, self.unit_pk), {})

    @property
    def entries(self) -> list[GroupEntry]:
        return self.given.entries.get((self.question.pk, self.unit_pk), [])

    @property
    def answers(self) -> list[Answer]:
        """Every row that was written for this question."""
        inner = [row for entry in self.entries for _child, row in self.children_of(entry) if row]
        return [*([self.answer] if self.answer else []), *self.parts.values(), *inner]

    def children_of(self, entry: GroupEntry) -> list[tuple[QuestionItem, Answer | None]]:
        """The questions of one entry that are asked, with their answers."""
        rows = {
            child.code: self.given.rows.get((child.pk, self.unit_pk, entry.key))
            for child in self.question.children
        }
        inner = asked_codes(
            {child.code: child.condition for child in self.question.children},
            lambda code: given_value(rows[code]) if code in rows else self.value_of(code),
        )
        return [(child, rows[child.code]) for child in self.question.children if child.code in inner]

    def open_children(self) -> Iterator[QuestionItem]:
        """Questions inside entries that still need an answer."""
        for entry in self.entries:
            for child, row in self.children_of(entry):
                if child.required and child.type != "note" and not is_given(row):
                    yield child

    @property
    def problems(self) -> list[Problem]:
        """Answers that are stored and do not go together: sums, and dates in the wrong order."""
        if self.question.type == "matrix":
            values = {part: given_value(row) for part, row in self.parts.items()}
            return check_sums(values, settings=self.question.settings)
        if self.question.type == "date" and self.question.settings.get("after"):
            found = check_after(given_value(self.answer), self.value_of(self.question.settings["after"]))
            return [found] if found else []
        return []

    def value_of(self, code: str) -> Any:
        """The value given to another question, about the same unit or the region."""
        return self.given.value_of(code, unit=self.unit_pk)

    @property
    def unit_pk(self) -> int | None:
        return self.unit.pk if self.unit else None

    @property
    def key(self) -> tuple[str, int | None]:
        return self.question.code, self.unit_pk

    @property
    def address(self) -> str:
        return reverse("governance:question_detail", args=self.place)

    @property
    def save_address(self) -> str:
        return reverse("governance:answer_save", args=self.place)

    @property
    def evidence_address(self) -> str:
        return reverse("governance:evidence_add", args=self.place)

    @property
    def here(self) -> str:
        """The question as presence names it."""
        return "/".join(str(part) for part in self.place[1:])

    @property
    def place(self) -> list[Any]:
        """The parts of every address of this question."""
        return [self.response_id, self.question.code, *([self.unit.pk] if self.unit else [])]


def made_steps(
    *,
    response: Response,
    sections: tuple[SectionItem, ...],
    given: GivenAnswers,
    units: list[TerritorialUnit],
) -> list[Step]:
    """Every question put to this respondent, in order, from what was read before. No query."""
    questions = [item for section in sections for item in section.questions]
    rules = {item.code: item.condition for item in questions if is_asked(item, group=response.group)}
    asked = {
        unit: asked_codes(rules, given.values_about(unit)) if any(rules.values()) else set(rules)
        for unit in [None, *(unit.pk for unit in units)]
    }
    return [
        Step(
            response_id=response.pk,
            section=section,
            question=item,
            unit=unit,
            answer=given.rows.get((item.pk, unit.pk if unit else None, "")),
            given=given,
            is_asked=item.code in asked[unit.pk if unit else None],
        )
        for section in sections
        for item in section.questions
        if is_asked(item, group=response.group)
        for unit in (units if is_about_a_unit(item) else [None])
    ]
