"""Writing answers: each field by itself, each change with its version, nothing lost."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from cohes3ion.lib.versions import StaleVersion, write_locked
from governance.enums import Group, ResponseState, Scope
from governance.models import Answer, AnswerRevision, Question, Response
from governance.services.scores import refresh_scores
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
        by=by,
    )


def save_fields(*, answer: Answer, changes: list[Any], by: Any) -> list[StaleVersion]:
    """Write fields of an answer read and locked in this transaction. Returns those that were stale.

    Raises ResponseClosed. One stale field never keeps the others from being saved.
    """
    if not answer.response.is_writable:
        raise ResponseClosed
    stale = []
    for change in changes:
        try:
            write_locked(
                answer,
                field=change.field,
                values=change.values,
                expected=change.version,
                by=by,
                after=lambda fresh, field=change.field: keep_revision(fresh, field=field, by=by),
            )
        except StaleVersion as conflict:
            stale.append(conflict)
    return stale


@transaction.atomic
def save_answer(
    *, scope: Any, response_id: int, key: tuple[str, int | None], changes: list[Any], by: Any
) -> Any:
    """Save fields of one answer of a response in `scope` (rows this person may fill in).

    Three queries when the answer's row exists: it is read with its response locked, so that sending and
    saving never cross; then one UPDATE and one revision per field. Returns (answer, stale fields).
    Raises Response.DoesNotExist (outside the scope), NotAsked, ResponseClosed.
    """
    code, unit_id = key
    answer = (
        Answer.objects.select_for_update(of=("response",))
        .select_related("response")
        .filter(response__in=scope, response=response_id, question__code=code, about_unit=unit_id)
        .first()
    )
    if answer is None:
        response = scope.select_for_update(of=("self",)).get(pk=response_id)
        answer = first_answer(response=response, code=code, unit_id=unit_id)
    return answer, save_fields(answer=answer, changes=changes, by=by)


def first_answer(*, response: Response, code: str, unit_id: int | None) -> Answer:
    """The row of an answer that nobody has opened yet. Raises NotAsked."""
    question = (
        Question.objects.select_related("section")
        .filter(section__version=response.questionnaire_version_id, code=code)
        .first()
    )
    unit = TerritorialUnit.objects.filter(pk=unit_id).first() if unit_id else None
    if question is None or (unit_id and unit is None):
        raise NotAsked
    check_asked(response=response, question=question, about_unit=unit)
    answer = answer_row(response=response, question=question, about_unit=unit)
    answer.response = response
    if response.opened_at is None:
        Response.objects.filter(pk=response.pk).update(opened_at=timezone.now())
    return answer


@transaction.atomic
def submit_response(*, response: Response, missing: list[Any], by: Any) -> Response:
    """Send a complete response and write the region's scores in the same transaction.

    Raises Incomplete (with the open steps), ResponseClosed. Saving is never blocked, only sending.
    """
    current = Response.objects.select_for_update().get(pk=response.pk)
    if not current.is_writable:
        raise ResponseClosed
    if missing:
        raise Incomplete(missing)
    Response.objects.filter(pk=current.pk).update(
        state=ResponseState.SUBMITTED,
        submitted_at=timezone.now(),
        submitted_by=by if by is not None and by.pk else None,
        return_reason="",
    )
    current.refresh_from_db()
    refresh_scores(region_map=current.region_map)
    return current


@transaction.atomic
def return_response(*, response: Response, reason: str) -> Response:
    """Give a sent response back with a reason; it no longer counts until it is sent again."""
    changed = Response.objects.filter(
        pk=response.pk, state__in=[ResponseState.SUBMITTED, ResponseState.APPROVED]
    ).update(state=ResponseState.RETURNED, return_reason=reason)
    if not changed:
        raise ResponseClosed
    response.refresh_from_db()
    refresh_scores(region_map=response.region_map)
    return response


@transaction.atomic
def approve_response(*, response: Response) -> Response:
    changed = Response.objects.filter(pk=response.pk, state=ResponseState.SUBMITTED).update(
        state=ResponseState.APPROVED
    )
    if not changed:
        raise ResponseClosed
    response.refresh_from_db()
    return response
