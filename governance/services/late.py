"""What comes too late: written after the answers were sent or the round was closed."""

from typing import Any

from django.db import transaction

from governance.services.answer_rows import NotAsked, answer_row, asked_question
from governance.services.revisions import keep_refused


@transaction.atomic
def keep_late(
    *,
    scope: Any,
    response_id: int,
    key: tuple[str, int | None],
    part: str = "",
    changes: list[Any],
    by: Any,
) -> None:
    """Keep what somebody was still writing in the history: the answer stays as it was sent, nothing is lost.

    Nothing is kept of what was never asked. Raises Response.DoesNotExist (outside the scope).
    """
    response = scope.select_for_update(of=("self",)).get(pk=response_id)
    try:
        question, unit = asked_question(response=response, code=key[0], unit_id=key[1])
    except NotAsked:
        return
    entries = response.entries.filter(question=question.parent_id, about_unit=unit, key=part)
    if question.parent_id is not None and not entries.exists():
        return
    answer = answer_row(response=response, question=question, about_unit=unit, part=part)
    for change in changes:
        if any(getattr(answer, name) != value for name, value in change.values.items()):
            keep_refused(answer, field=change.field, values=change.values, by=by)


@transaction.atomic
def keep_late_values(
    *, scope: Any, response_id: int, unit: int | None, changes: list[tuple[str, str, Any]], by: Any
) -> None:
    """The same for what a page of another type sends: (code, part, change) each."""
    for code, part, change in changes:
        keep_late(scope=scope, response_id=response_id, key=(code, unit), part=part, changes=[change], by=by)
