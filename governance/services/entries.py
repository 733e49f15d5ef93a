"""Entries of repeating groups: added, moved, removed and brought back. Their answers stay as they are."""

import secrets
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from cohes3ion.lib.ordered import end_of
from governance.models import Answer, GroupEntry
from governance.services.answer_rows import NotAsked, locked_answer

MOST_ENTRIES = 200


class EntryGone(Exception):
    """The entry of the group was removed; `by` and `at` say who and when."""

    def __init__(self, entry: GroupEntry | None) -> None:
        self.entry = entry
        super().__init__(str(entry))


class TooManyEntries(Exception):
    """The group has as many entries as it may have."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(str(limit))


class KeyTaken(Exception):
    """Another group of the response has an entry with this key."""


class StaleEntry(Exception):
    """Somebody else moved or removed the entry since."""

    def __init__(self, row: GroupEntry) -> None:
        self.row = row
        super().__init__(row.key)


def require_entry(*, answer: Answer, group_id: int) -> None:
    entry = GroupEntry.objects.filter(
        response=answer.response_id, question=group_id, about_unit=answer.about_unit_id, key=answer.part
    ).first()
    if entry is None or entry.removed_at is not None:
        raise EntryGone(entry)


@transaction.atomic
def add_entry(
    *, scope: Any, response_id: int, key: tuple[str, int | None], by: Any, entry_key: str = ""
) -> GroupEntry:
    """A new entry at the end of a group. Raises as save_value, TooManyEntries."""
    frame = locked_answer(scope=scope, response_id=response_id, key=key)
    if frame.question.type != "group":
        raise NotAsked
    return new_entry(frame, name=entry_key or secrets.token_hex(4), by=by)


@transaction.atomic
def add_entry_once(
    *, scope: Any, response_id: int, key: tuple[str, int | None], name: str, by: Any
) -> tuple[GroupEntry, bool]:
    """As add_entry, with a name that a program chose: the same name again is the same entry (and False).

    The unique constraint decides. Raises as add_entry, KeyTaken.
    """
    frame = locked_answer(scope=scope, response_id=response_id, key=key)
    if frame.question.type != "group":
        raise NotAsked
    try:
        with transaction.atomic():
            return new_entry(frame, name=name or secrets.token_hex(4), by=by), True
    except IntegrityError:
        row = entries_of(frame).filter(key=name).first()
    if row is None:
        raise KeyTaken(name)
    return row, False


def new_entry(frame: Answer, *, name: str, by: Any) -> GroupEntry:
    rows = entries_of(frame)
    limit = frame.question.settings.get("max") or MOST_ENTRIES
    made = GroupEntry.objects.create(
        response=frame.response,
        question=frame.question,
        about_unit_id=frame.about_unit_id,
        key=name,
        position=end_of(rows),
        created_by=by,
    )
    # Counted after the insert, so that an entry that is there already is found and not counted again.
    if rows.filter(removed_at=None).count() > limit:
        raise TooManyEntries(limit)
    return made


def entries_of(frame: Answer) -> Any:
    return GroupEntry.objects.filter(
        response=frame.response_id, question=frame.question_id, about_unit=frame.about_unit_id
    )


@transaction.atomic
def change_entry(
    *,
    scope: Any,
    response_id: int,
    key: tuple[str, int | None],
    entry: tuple[str, int],
    action: str,
    by: Any,
) -> GroupEntry:
    """Remove an entry, bring it back, or move it "up" or "down". Its answers stay as they are.

    `entry`: its key, and the version the person saw. Raises as save_value, EntryGone, StaleEntry.
    """
    frame = locked_answer(scope=scope, response_id=response_id, key=key)
    row = entries_of(frame).filter(key=entry[0]).first()
    if row is None or (row.removed_at is not None and action != "restore"):
        raise EntryGone(row)
    if row.version != entry[1]:
        raise StaleEntry(row)
    if action == "remove":
        row.removed_at, row.removed_by = timezone.now(), by
    elif action == "restore":
        row.removed_at = row.removed_by = None
    elif action in ("up", "down"):
        swap(row, list(entries_of(frame).filter(removed_at=None)), up=action == "up")
    else:
        raise NotAsked
    row.version += 1
    row.save(update_fields=["removed_at", "removed_by", "position", "version"])
    return row


def swap(row: GroupEntry, rows: list[GroupEntry], *, up: bool) -> None:
    place = next(n for n, other in enumerate(rows) if other.pk == row.pk)
    other = rows[place - 1] if up and place else rows[place + 1] if not up and place + 1 < len(rows) else None
    if other is None:
        return
    row.position, moved = other.position, row.position
    GroupEntry.objects.filter(pk=other.pk).update(position=moved, version=models.F("version") + 1)
