"""Adding and ordering the sections and questions of a draft."""

from typing import Any

from django.db import transaction

from cohes3ion.lib.ordered import OrderChanged, end_of, order_after, order_version
from governance.asking.base import QuestionType
from governance.asking.definitions import INSIDE_GROUPS, MOST_QUESTIONS
from governance.asking.registry import TYPES
from governance.models import Question, QuestionnaireVersion, Section
from governance.selectors.parts import row_siblings, siblings, whole_version
from governance.services.drafts import lock_draft, version_id_of
from mapping.services.records import keep_history


class TooMany(Exception):
    """The questionnaire, or a group of it, can take no more questions (of this type)."""


def free_code(stem: str, taken: set[str]) -> str:
    return next(f"{stem}{n}" for n in range(1, len(taken) + 2) if f"{stem}{n}" not in taken)


def codes_ever(section: Section) -> set[str]:
    """Every code this questionnaire has had, in any version and in what was removed from this one.

    Answers move to a new version by their code: a new question must never get those of another one.
    """
    versions = section.version.questionnaire.versions.all()
    kept = Question.objects.filter(section__version__in=versions).values_list("code", flat=True)
    own = Section.history.filter(version=section.version_id).values("id")
    gone = Question.history.filter(history_type="-", section__in=own).values_list("code", flat=True)
    return {*kept, *gone}


@transaction.atomic
def add_section(*, version: QuestionnaireVersion, title: str, by: Any) -> Section:
    """A new section at the end. Raises AlreadyPublished."""
    lock_draft(version.pk)
    there = Section.objects.filter(version=version)
    code = free_code("S", set(there.values_list("code", flat=True)))
    section = Section(version=version, code=code, title=title, position=end_of(there))
    section._history_user = by
    section.save(force_insert=True)
    return section


@transaction.atomic
def add_question(
    *, section: Section, kind: QuestionType, short: str, by: Any, parent: Question | None = None
) -> Question:
    """A new question at the end of a section or of a repeating group. Raises AlreadyPublished, TooMany."""
    lock_draft(section.version_id)
    everywhere = Question.objects.filter(section__version=section.version_id)
    taken = codes_ever(section)
    if everywhere.count() >= MOST_QUESTIONS or (parent is not None and kind.key not in INSIDE_GROUPS):
        raise TooMany
    number = Section.objects.filter(version=section.version_id, position__lte=section.position).count()
    stem = f"{parent.code[:15]}." if parent is not None else f"{number}."
    question = Question(
        section=section,
        parent=parent,
        code=free_code(stem, taken),
        type=kind.key,
        short=short,
        scope=parent.scope if parent is not None else "region",
        required=kind.key != "note",
        position=end_of(siblings(section=section, parent=parent)),
        edited_by=by,
    )
    question._history_user = by
    question.save(force_insert=True)
    return question


@transaction.atomic
def move_row(*, row: Section | Question, up: bool, seen: int, by: Any) -> None:
    """Change places with the neighbour. Raises OrderChanged, AlreadyPublished."""
    lock_draft(version_id_of(row))
    renumber(order_after(row_siblings(row), row=row, up=up, seen=seen) or [], by=by)


def renumber(rows: list[Any], *, by: Any) -> None:
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            type(row)._base_manager.filter(pk=row.pk).update(position=position)
            row.position = position
            keep_history(row, reason="position", by=by)


@transaction.atomic
def move_to_section(*, question: Question, section: Section, seen: int, by: Any) -> None:
    """To the end of another section of the draft, a group with its questions.

    Raises OrderChanged, AlreadyPublished.
    """
    lock_draft(section.version_id)
    question = Question.objects.get(pk=question.pk)
    if order_version(row_siblings(question)) != seen:
        raise OrderChanged
    if question.section_id == section.pk:
        return
    position = end_of(siblings(section=section, parent=None))
    children = list(Question.objects.filter(parent=question))
    for row in (question, *children):
        row.section = section
        row.position = position if row.pk == question.pk else row.position
        Question.objects.filter(pk=row.pk).update(section=section, position=row.position)
        keep_history(row, reason="section", by=by)


@transaction.atomic
def change_type(*, question: Question, kind: QuestionType, seen: int, by: Any) -> None:
    """Another type; settings stay where both types have them.

    Raises AlreadyPublished, TooMany, and OrderChanged when the question was written since.
    """
    lock_draft(question.section.version_id)
    current = Question.objects.get(pk=question.pk)
    if whole_version(current) != seen:
        raise OrderChanged
    has_children = Question.objects.filter(parent=current).exists()
    if (has_children and kind.key != "group") or (current.parent_id and kind.key not in INSIDE_GROUPS):
        raise TooMany
    common = {"choices", "kinds", "many", "unit"} & {*kind.setting_names, "kinds"}
    current.settings = {name: value for name, value in current.settings.items() if name in common}
    current.type, current.messages = kind.key, {}
    current.rubric = current.rubric if kind is TYPES["scale"] else []
    current.is_core = current.is_core and kind is TYPES["scale"]
    current.edited_by, current.version = by, current.version + 1
    current._history_user, current._change_reason = by, "type"
    current.save()
