"""Taking sections and questions out of a draft, and bringing them back from their history."""

import secrets
from typing import Any

from django.db import IntegrityError, models, transaction

from cohes3ion.lib.ordered import OrderChanged
from governance.models import Question, QuestionnaireVersion, Section
from governance.selectors.definitions import version_to_dict
from governance.selectors.parts import part_version, row_siblings, whole_version
from governance.services.draft_rows import renumber
from governance.services.drafts import lock_draft, version_id_of


class NotRestorable(Exception):
    """What it belonged to is gone, or its code was given away."""


class BackAlready(NotRestorable):
    """It stands in the draft again; `name` says what."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


@transaction.atomic
def remove_row(*, row: Section | Question, seen: int, by: Any) -> str:
    """Take it away with all it holds; returns the word that brings it back.

    Raises AlreadyPublished, and OrderChanged when anything in it was written since.
    """
    lock_draft(version_id_of(row))
    row = type(row)._base_manager.get(pk=row.pk)
    if whole_version(row) != seen:
        raise OrderChanged
    word = f"removed {secrets.token_hex(8)}"
    if isinstance(row, Section):
        rows = list(Question.objects.filter(section=row).order_by(models.F("parent").asc(nulls_last=True)))
    else:
        rows = list(Question.objects.filter(parent=row))
    rest = list(row_siblings(row).exclude(pk=row.pk))
    for gone in (*rows, row):
        gone._history_user, gone._change_reason = by, word
        gone.delete()
    renumber(rest, by=by)
    return word.partition(" ")[2]


@transaction.atomic
def restore_row(*, version: QuestionnaireVersion, word: str, by: Any) -> str:
    """Bring back what was removed under its old keys; returns its name. Raises BackAlready, NotRestorable."""
    lock_draft(version.pk)
    reason = f"removed {word}"
    gone = {"history_type": "-", "history_change_reason": reason}
    found = [record.instance for record in Section.history.filter(**gone, version_id=version.pk)]
    questions = [record.instance for record in Question.history.filter(**gone)]
    rows = [*found, *sorted(questions, key=lambda row: row.parent_id or 0)]
    if rows and type(rows[0])._base_manager.filter(pk=rows[0].pk).exists():
        raise BackAlready(name_of(rows[0]))
    sections = set(Section.objects.filter(version=version).values_list("pk", flat=True))
    sections |= {row.pk for row in found}
    if not rows or any(row.section_id not in sections for row in questions):
        raise NotRestorable
    taken = Question.objects.filter(section__version=version, code__in=[row.code for row in questions])
    if taken.exists() or not parents_of(questions) <= everything(version, questions):
        raise NotRestorable
    try:
        with transaction.atomic():
            for row in rows:
                row._history_user, row._change_reason = by, "restored"
                row.save(force_insert=True)
    except IntegrityError:
        raise NotRestorable from None
    first = rows[0]
    renumber([*row_siblings(first)], by=by)
    return name_of(first)


def name_of(row: Section | Question) -> str:
    return str(getattr(row, "title", "") or row.short)


def parents_of(questions: list[Question]) -> set[int]:
    return {row.parent_id for row in questions if row.parent_id is not None}


def everything(version: QuestionnaireVersion, back: list[Question]) -> set[int]:
    """The questions that will stand there: those of the draft, and those that come back."""
    there = Question.objects.filter(section__version=version).values_list("pk", flat=True)
    return {*there, *(row.pk for row in back)}


@transaction.atomic
def discard_draft(*, version: QuestionnaireVersion, seen: int) -> None:
    """Delete a draft for good, and its questionnaire when nothing else is left.

    Raises AlreadyPublished, and OrderChanged when anything in it was written since.
    """
    questionnaire = lock_draft(version.pk).questionnaire
    if part_version(version_to_dict(version), name="draft") != seen:
        raise OrderChanged
    version.delete()
    if not questionnaire.versions.exists():
        questionnaire.delete()
