"""Talking about a shared challenge, and keeping both of two texts until one of them is agreed."""

from typing import Any

from django.db import transaction

from cohes3ion.lib.versions import StaleVersion
from governance.models import Challenge, Thread
from governance.selectors.threads import CHALLENGE, desk_people
from governance.services.challenges import save_challenge
from governance.services.threads import say, settle_field
from governance.services.two_answers import first_remark, is_said


@transaction.atomic
def start_challenge_thread(*, challenge: Challenge, text: str, by: Any, field: str = "") -> Thread:
    exercise = challenge.exercise
    thread = Thread.objects.create(exercise=exercise, kind=CHALLENGE, record_id=challenge.pk, field=field)
    say(thread=thread, text=text, by=by, people=desk_people(exercise=exercise))
    return thread


@transaction.atomic
def keep_both(
    *, row: Challenge, change: Any, told: dict[str, str], is_joined: bool, by: Any
) -> tuple[Challenge, list[StaleVersion]]:
    """Both narratives stand (`is_joined`), or the stored title stays and the other waits in the talk.

    Either way a talk about the two is opened, once; `told`: `theirs` and `mine` in words. The choice is bound
    to the version that was seen: if somebody wrote since, nothing is decided.
    """
    row = Challenge.objects.select_for_update(of=("self",)).select_related("exercise").get(pk=row.pk)
    if is_joined:
        row, stale = save_challenge(row=row, changes=[change], by=by)
    else:
        is_old = row.version_of(change.field) != change.version
        stale = [StaleVersion(row, change.field)] if is_old else []
    text = first_remark(**told, is_joined=is_joined)
    about = {"kind": CHALLENGE, "record_id": row.pk, "field": change.field}
    if not stale and text and not is_said(text=text, **about):
        start_challenge_thread(challenge=row, text=text, by=by, field=change.field)
    return row, stale


def end_talk(*, row: Challenge, field: str, by: Any) -> None:
    """One of the two was chosen."""
    settle_field(kind=CHALLENGE, record_id=row.pk, field=field, by=by)
