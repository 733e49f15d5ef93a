"""Reviewing: giving answers back with reasons, as a whole or place by place, and approving them."""

from typing import Any

from django.db import transaction

from governance.enums import ResponseState, ReviewAction
from governance.models import Response, ReviewStep, Thread
from governance.selectors.reviews import Remark
from governance.selectors.threads import people_of
from governance.services.answer_rows import ResponseClosed, answer_row, asked_question
from governance.services.responses import keep_step
from governance.services.scores import refresh_scores
from governance.services.threads import say


class NoReason(Exception):
    """Answers are given back with a reason, or with a remark at least."""


@transaction.atomic
def return_response(
    *, response: Response, reason: str, by: Any, remarks: list[Remark] | None = None
) -> Response:
    """Give a sent response back; it no longer counts until it is sent again.

    One that was approved is reopened in this way, and the log of the review says so. Each remark opens a
    discussion at its answer or section. Raises NoReason, ResponseClosed, NotAsked.
    """
    remarks = remarks or []
    if not reason.strip() and not remarks:
        raise NoReason
    sent = Response.objects.filter(pk=response.pk)
    back = {"state": ResponseState.RETURNED, "return_reason": reason, "return_remarks": len(remarks)}
    if sent.filter(state=ResponseState.SUBMITTED).update(**back):
        action = ReviewAction.RETURNED
    elif sent.filter(state=ResponseState.APPROVED).update(**back):
        action = ReviewAction.REOPENED
    else:
        raise ResponseClosed
    step = keep_step(response=response, action=action, by=by, reason=reason)
    if remarks:
        keep_remarks(response=response, remarks=remarks, step=step, by=by)
    response.refresh_from_db()
    refresh_scores(region_map=response.region_map)
    return response


def keep_remarks(*, response: Response, remarks: list[Remark], step: ReviewStep, by: Any) -> None:
    people = people_of(response=response)
    for remark in remarks:
        if remark.key is None:
            about: dict[str, Any] = {"response": response, "section": remark.section}
        else:
            question, unit = asked_question(response=response, code=remark.key[0], unit_id=remark.key[1])
            about = {"answer": answer_row(response=response, question=question, about_unit=unit)}
        thread = Thread.objects.create(region_map_id=response.region_map_id, review_step=step, **about)
        say(thread=thread, text=remark.text, by=by, people=people)


@transaction.atomic
def approve_response(*, response: Response, by: Any) -> Response:
    """Raises ResponseClosed when it is not sent."""
    changed = Response.objects.filter(pk=response.pk, state=ResponseState.SUBMITTED).update(
        state=ResponseState.APPROVED
    )
    if not changed:
        raise ResponseClosed
    keep_step(response=response, action=ReviewAction.APPROVED, by=by)
    response.refresh_from_db()
    return response
