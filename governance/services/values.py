"""Writing answers of every type but the scale: the value, a cell of a matrix, an answer inside a group.

Each is an answer of its own with its own version, written by the same guarded UPDATE as a level.
"""

from typing import Any

from django.db import transaction

from cohes3ion.lib.versions import StaleVersion
from governance.asking.frames import find_cell
from governance.models import Answer
from governance.services.answer_rows import NotAsked, locked_answer
from governance.services.entries import require_entry
from governance.services.responses import save_fields

MANY = 20  # values of one request


@transaction.atomic
def save_values(
    *, scope: Any, response_id: int, key: tuple[str, int | None], changes: list[tuple[str, str, Any]], by: Any
) -> tuple[dict[tuple[str, str], Answer], list[StaleVersion]]:
    """Save values of one question: (code, part, change) each. Returns the answers written and what was stale.

    One that is stale never keeps the others back. Raises as save_value.
    """
    written: dict[tuple[str, str], Answer] = {}
    stale: list[StaleVersion] = []
    if len(changes) > MANY:
        make_cells(scope=scope, response_id=response_id, key=key, parts=[part for _code, part, _c in changes])
    for code, part, change in changes:
        answer, late = save_value(
            scope=scope, response_id=response_id, key=(code, key[1]), part=part, changes=[change], by=by
        )
        written[code, part] = answer
        stale += late
    return written, stale


def make_cells(*, scope: Any, response_id: int, key: tuple[str, int | None], parts: list[str]) -> None:
    """The rows of many cells nobody wrote yet, in one query instead of five each. Raises as save_value."""
    frame = locked_answer(scope=scope, response_id=response_id, key=key)
    if frame.question.type != "matrix":
        return
    about = {"response": frame.response, "question": frame.question, "about_unit_id": frame.about_unit_id}
    Answer.objects.bulk_create(
        [
            Answer(**about, part=part, provenance=frame.response.provenance)
            for part in parts
            if part and find_cell(frame.question.settings, part) is not None
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def save_value(
    *,
    scope: Any,
    response_id: int,
    key: tuple[str, int | None],
    part: str = "",
    changes: list[Any],
    by: Any,
) -> tuple[Answer, list[StaleVersion]]:
    """Save fields of one answer, a cell or an answer inside a group. Returns it and what was stale.

    Raises Response.DoesNotExist (outside the scope), NotAsked, QuestionRemoved, ResponseClosed, EntryGone.
    """
    answer = locked_part(scope=scope, response_id=response_id, key=key, part=part)
    return answer, save_fields(answer=answer, changes=changes, by=by)


def locked_part(*, scope: Any, response_id: int, key: tuple[str, int | None], part: str = "") -> Answer:
    """The answer for writing, also one of a cell or inside a group. Raises as save_value."""
    answer = locked_answer(scope=scope, response_id=response_id, key=key, part=part)
    question = answer.question
    if question.parent_id is not None:
        require_entry(answer=answer, group_id=question.parent_id)
    elif part and find_cell(question.settings, part) is None:
        raise NotAsked
    return answer
