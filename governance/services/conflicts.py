"""Two people, one field: whose answer stands, and how both are kept until they agree."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cohes3ion.lib.row_forms import one_below_the_other
from cohes3ion.lib.versions import StaleVersion
from governance.models import Answer
from governance.selectors.revisions import AGREED, DISCUSS, raw_value, spoken_value, stored_value
from governance.services.answer_rows import answer_row
from governance.services.responses import save_fields
from governance.services.revisions import keep_revision, note_revision
from governance.services.threads import open_thread, settle_field
from governance.services.two_answers import about_answers, about_texts, are_two
from governance.services.values import locked_part

TEXT_LIMIT = 5000


class TooLong(Exception):
    """Both texts together do not fit into the field."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What somebody chose between the stored value ("theirs") and `change` ("mine"), or to keep "both".

    `part`: a cell, or an entry of a group; `about` names it. `told` says the columns of a value in words.
    """

    choice: str
    change: Any
    part: str = ""
    about: str = ""
    told: Callable[[dict[str, Any]], str] | None = None


@transaction.atomic
def settle_answer(
    *, scope: Any, response_id: int, key: tuple[str, int | None], chosen: Choice, by: Any
) -> tuple[Answer, list[StaleVersion]]:
    """Decide between two answers, or keep both.

    The choice is bound to the version the person saw: if somebody wrote since, nothing is decided and
    the field comes back as stale. Both texts are joined; of two other values the stored one stays and the
    other waits beside it until one is agreed. Either way a talk about the two is opened.
    Raises Response.DoesNotExist, NotAsked, ResponseClosed, EntryGone, TooLong.
    """
    change = chosen.change
    answer = locked_part(scope=scope, response_id=response_id, key=key, part=chosen.part)
    if chosen.choice == "mine":
        stale = save_fields(answer=answer, changes=[change], by=by)
        if not stale:
            end_talk(answer, field=change.field, by=by)
        return answer, stale
    if answer.version_of(change.field) != change.version:
        return answer, [StaleVersion(answer, change.field)]
    if chosen.choice == "theirs":
        agree(answer, field=change.field, by=by)
        end_talk(answer, field=change.field, by=by)
    elif change.field == "explanation":
        return answer, keep_texts(answer, change=change, by=by)
    else:
        set_beside(answer, chosen=chosen, by=by)
    return answer, []


def set_beside(answer: Answer, *, chosen: Choice, by: Any) -> None:
    """Keep a value beside the stored one, to be discussed; once, however often it is sent."""
    change = chosen.change
    values = {**change.values, DISCUSS: change.version}
    if not answer.revisions.filter(field=change.field, by=by, values=values).exists():
        note_revision(answer, field=change.field, values=values, by=by)
        talk_about(answer, chosen=chosen, by=by)


def keep_texts(answer: Answer, *, change: Any, by: Any) -> list[StaleVersion]:
    """Both texts stand, one below the other, and a talk about them is opened with each of them in it.

    Where one is part of the other there is nothing to talk about. Raises TooLong.
    """
    theirs, mine = answer.explanation, change.values["explanation"]
    stale = save_fields(answer=answer, changes=[join_texts(answer, change=change)], by=by)
    if not stale and are_two(theirs=theirs, mine=mine):
        text = about_texts(theirs=theirs, mine=mine)
        open_thread(answer=answer, response=answer.response, text=text, by=by, field=change.field)
    return stale


def talk_about(answer: Answer, *, chosen: Choice, by: Any) -> None:
    """Two values wait for a choice: the talk about them is opened at once, with both in it."""
    change, told = chosen.change, chosen.told
    if told is None:
        values = [stored_value(answer, field=change.field), raw_value(change.values, field=change.field)]
        theirs, mine = (spoken_value(value, field=change.field) for value in values)
    else:
        theirs, mine = told({"kind": answer.kind, "value": answer.value}), told(change.values)
    both = about_answers(theirs=theirs, mine=mine)
    place, field = talk_place(answer, field=change.field)
    open_thread(
        answer=place,
        response=answer.response,
        text=f"{chosen.about}: {both}" if chosen.about else both,
        by=by,
        field=field,
    )


def talk_place(answer: Answer, *, field: str) -> tuple[Answer, str]:
    """Where people talk: at the question as a whole, also about a cell or an answer inside a group."""
    question = answer.question
    if not answer.part and question.parent_id is None:
        return answer, field
    whole = answer_row(
        response=answer.response, question=question.parent or question, about_unit=answer.about_unit
    )
    digest = sha256(f"{question.code} {answer.part}".encode()).hexdigest()[:16]
    return whole, f"{field} {digest}"


def end_talk(answer: Answer, *, field: str, by: Any) -> None:
    about, name = talk_place(answer, field=field)
    settle_field(answer=about, field=name, by=by)


def join_texts(answer: Answer, *, change: Any) -> Any:
    """One below the other. Raises TooLong."""
    joined = one_below_the_other(theirs=answer.explanation, mine=change.values["explanation"])
    if len(joined) > TEXT_LIMIT:
        raise TooLong
    return change.with_values(explanation=joined)


def agree(answer: Answer, *, field: str, by: Any) -> None:
    """The stored value stands: the field's version counts up, so that nothing waits beside it any more."""
    waiting = answer.revisions.filter(field=field, **{f"values__{DISCUSS}": answer.version_of(field)})
    if not waiting.exists():
        return
    answer.field_versions = {**answer.field_versions, field: answer.version_of(field) + 1}
    Answer.objects.filter(pk=answer.pk).update(
        version=F("version") + 1,
        field_versions=answer.field_versions,
        edited_at=timezone.now(),
        edited_by=by,
    )
    answer.version += 1
    keep_revision(answer, field=field, by=by, **{AGREED: True})
