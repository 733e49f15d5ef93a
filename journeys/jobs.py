"""The only place that puts the work of journeys on the queue."""

import datetime as dt
import logging
from typing import Any

from django.db import transaction
from kombu.exceptions import OperationalError

from journeys.enums import PostState
from journeys.models import ActionPlan, Brief, Document, Export, Newsletter, PlanPrint, Post
from journeys.services.briefs import request_brief
from journeys.services.documents import request_document
from journeys.services.exports import request_export
from journeys.services.mailings import go_on, send
from journeys.services.plan_prints import request_plan_print
from journeys.services.posts import move_post
from journeys.tasks import (
    find_matches,
    render_brief,
    render_document,
    render_plan,
    spread_newsletter,
    write_export,
)
from mapping.models import Exercise, Region, RegionMap

log = logging.getLogger(__name__)


def enqueue(task: Any, pk: int) -> None:
    """Ring the bell. A broker that does not answer is no error: the sweeper sends the row later."""
    try:
        task.delay(pk)
    except (OperationalError, OSError) as error:
        log.warning("The broker does not answer, %s %s waits: %s", task.name, pk, error)


def start_document(
    *, exercise: Exercise, region: Region | None, is_draft: bool, by: Any
) -> tuple[Document, bool]:
    """The document of today's content; enqueued after the commit when it is new."""
    row, is_new = request_document(exercise=exercise, region=region, is_draft=is_draft, by=by)
    if is_new:
        transaction.on_commit(lambda: enqueue(render_document, row.pk))
    return row, is_new


def start_export(*, exercise: Exercise, region: Region | None, form: str, by: Any) -> tuple[Export, bool]:
    """The workbook of today's content; enqueued after the commit when it is new."""
    row, is_new = request_export(exercise=exercise, region=region, form=form, by=by)
    if is_new:
        transaction.on_commit(lambda: enqueue(write_export, row.pk))
    return row, is_new


def start_brief(*, region_map: RegionMap, since: dt.date, by: Any) -> tuple[Brief, bool]:
    """The steering brief of today's content; enqueued after the commit when it is new."""
    row, is_new = request_brief(region_map=region_map, since=since, by=by)
    if is_new:
        transaction.on_commit(lambda: enqueue(render_brief, row.pk))
    return row, is_new


def start_plan_print(*, plan: ActionPlan, by: Any) -> tuple[PlanPrint, bool]:
    """The PDF of today's plan; enqueued after the commit when it is new."""
    row, is_new = request_plan_print(plan=plan, by=by)
    if is_new:
        transaction.on_commit(lambda: enqueue(render_plan, row.pk))
    return row, is_new


@transaction.atomic
def start_mailing(*, newsletter: Newsletter, seen: str, by: Any) -> None:
    """Freeze the newsletter; its mails are written after the commit."""
    row = send(newsletter=newsletter, seen=seen, by=by)
    transaction.on_commit(lambda: enqueue(spread_newsletter, row.pk))


@transaction.atomic
def resume_mailing(*, newsletter: Newsletter) -> None:
    go_on(newsletter=newsletter)
    transaction.on_commit(lambda: enqueue(spread_newsletter, newsletter.pk))


def publish_post(*, post: Post, expected: int, by: Any) -> Post:
    """Open to everybody, and compared at once. Raises StepRefused, StaleVersion."""
    published = move_post(post=post, to=PostState.PUBLISHED, expected=expected, by=by)
    transaction.on_commit(lambda: enqueue(find_matches, post.pk))
    return published
