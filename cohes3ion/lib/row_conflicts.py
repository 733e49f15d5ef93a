"""Both sides of a field of a row that two people wrote."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _


@dataclass(frozen=True, kw_only=True)
class Person:
    pk: int
    name: str


@dataclass(frozen=True, kw_only=True)
class TwoSides:
    """What components/_conflict.html shows; `fields` send my answer again."""

    key: str
    action: str
    version: int
    by: Person
    at: dt.datetime
    theirs: str
    mine: str
    fields: list[dict[str, str]]

    @property
    def seconds_ago(self) -> int:
        """How long theirs stands there, in whole seconds."""
        return max(0, int((timezone.now() - self.at).total_seconds()))


@dataclass(frozen=True, kw_only=True)
class PartConflict(TwoSides):
    """Of a field of a row with a form of its own."""

    joinable: bool
    # Both can be kept whatever the field, and a talk about the two is opened.
    is_discussed: bool = False
    # Where both can be read later on; none: here only.
    history: str = ""

    @property
    def here_only(self) -> bool:
        return not self.history

    @property
    def can_keep_both(self) -> bool:
        return self.joinable or self.is_discussed


def name_of(person: Any) -> str:
    return (person.name or person.email) if person else _("Somebody else")


def last_writer(row: Any, *, field: str) -> tuple[Any, dt.datetime]:
    """Who wrote this field last, and when."""
    if hasattr(row, "history"):
        entry = row.history.filter(history_change_reason=field).select_related("history_user").first()
        if entry is not None:
            return entry.history_user, entry.history_date
    return row.edited_by, row.edited_at


def part_conflict(
    row: Any, *, field: str, form: Any, action: str, is_discussed: bool = False, history: str = ""
) -> PartConflict:
    """The panel for a field that somebody else wrote meanwhile. `form` holds what came too late."""
    writer, at = last_writer(row, field=field)
    sent = form.data.getlist(field) or [""]
    return PartConflict(
        key=f"{form.key}-{field}",
        action=action,
        version=row.version_of(field),
        by=Person(pk=writer.pk if writer else 0, name=name_of(writer)),
        at=at,
        theirs=form.spoken(field, form.stored_text(row, field)),
        mine=form.spoken(field, form.typed(field)),
        fields=[
            {"name": "field", "value": field},
            *({"name": field, "value": value} for value in sent),
        ],
        joinable=field in form.joinable,
        is_discussed=is_discussed,
        history=history,
    )
