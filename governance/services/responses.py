"""Writing answers: each field by itself, each change with its version, nothing lost."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cohes3ion.lib.authors import stored
from cohes3ion.lib.versions import StaleVersion, write_locked
from governance.enums import ResponseState, ReviewAction
from governance.models import Answer, Response, ReviewStep
from governance.selectors.questions import unfinished_steps
from governance.selectors.responses import is_open
from governance.services.answer_rows import ResponseClosed, find_answer, locked_answer
from governance.services.revisions import keep_refused, keep_revision
from governance.services.scores import refresh_scores


class Incomplete(Exception):
    """Questions that still need an answer, or a choice, before the response can be sent."""

    def __init__(self, missing: list[Any]) -> None:
        self.missing = missing
        super().__init__(f"{len(missing)} questions are not finished")


def save_fields(*, answer: Answer, changes: list[Any], by: Any, **marks: Any) -> list[StaleVersion]:
    """Write fields of an answer locked in this transaction. Returns those that were stale.

    One stale field never keeps the others from being saved, and its text is kept in the history.
    `marks` stand beside the values in the history.
    """
    stale = []
    for change in changes:
        try:
            written = write_locked(
                answer,
                field=change.field,
                values=change.values,
                expected=change.version,
                by=by,
                after=lambda fresh, field=change.field: keep_revision(fresh, field=field, by=by, **marks),
            )
            assert written is not None, "the row is locked"
        except StaleVersion as conflict:
            keep_refused(answer, field=change.field, values=change.values, by=by)
            stale.append(conflict)
    return stale


@transaction.atomic
def save_answer(
    *, scope: Any, response_id: int, key: tuple[str, int | None], changes: list[Any], by: Any, **marks: Any
) -> tuple[Answer | None, list[StaleVersion]]:
    """Save fields of one answer of a response in `scope`. Returns the answer and what was stale.

    Three queries when the answer's row exists: the row, the UPDATE and one revision per field.
    Raises Response.DoesNotExist (outside the scope), NotAsked, ResponseClosed.
    """
    if not changes:
        return find_answer(scope=scope, response_id=response_id, key=key), []
    answer = locked_answer(scope=scope, response_id=response_id, key=key, side_by_side=True)
    return answer, save_fields(answer=answer, changes=changes, by=by, **marks)


@transaction.atomic
def submit_response(*, response: Response, by: Any) -> Response:
    """Send a complete response and write the region's scores in the same transaction.

    Raises Incomplete (with the open steps), ResponseClosed. Saving is never blocked, only sending.
    """
    locked = Response.objects.select_for_update(of=("self",))
    current = locked.select_related("region_map__exercise", "questionnaire_version").get(pk=response.pk)
    if not is_open(current):
        raise ResponseClosed
    missing = unfinished_steps(response=current)
    if missing:
        raise Incomplete(missing)
    Response.objects.filter(pk=current.pk).update(
        state=ResponseState.SUBMITTED,
        submitted_at=timezone.now(),
        submitted_by=stored(by),
        return_reason="",
        return_remarks=0,
    )
    keep_step(response=current, action=ReviewAction.SENT, by=by)
    current.refresh_from_db()
    refresh_scores(region_map=current.region_map)
    return current


def keep_step(*, response: Response, action: ReviewAction, by: Any, reason: str = "") -> ReviewStep:
    person = stored(by)
    return ReviewStep.objects.create(response=response, action=action, reason=reason, by=person)
