"""What a name of a form means (a value, a cell, an answer inside a group), and the value it sends."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from governance.asking.base import KINDS, QuestionType
from governance.asking.dates import check_after
from governance.asking.frames import cell_type, find_cell
from governance.asking.problems import Problem, Refused, gettext_noop, wrong_type
from governance.asking.registry import TYPES
from governance.models import Question, Response
from governance.selectors.readers import reader_of
from mapping.enums import AnswerKind

ENTRY = re.compile(r"[A-Za-z0-9_-]{1,40}")


class NoSuchPlace(LookupError):
    """The question has no such cell, entry or inner question."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a value goes: question (a child for an answer inside a group), part, type and settings."""

    question: Any
    part: str
    kind: QuestionType
    settings: Any


def place_of(*, questions: dict[str, Any], code: str, name: str) -> Place:
    """What a form's name means: "value", "cell.<row>.<column>", "item.<entry>.<code of a question>".

    `questions`: the rows (Question or QuestionItem) of one version by code. Raises NoSuchPlace.
    """
    question = questions.get(code)
    if question is None:
        raise NoSuchPlace
    settings = question.settings
    if name == "value" and question.type != "scale":
        return Place(question=question, part="", kind=TYPES[question.type], settings=settings)
    what, _dot, rest = name.partition(".")
    if what == "cell" and question.type == "matrix":
        found = find_cell(settings, rest)
        if found is not None:
            _row, column = found
            settings = column.get("settings", {})
            return Place(question=question, part=rest, kind=cell_type(column), settings=settings)
    if what == "item" and question.type == "group":
        entry, _dot, inner = rest.partition(".")
        child = questions.get(inner)
        if ENTRY.fullmatch(entry) and child is not None and parent_of(child) == question.pk:
            return Place(question=child, part=entry, kind=TYPES[child.type], settings=child.settings)
    raise NoSuchPlace


def parent_of(child: Any) -> Any:
    return getattr(child, "parent_id", None)


def read_value(*, place: Place, sent: Sequence[str], response: Response) -> dict[str, Any]:
    """The columns that a form's values mean: the value, or one of the answers that are no value.

    The first of a text or number is what was typed; a mark ("no_information") may follow. Raises Refused.
    """
    first = 0 if place.kind.control == "radios" else 1
    marks = [text for text in sent[first:] if text in KINDS]
    if marks:
        typed = [text for text in [*sent[:first], *sent[first:]] if text and text not in marks]
        if any(mark not in allowed_kinds(place.settings) for mark in marks):
            raise wrong_type()
        if typed or len(marks) > 1:
            text = gettext_noop("Give an answer or say that you have none, not both.")
            raise Refused(Problem(code="both", text=text))
        return {"kind": marks[0], "value": None}
    if not place.kind.holds_value and not place.part:
        return {"kind": AnswerKind.UNANSWERED, "value": None}
    given = [text for text in sent if text]
    if len(given) > 1 and not place.kind.many:
        text = gettext_noop("This question takes one answer, and %(n)s were sent. Give one of them.")
        raise Refused(Problem(code="several", text=text, params={"n": len(given)}, tampered=True))
    reader = reader_of(response=response, type=place.kind.key, settings=place.settings)
    value = place.kind.parse(sent, settings=place.settings, reader=reader)
    return {"kind": AnswerKind.UNANSWERED if value is None else AnswerKind.VALUE, "value": value}


def check_order(*, place: Place, values: Mapping[str, Any], response: Response) -> None:
    """The end of a period against its start, where the start is known. Raises Refused."""
    wanted = place.settings.get("after")
    if not wanted or place.part:
        return
    start = response.answers.filter(
        question__code=wanted, question__section__version=response.questionnaire_version_id, part=""
    ).first()
    problem = check_after(values["value"], start.value if start else None)
    if problem is not None:
        raise Refused(problem)


def allowed_kinds(settings: Any) -> tuple[str, ...]:
    """Which of "no information" and "does not apply" a question takes: both, unless it says otherwise."""
    return tuple(kind for kind in KINDS if kind in settings.get("kinds", KINDS))


def questions_of_version(version_id: int) -> dict[str, Question]:
    """The rows of a version by code. One query."""
    return {row.code: row for row in Question.objects.filter(section__version=version_id)}
