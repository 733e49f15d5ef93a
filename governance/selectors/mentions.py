"""Where people were named, and the way to it: notices on the home page, mails, one discussion or comment."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from governance.models import Comment, Mention, ReminderStop, Thread

A_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Somebody named this person and waits for an answer."""

    pk: int
    by: Any
    at: dt.datetime
    text: str
    address: str


def find_thread(*, pk: int, user: Any) -> Thread | None:
    related = (
        "answer__response__region_map__exercise__project",
        "answer__question",
        "response__region_map__exercise__project",
    )
    return (
        Thread.objects.visible_to(user)
        .select_related("region_map__exercise__project", "exercise__project", *related)
        .filter(pk=pk)
        .first()
    )


def find_comment(*, pk: int, user: Any) -> Comment | None:
    """A comment of this person in a discussion they still see."""
    seen = Thread.objects.visible_to(user)
    rows = Comment.objects.filter(thread__in=seen, by=user, event="", removed_at=None)
    return (
        rows.select_related("thread__answer__question", "thread__region_map", "thread__exercise")
        .filter(pk=pk)
        .first()
    )


def thread_address(thread: Thread) -> str:
    """The page on which the discussion stands."""
    if thread.answer is not None:
        answer = thread.answer
        place = [
            answer.response_id,
            answer.question.code,
            *([answer.about_unit_id] if answer.about_unit_id else []),
        ]
        return reverse("governance:question_detail", args=place) + f"#thread-{thread.pk}"
    if thread.response_id is not None:
        return reverse("governance:response_detail", args=[thread.response_id]) + f"#thread-{thread.pk}"
    if thread.exercise is not None:
        place = [thread.exercise.slug, thread.record_id]
        return reverse("governance:challenge_talk", args=place) + f"#thread-{thread.pk}"
    place = [thread.region_map_id, thread.kind, thread.record_id]
    return reverse("governance:record_talk", args=place) + f"#thread-{thread.pk}"


def notices(*, user: Any) -> list[Notice]:
    """Where this person was named and has not looked yet, newest first. One query."""
    rows = Mention.objects.filter(
        user=user, seen_at=None, comment__removed_at=None, comment__thread__in=Thread.objects.visible_to(user)
    ).select_related("comment__by", "comment__thread__answer__question", "comment__thread__exercise")
    return [
        Notice(
            pk=row.pk,
            by=row.comment.by,
            at=row.comment.at,
            text=row.comment.text,
            address=thread_address(row.comment.thread),
        )
        for row in rows.order_by("-comment__at")[:20]
    ]


def unsent_mentions(*, user: Any = None, named_before: dt.datetime | None = None) -> Any:
    """Mentions that nobody looked at and no mail told of: for who sends mails, and sets `mailed_at`.

    None older than a week: who was away finds them on the home page. With `user`: those they still see.
    """
    newest = named_before or timezone.now()
    rows = Mention.objects.filter(
        mailed_at=None,
        seen_at=None,
        comment__removed_at=None,
        comment__at__range=(newest - A_WEEK, newest),
        user__is_active=True,
        user__is_demo=False,
    ).exclude(user__email__in=ReminderStop.objects.values("address"))
    if user is not None:
        rows = rows.filter(user=user, comment__thread__in=Thread.objects.visible_to(user))
    related = ("comment__by", "comment__thread__answer__question", "comment__thread__exercise")
    return rows.select_related(*related).order_by("pk")
