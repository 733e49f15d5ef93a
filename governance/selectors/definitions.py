"""A version of a questionnaire as its JSON form, as docs/questionnaires.md describes it."""

from collections.abc import Sequence
from typing import Any

from governance.models import Question, QuestionnaireVersion

# What stands in the JSON form only where it says something.
OPTIONAL = (
    "plain",
    "help",
    "evidence_examples",
    "rubric",
    "settings",
    "condition",
    "messages",
    "translations",
)


def version_to_dict(version: QuestionnaireVersion) -> dict[str, Any]:
    """Everything a questionnaire says: what draft_from_dict takes in again. Three queries."""
    questionnaire = version.questionnaire
    found: dict[str, Any] = {
        "key": questionnaire.key,
        "title": questionnaire.title,
        "version": version.number,
        "language": version.language,
        "optional": questionnaire.is_annex,
    }
    found |= {name: getattr(version, name) for name in ("note", "translations") if getattr(version, name)}
    found["sections"] = []
    for section in version.sections.prefetch_related("questions"):
        rows = list(section.questions.all())
        inside: dict[int, list[Question]] = {}
        for row in rows:
            if row.parent_id is not None:
                inside.setdefault(row.parent_id, []).append(row)
        found["sections"].append(
            {
                "code": section.code,
                "title": section.title,
                "description": section.description,
                "minutes": section.minutes,
                **({"translations": section.translations} if section.translations else {}),
                "questions": [
                    question_to_dict(row, children=inside.get(row.pk, []))
                    for row in rows
                    if row.parent_id is None
                ],
            }
        )
    return found


def question_to_dict(row: Question, *, children: Sequence[Question] = ()) -> dict[str, Any]:
    found: dict[str, Any] = {
        "code": row.code,
        "type": row.type,
        "short": row.short,
        "text": row.text,
        "question": row.question,
        "required": row.required,
        "scope": row.scope,
        "core": row.is_core,
    }
    found |= {name: getattr(row, name) for name in OPTIONAL if getattr(row, name)}
    if children:
        found["questions"] = [question_to_dict(child) for child in children]
    return found


def questions_by_code(version: QuestionnaireVersion) -> dict[str, dict[str, Any]]:
    """Every question with groups opened up, by its code."""
    found: dict[str, dict[str, Any]] = {}
    for section in version_to_dict(version)["sections"]:
        for question in section["questions"]:
            found[question["code"]] = question
            found |= {child["code"]: child for child in question.get("questions", [])}
    return found


def head_of(version: QuestionnaireVersion) -> dict[str, str]:
    """What is told about a version as a whole."""
    return {"title": version.questionnaire.title, "language": version.language, "note": version.note}


def title_is_free(version: QuestionnaireVersion) -> bool:
    """The title is the questionnaire's: it stays once another version stands under it."""
    return not version.questionnaire.versions.exclude(pk=version.pk).exists()
