"""What a new version of a questionnaire does to a response: kept, changed and dropped answers."""

from typing import Any

from governance.asking.comparing import Comparison, compare_questions, still_fits
from governance.enums import QuestionnaireState, ResponseState
from governance.models import Answer, QuestionnaireVersion, Response
from governance.selectors.definitions import questions_by_code
from governance.selectors.readers import reader_of
from mapping.enums import AnswerKind
from mapping.models import Exercise

RUNNING = (ResponseState.DRAFT, ResponseState.RETURNED)


def comparison(*, old: QuestionnaireVersion, new: QuestionnaireVersion) -> Comparison:
    return compare_questions(questions_by_code(old), questions_by_code(new))


def running_responses(*, exercise: Exercise, new: QuestionnaireVersion) -> list[Response]:
    """Responses of the exercise to an earlier version of this questionnaire that are still written."""
    return list(
        Response.objects.filter(
            region_map__exercise=exercise,
            questionnaire_version__questionnaire=new.questionnaire_id,
            questionnaire_version__number__lt=new.number,
            questionnaire_version__state=QuestionnaireState.PUBLISHED,
            state__in=RUNNING,
        )
        .select_related(
            "region_map__region", "region_map__exercise", "unit", "questionnaire_version__questionnaire"
        )
        .order_by("region_map__region__name", "group", "pk")
    )


def answers_now(response: Response) -> list[Answer]:
    """The answers to the version the response has now, earlier ones left out."""
    return list(
        response.answers.filter(question__section__version=response.questionnaire_version_id)
        .select_related("question")
        .order_by("question__section__position", "question__position", "pk")
    )


def fates(
    *, response: Response, answers: list[Answer], found: Comparison, questions: dict[str, dict[str, Any]]
) -> list[dict[str, Any]]:
    """One line per question of the old version: what becomes of it, and whether anything was answered.

    A value that the new question no longer takes (a choice that went, a narrower range) is dropped, and the
    line says so.
    """
    doubtful = {change.code for change in found.changes if change.fate == "changed"}
    misfits = {
        row.question.code
        for row in answers
        if row.question.code in doubtful and not fits(row, response=response, questions=questions)
    }
    given = {
        row.question.code
        for row in answers
        if row.kind != AnswerKind.UNANSWERED or row.explanation or row.importance is not None
    }
    lines = []
    for change in found.changes:
        line = change.to_dict() | {"answered": change.code in given}
        if change.fate == "changed" and change.code in misfits:
            whole = questions[change.code]["type"] != "matrix"
            line |= {"fate": "dropped" if whole else "changed", "reasons": [*change.reasons, "value"]}
        lines.append(line)
    return lines


def fits(row: Answer, *, response: Response, questions: dict[str, dict[str, Any]]) -> bool:
    question = questions.get(row.question.code)
    if question is None or question["type"] != row.question.type:
        return False
    reader = reader_of(response=response, type=question["type"], settings=question.get("settings", {}))
    return still_fits(row.value, part=row.part, question=question, reader=reader)
