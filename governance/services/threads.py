"""Starting a discussion, saying something in it, settling and reopening it."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from governance.content.mentions import mentioned
from governance.enums import CommentEvent
from governance.models import Answer, Comment, Mention, Response, Thread
from governance.selectors.threads import desk_people, may_edit, people_of
from governance.services.answer_rows import answer_row, asked_question
from mapping.models import RegionMap


class CommentChanged(Exception):
    """The comment was changed in another window, or may no longer be changed."""


@transaction.atomic
def start_answer_thread(
    *, response: Response, key: tuple[str, int | None], text: str, by: Any, field: str = ""
) -> Thread:
    """Raises NotAsked. An answer nobody gave yet can be talked about as well."""
    question, unit = asked_question(response=response, code=key[0], unit_id=key[1])
    answer = answer_row(response=response, question=question, about_unit=unit)
    return open_thread(answer=answer, response=response, text=text, by=by, field=field)


def open_thread(*, answer: Answer, response: Response, text: str, by: Any, field: str = "") -> Thread:
    thread = Thread.objects.create(region_map_id=response.region_map_id, answer=answer, field=field)
    say(thread=thread, text=text, by=by, people=people_of(response=response))
    return thread


@transaction.atomic
def start_record_thread(
    *, region_map: RegionMap, kind: str, pk: int, text: str, by: Any, field: str = ""
) -> Thread:
    thread = Thread.objects.create(region_map=region_map, kind=kind, record_id=pk, field=field)
    say(thread=thread, text=text, by=by, people=people_of(region_map=region_map))
    return thread


def say(*, thread: Thread, text: str, by: Any, people: list[Any]) -> Comment:
    comment = Comment.objects.create(thread=thread, text=text, by=by)
    name_people(comment, people=people)
    return comment


def name_people(comment: Comment, *, people: list[Any]) -> None:
    """A notice for everybody named, once; never for oneself."""
    others = {person.pk: person.name for person in people if person.pk != comment.by_id}
    wanted = mentioned(comment.text, others)
    Mention.objects.bulk_create(
        [Mention(comment=comment, user_id=pk) for pk in wanted], ignore_conflicts=True
    )


def _people_about(thread: Thread) -> list[Any]:
    response = thread.answer.response if thread.answer is not None else thread.response
    if response is not None:
        return people_of(response=response)
    if thread.exercise is not None:
        return desk_people(exercise=thread.exercise)
    return people_of(region_map=thread.region_map)


@transaction.atomic
def reply(*, thread: Thread, text: str, by: Any) -> Comment:
    """Say something more; what is settled stays settled until somebody reopens it."""
    comment = say(thread=thread, text=text, by=by, people=_people_about(thread))
    Mention.objects.filter(comment__thread=thread, user=by, seen_at=None).update(seen_at=timezone.now())
    return comment


@transaction.atomic
def settle(*, thread: Thread, settled: bool, by: Any) -> bool:
    """Settle or reopen, once: a second click, or a colleague who was quicker, changes nothing."""
    if not Thread.objects.filter(pk=thread.pk, is_settled=not settled).update(is_settled=settled):
        return False
    event = CommentEvent.SETTLED if settled else CommentEvent.REOPENED
    Comment.objects.create(thread=thread, by=by, event=event)
    return True


def settle_field(*, field: str, by: Any, **about: Any) -> None:
    """One of two answers was chosen: the talk that was opened for it is over.

    `about`: the answer; or kind and record_id of a row.
    """
    for thread in Thread.objects.filter(**about, field=field, is_settled=False):
        settle(thread=thread, settled=True, by=by)


@transaction.atomic
def edit_comment(*, comment: Comment, text: str, expected: int, by: Any) -> Comment:
    """Raises CommentChanged when it is older than a day, or another window was quicker."""
    own = may_edit(comment, user=by, now=timezone.now())
    changed = own and Comment.objects.filter(pk=comment.pk, version=expected, removed_at=None).update(
        text=text, version=F("version") + 1, edited_at=timezone.now()
    )
    if not changed:
        raise CommentChanged
    comment.refresh_from_db()
    name_people(comment, people=_people_about(comment.thread))
    return comment


def remove_comment(*, comment: Comment, by: Any) -> None:
    """Its words leave the page for everybody. Raises CommentChanged."""
    own = may_edit(comment, user=by, now=timezone.now())
    if not own or not Comment.objects.filter(pk=comment.pk, removed_at=None).update(
        removed_at=timezone.now(), version=F("version") + 1
    ):
        raise CommentChanged


def mark_seen(*, mention_id: int, user: Any) -> bool:
    rows = Mention.objects.filter(pk=mention_id, user=user)
    return bool(rows.filter(seen_at=None).update(seen_at=timezone.now()) or rows.exists())
