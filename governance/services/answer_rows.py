"""Finding the row of an answer for writing: inside the person's scope, locked, made on first use."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from cohes3ion.lib.locks import sharing
from governance.enums import Group, Scope
from governance.models import Answer, Question, Response
from governance.selectors.responses import asked_units, is_open
from mapping.models import TerritorialUnit

# All that a write of an answer reads; the texts of questions and maps stay where they are.
WRITTEN = [field.attname for field in Answer._meta.concrete_fields]
WRITTEN += [
    f"response__{name}"
    for name in ("state", "group", "unit", "respondent", "questionnaire_version", "opened_at", "provenance")
]
WRITTEN += [f"response__region_map__{name}" for name in ("region", "state")]
WRITTEN += [f"response__region_map__exercise__{name}" for name in ("project", "state", "closes_at")]
WRITTEN += [f"question__{name}" for name in ("type", "settings", "code", "section", "parent", "scope")]

# Put together once: of the time an autosave takes, a tenth went into saying this anew.
ROWS = (
    Answer.objects.select_related("response__region_map__exercise", "question")
    .only(*WRITTEN)
    # Answers to an earlier version stay with it and are no longer written.
    .filter(question__section__version=F("response__questionnaire_version"))
    .order_by()  # one row at most: no order to work out
)
# The response first, as everywhere: two locks in different orders would wait for each other.
LOCKED = ROWS.select_for_update(of=("response", "self"))
SIDE_BY_SIDE = sharing(ROWS.select_for_update(of=("self",)), Response)


class ResponseClosed(Exception):
    """The response was sent, or the round is closed; it can be changed only after it is returned."""


class NotAsked(Exception):
    """This question is not put to this respondent, or not about this unit."""


class QuestionRemoved(NotAsked):
    """An earlier version of the questionnaire asked this; `at` says when the question went."""

    def __init__(self, at: Any) -> None:
        self.at = at
        super().__init__(f"removed at {at}")


def check_asked(*, response: Response, question: Question, about_unit: TerritorialUnit | None) -> None:
    """Raise NotAsked unless the question belongs to the response's version, group and unit."""
    fits = question.section.version_id == response.questionnaire_version_id
    if response.group == Group.STAKEHOLDER:
        fits = fits and question.is_core and about_unit is None
    elif question.scope == Scope.REGION:
        fits = fits and about_unit is None
    else:
        fits = fits and about_unit in asked_units(response)
    if not fits:
        raise NotAsked


def answer_row(
    *, response: Response, question: Question, about_unit: TerritorialUnit | None, part: str = ""
) -> Answer:
    """The row of an answer, made on first use; two people opening it at once get the same row."""
    key = {"response": response, "question": question, "about_unit": about_unit, "part": part}
    row = Answer.objects.filter(**key).first()
    if row is not None:
        return row
    try:
        with transaction.atomic():
            return Answer.objects.create(**key, provenance=response.provenance)
    except IntegrityError:
        return Answer.objects.get(**key)


def locked_answer(
    *,
    scope: Any,
    response_id: int,
    key: tuple[str, int | None],
    part: str = "",
    side_by_side: bool = False,
) -> Answer:
    """The answer for writing, locked with its response so that sending and saving never cross.

    `scope` holds the responses this person may fill in. One query when the row exists; it is made when
    nobody has answered yet. `side_by_side`: others may write other answers of the response meanwhile; only
    for a transaction that writes this one answer. Raises Response.DoesNotExist (outside the scope),
    NotAsked, ResponseClosed.
    """
    code, unit_id = key
    rows = (SIDE_BY_SIDE if side_by_side else LOCKED).filter(
        scope.around("response"),
        response=response_id,
        about_unit=unit_id,
        part=part,
        question__code=code,
    )
    answer = next(iter(rows), None)
    if answer is None:
        responses = scope.select_for_update(of=("self",)).select_related("region_map__exercise")
        response = responses.get(pk=response_id)
    else:
        response = answer.response
    if not is_open(response):
        raise ResponseClosed
    return answer or first_answer(response=response, code=code, unit_id=unit_id, part=part)


def asked_question(
    *, response: Response, code: str, unit_id: int | None
) -> tuple[Question, TerritorialUnit | None]:
    """The question as it is put to this respondent, and its unit. Raises NotAsked, QuestionRemoved."""
    question = (
        Question.objects.select_related("section")
        .filter(section__version=response.questionnaire_version_id, code=code)
        .first()
    )
    unit = TerritorialUnit.objects.filter(pk=unit_id).first() if unit_id else None
    if question is None:
        raise removed_question(response=response, code=code) or NotAsked
    if unit_id and unit is None:
        raise NotAsked
    check_asked(response=response, question=question, about_unit=unit)
    return question, unit


def first_answer(*, response: Response, code: str, unit_id: int | None, part: str = "") -> Answer:
    """The row of an answer that nobody has given yet. Raises NotAsked, QuestionRemoved."""
    question, unit = asked_question(response=response, code=code, unit_id=unit_id)
    answer = answer_row(response=response, question=question, about_unit=unit, part=part)
    answer.response, answer.question = response, question
    if response.opened_at is None:
        Response.objects.filter(pk=response.pk).update(opened_at=timezone.now())
    return answer


def removed_question(*, response: Response, code: str) -> QuestionRemoved | None:
    """Whether this response was asked the question before it was carried over to a newer version."""
    carried = response.carry_overs.filter(old_version__sections__questions__code=code).first()
    return QuestionRemoved(carried.at) if carried else None


def find_answer(
    *, scope: Any, response_id: int, key: tuple[str, int | None], part: str = ""
) -> Answer | None:
    """The answer as it stands: nothing was changed, so nothing is made. Raises Response.DoesNotExist."""
    response = scope.get(pk=response_id)
    return Answer.objects.filter(
        response=response,
        question__section__version=response.questionnaire_version_id,
        question__code=key[0],
        about_unit=key[1],
        part=part,
    ).first()
