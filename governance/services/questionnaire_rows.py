"""Rows of a questionnaire from its JSON form."""

from typing import Any

from django.db import models
from django.utils.text import slugify

from governance.asking.base import KINDS
from governance.asking.definitions import questions_of
from governance.enums import Scope
from governance.models import Question, Questionnaire, QuestionnaireVersion, Section


def with_types(package: dict[str, Any]) -> dict[str, Any]:
    """A package of statements with one scale for all, as a definition that says the type of each.

    A scale with named options (the criteria, the wheel) becomes a choice; "no information" is never a choice
    but the answer of that name, so that it cannot be counted.
    """
    options = package.get("scale", {}).get("options")
    if not options:
        return package
    sections = []
    for section in package["sections"]:
        questions = []
        for statement in questions_of(section):
            kinds = [KINDS[0], *([KINDS[1]] if statement.get("may_not_apply") else [])]
            steps = statement["rubric"] if isinstance(statement["rubric"], dict) else {}
            choices = [
                {
                    "code": str(option.get("value", option["key"])),
                    "label": option["name"],
                    **({"help": steps[option["key"]]} if option["key"] in steps else {}),
                }
                for option in options
                if option["key"] not in KINDS
            ]
            settings = {"choices": choices, "kinds": kinds}
            questions.append({**statement, "type": "single_choice", "settings": settings})
        sections.append({**section, "questions": questions})
    return {**package, "sections": sections}


def next_number(questionnaire: Questionnaire) -> int:
    return (questionnaire.versions.aggregate(last=models.Max("number"))["last"] or 0) + 1


def free_questionnaire_key(title: str) -> str:
    stem = slugify(title)[:34] or "questionnaire"
    taken = set(Questionnaire.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(key for key in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)


def write_sections(*, version: QuestionnaireVersion, definition: dict[str, Any]) -> None:
    """Rows of a definition, in a number of queries that grows with the sections only."""
    for position, section in enumerate(definition["sections"], start=1):
        row = Section.objects.create(
            version=version,
            code=section["code"],
            title=section["title"],
            description=section.get("description", ""),
            minutes=section.get("minutes", 5),
            position=position,
            translations=section.get("translations", {}),
        )
        questions = questions_of(section)
        top = Question.objects.bulk_create(
            question_row(question, section=row, position=place)
            for place, question in enumerate(questions, start=1)
        )
        Question.objects.bulk_create(
            question_row(child, section=row, position=place, parent=parent)
            for question, parent in zip(questions, top, strict=True)
            for place, child in enumerate(question.get("questions", []), start=1)
        )


def question_row(
    question: dict[str, Any], *, section: Section, position: int, parent: Question | None = None
) -> Question:
    core = bool(question.get("core", False))
    scope = parent.scope if parent else question.get("scope", Scope.REGION)
    return Question(
        section=section,
        parent=parent,
        position=position,
        code=question["code"],
        type=question.get("type", "scale"),
        short=question["short"],
        text=question.get("text", ""),
        question=question.get("question", ""),
        plain=question.get("plain", ""),
        help=question.get("help", ""),
        evidence_examples=question.get("evidence_examples", []),
        rubric=question.get("rubric", []),
        settings=question.get("settings", {}),
        required=bool(question.get("required", True)),
        condition=question.get("condition") or {},
        messages=question.get("messages", {}),
        scope=scope,
        is_core=core,
        translations=question.get("translations", {}),
    )
