"""What regional teams answered in the two annexes: the seven criteria and the wheel."""

from typing import Any

from governance.enums import Group
from governance.models import Question, QuestionnaireVersion, Response
from mapping.enums import AnswerKind
from mapping.models import RegionMap

CRITERIA = "enabling-condition"
WHEEL = "ris3-wheel"


def annex_answers(*, region_map: RegionMap, key: str) -> list[dict[str, Any]] | None:
    """Each question of an annex with the team's answer, in order; None when the team was not asked.

    {"code", "short", "section": code, "section_title", "kind", "value": "met" | "3" | None, "sent": bool}.
    Two queries. A question nobody answered is "unanswered", never left out.
    """
    response = (
        Response.objects.filter(
            region_map=region_map, group=Group.TEAM, questionnaire_version__questionnaire__key=key
        )
        .order_by("-questionnaire_version__number")
        .first()
    )
    if response is None:
        return None
    answers = {row.question_id: row for row in response.answers.filter(part="", about_unit=None)}
    questions = Question.objects.filter(section__version=response.questionnaire_version_id)
    return [
        {
            "code": question.code,
            "short": question.short,
            "section": question.section.code,
            "section_title": question.section.title,
            "kind": answers[question.pk].kind if question.pk in answers else str(AnswerKind.UNANSWERED),
            "value": answers[question.pk].value if question.pk in answers else None,
            "sent": not response.is_writable,
        }
        for question in questions.select_related("section")
    ]


def criteria_answers(*, region_map: RegionMap) -> list[dict[str, Any]] | None:
    """The seven criteria: "met", "partly" or "not" as value."""
    return annex_answers(region_map=region_map, key=CRITERIA)


def wheel_answers(*, region_map: RegionMap) -> list[dict[str, Any]] | None:
    """The eighteen factors: "1" to "5" as value; no information has none."""
    return annex_answers(region_map=region_map, key=WHEEL)


def annex_versions() -> dict[str, QuestionnaireVersion]:
    """The newest shipped version of each annex, by its key."""
    rows = QuestionnaireVersion.objects.filter(
        questionnaire__key__in=(CRITERIA, WHEEL), is_shipped=True
    ).select_related("questionnaire")
    return {row.questionnaire.key: row for row in rows.order_by("number")}
