"""Writing answers: each field by itself, each change with its version, nothing lost."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from cohes3ion.lib.versions import write_fields
from governance.enums import Group, Scope
from governance.models import Answer, AnswerRevision, Question, Response
from mapping.models import TerritorialUnit

# What one save may touch: each entry is versioned by itself.
FIELDS = {
    "level": ("kind", "level"),
    "importance": ("importance",),
    "explanation": ("explanation",),
    "confidence": ("confidence",),
}


class ResponseClosed(Exception):
    """The response was sent; it can be changed only after it is returned."""


class NotAsked(Exception):
    """This question is not put to this respondent, or not about this unit."""


class Incomplete(Exception):
    """Questions that still need an answer before the response can be sent."""

    def __init__(self, missing: list[Any]) -> None:
        self.missing = missing
        super().__init__(f"{len(missing)} questions are not answered")


def check_asked(*, response: Response, question: Question, about_unit: TerritorialUnit | None) -> None:
    """Raise NotAsked unless the question belongs to the response's version, group and unit."""
    fits = question.section.version_id == response.questionnaire_version_id
    if response.group == Group.STAKEHOLDER:
        fits = fits and question.is_core and about_unit is None
    elif question.scope == Scope.REGION:
        fits = fits and about_unit is None
    elif response.group == Group.UNIT:
        fits = fits and about_unit is not None and about_unit.pk == response.unit_id
    else:
        fits = fits and about_unit is not None and about_unit.region_map_id == response.region_map_id
    if not fits:
        raise NotAsked


def answer_row(*, response: Response, question: Question, about_unit: TerritorialUnit | None) -> Answer:
    """The row of an answer, made on first use; two people opening it at once get the same row."""
    key = {"response": response, "question": question, "about_unit": about_unit}
    row = Answer.objects.filter(**key).first()
    if row is not None:
        return row
    try:
        with transaction.atomic():
            return Answer.objects.create(**key, provenance=response.provenance)
    except IntegrityError:
        return Answer.objects.get(**key)


def keep_revision(answer: Answer, *, field: str, by: Any) -> None:
    AnswerRevision.objects.create(
        answer=answer,
        version=answer.version,
        field=field,
        values={name: getattr(answer, name) for name in FIELDS[field]},
        by=by if by is not None and by.pk else None,
    )


@transaction.atomic
def save_answer(
    *, response: Response, question: Question, about_unit: TerritorialUnit | None, change: Any, by: Any
) -> Answer:
    """Write one field of an answer. `change` has field, values and the version it was based on.

    Raises ResponseClosed, NotAsked, StaleVersion (with the row as it stands).
    """
    check_asked(response=response, question=question, about_unit=about_unit)
    current = Response.objects.select_for_update().get(pk=response.pk)
    if not current.is_writable:
        raise ResponseClosed
    if current.opened_at is None:
        Response.objects.filter(pk=response.pk).update(opened_at=timezone.now())
    row = answer_row(response=response, question=question, about_unit=about_unit)
    return write_fields(
        row,
        field=change.field,
        values=change.values,
        expected=change.version,
        by=by,
        after=lambda fresh: keep_revision(fresh, field=change.field, by=by),
    )


