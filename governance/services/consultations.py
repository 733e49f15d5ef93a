"""Commenting on a draft map, answering each comment, and saying what came of it."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from cohes3ion.lib.versions import write_fields
from governance.models import CommentReply, Consultation, ConsultationComment
from mapping.models import Exercise

# Of one author in one consultation: more is a program, or belongs into a document.
MOST_COMMENTS = 200


class ConsultationClosed(Exception):
    """The last day is over, or the map is not in consultation any more."""


class TooManyComments(Exception):
    """One author wrote more comments than anybody would read."""


class CommentChanged(Exception):
    """A colleague answered it meanwhile, or its author took it back."""

    def __init__(self, comment: ConsultationComment) -> None:
        self.comment = comment
        super().__init__(f"version {comment.version}")


def end_of_day(day: dt.date, *, exercise: Exercise) -> dt.datetime:
    """The last moment of a day in the time zone of the round."""
    return dt.datetime.combine(day, dt.time(23, 59, 59), tzinfo=ZoneInfo(exercise.time_zone))


def change_consultation(
    *, consultation: Consultation, text: str, closes_at: dt.datetime, expected: int, by: Any
) -> Consultation:
    """Another text or last day. Raises StaleVersion."""
    values = {"text": text, "closes_at": closes_at}
    changed: Consultation = write_fields(consultation, field="call", values=values, expected=expected, by=by)
    return changed


def save_outcome(*, consultation: Consultation, text: str, expected: int, by: Any) -> Consultation:
    """What came of it, for everybody who commented. Raises StaleVersion."""
    saved: Consultation = write_fields(
        consultation, field="outcome", values={"outcome": text}, expected=expected, by=by
    )
    return saved


@transaction.atomic
def add_comment(
    *, consultation: Consultation, author: dict[str, Any], about: dict[str, Any], text: str, name_shown: bool
) -> ConsultationComment:
    """Say something about a part of the map, or about all of it; the same words twice are one comment.

    `author`: link or person. `about`: kind, record_id, about. Raises ConsultationClosed, TooManyComments.
    """
    # The lead may close it, the same person may press twice: one after the other.
    current = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    if not current.is_open:
        raise ConsultationClosed
    mine = ConsultationComment.objects.filter(consultation=current, removed_at=None, **author)
    place = {"kind": about["kind"], "record_id": about["record_id"]}
    there = mine.filter(**place, text=text).first()
    if there is not None:
        return there
    if mine.count() >= MOST_COMMENTS:
        raise TooManyComments
    values = {**author, **about, "text": text, "name_shown": name_shown}
    return ConsultationComment.objects.create(consultation=current, **values)


@transaction.atomic
def remove_comment(*, comment: ConsultationComment) -> None:
    """By its author, while comments are taken and nobody answered it. Raises ConsultationClosed."""
    current = Consultation.objects.select_for_update(of=("self",)).get(pk=comment.consultation_id)
    rows = ConsultationComment.objects.filter(pk=comment.pk, verdict="", removed_at=None)
    if not current.is_open or not rows.update(removed_at=timezone.now(), version=comment.version + 1):
        raise ConsultationClosed


@transaction.atomic
def answer_comment(
    *, comment: ConsultationComment, verdict: str, reply: str, expected: int, by: Any
) -> ConsultationComment:
    """Say what was done with a comment, and why. Raises CommentChanged."""
    rows = ConsultationComment.objects.filter(pk=comment.pk, version=expected, removed_at=None)
    changed = rows.update(
        verdict=verdict, reply=reply, replied_at=timezone.now(), replied_by=by, version=expected + 1
    )
    comment.refresh_from_db()
    if not changed:
        raise CommentChanged(comment)
    CommentReply.objects.create(comment=comment, verdict=verdict, reply=reply, by=by)
    return comment
