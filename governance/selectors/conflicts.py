"""Both sides of a field that two people wrote: what stands there, and what came too late."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.lib.differences import word_difference
from cohes3ion.lib.row_conflicts import Person, TwoSides
from governance.models import Answer, Response
from governance.selectors.revisions import Discussion, last_writer, spoken_value, stored_value
from governance.selectors.value_words import told_by


@dataclass(frozen=True, kw_only=True)
class Conflict(TwoSides):
    """Of an answer: what is a text can be read in full, with the difference."""

    theirs_text: str
    mine_text: str
    difference: list[tuple[str, str]]


def conflict_of(answer: Answer, *, field: str, mine: str, place: list[Any], user: Any) -> Conflict:
    """The panel for a field that somebody else wrote meanwhile. One query: who that was."""
    writer = last_writer(answer, field=field)
    theirs = stored_value(answer, field=field)
    is_text = field == "explanation"
    return Conflict(
        key=field,
        action=reverse("governance:answer_settle", args=place),
        version=answer.version_of(field),
        by=person(writer.by if writer else answer.edited_by, user=user),
        at=writer.at if writer else answer.edited_at,
        theirs="" if is_text else spoken_value(theirs, field=field) or _("no answer"),
        mine="" if is_text else spoken_value(mine, field=field) or _("no answer"),
        theirs_text=(theirs or _("(empty)")) if is_text else "",
        mine_text=(mine or _("(empty)")) if is_text else "",
        fields=[{"name": "field", "value": field}, {"name": field, "value": mine}],
        difference=word_difference(theirs, mine) if is_text else [],
    )


def value_conflict(
    answer: Answer, *, sent: Any, typed: list[str], response: Response, place: list[Any], user: Any
) -> Conflict:
    """The panel for a value of another type than the scale. `sent`: its name, and where it goes."""
    writer = last_writer(answer, field="value")
    told = told_by(kind=sent.place.kind, settings=sent.place.settings, response=response)
    return Conflict(
        key=sent.name.replace(".", "-"),
        action=reverse("governance:value_save", args=place),
        version=answer.version_of("value"),
        by=person(writer.by if writer else answer.edited_by, user=user),
        at=writer.at if writer else answer.edited_at,
        theirs=told({"kind": answer.kind, "value": answer.value}),
        mine=told(sent.change.values),
        theirs_text="",
        mine_text="",
        fields=[{"name": sent.name, "value": text} for text in typed],
        difference=[],
    )


def person(writer: Any, *, user: Any) -> Person:
    if writer is None:
        return Person(pk=0, name=_("somebody else"))
    if writer.pk == user.pk:
        return Person(pk=writer.pk, name=_("you in another window"))
    return Person(pk=writer.pk, name=writer.name or writer.email)


def waiting_choice(answer: Answer, *, item: Discussion, place: list[Any]) -> dict[str, Any]:
    """The form that ends a discussion: the stored answer, or the one beside it."""
    stored = stored_value(answer, field=item.field)
    return {
        "key": item.field,
        "action": reverse("governance:answer_settle", args=place),
        "version": item.version,
        "by": item.by,
        "at": item.at,
        "theirs": spoken_value(stored, field=item.field) or _("no answer"),
        "mine": item.value or _("no answer"),
        "fields": [{"name": "field", "value": item.field}, {"name": item.field, "value": item.raw}],
    }
