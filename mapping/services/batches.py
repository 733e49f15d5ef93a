"""Undoing what was written at once, all of it or nothing."""

from collections import Counter
from typing import Any

from django.db import transaction
from django.utils import timezone

from mapping.enums import BatchKind
from mapping.models import Batch
from mapping.selectors.kinds import KINDS
from mapping.services.merging import NotUndoable, undo_merge
from mapping.services.records import require_open
from mapping.services.removals import RecordInUse, remove_record


class ChangedSince(Exception):
    """Rows of the paste that somebody changed, or hung others on: nothing was undone."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        super().__init__(", ".join(names))


def undo_batch(*, batch: Batch, by: Any) -> None:
    """Take back a paste or a merging. Raises MapClosed, NotUndoable, ChangedSince."""
    if batch.kind == BatchKind.MERGE:
        undo_merge(batch=batch, by=by)
    else:
        undo_paste(batch=batch, by=by)


@transaction.atomic
def undo_paste(*, batch: Batch, by: Any) -> None:
    """Rows leave as they would one by one, so each can still be brought back; what is gone already stays."""
    require_open(batch.region_map)
    if not Batch.objects.filter(pk=batch.pk).undoable().update(undone_at=timezone.now(), undone_by=by):
        raise NotUndoable
    rows, blocked = rows_of(batch)
    if blocked:
        raise ChangedSince(blocked)
    rows += [("actor", undo_merge(batch=part, by=by)) for part in batch.parts.order_by("-pk")]
    for name, row in reversed(rows):
        row.refresh_from_db()
        try:
            remove_record(kind=KINDS[name], row=row, expected=row.version, by=by)
        except RecordInUse:
            blocked.append(str(row))
    if blocked:
        raise ChangedSince(blocked)


def rows_of(batch: Batch) -> tuple[list[tuple[str, Any]], list[str]]:
    """The rows of a paste that are still there, and the names of those that somebody changed."""
    rows, differ = [], []
    for name, pk, version in batch.content["rows"]:
        row = KINDS[name].model.objects.filter(pk=pk, region_map=batch.region_map_id).first()
        if row is None:
            continue
        rows.append((name, row))
        if row.version != version:
            differ.append((name, row, version))
    raised = raised_and_back(batch) if differ else Counter()
    return rows, [str(row) for name, row, was in differ if row.version != was + raised[name, row.pk]]


def raised_and_back(batch: Batch) -> Counter[tuple[str, int]]:
    """By how much merges that were undone raised the versions of rows since: once there, once back.

    Whatever else was written raised them further. A tie that somebody wrote meanwhile did not go back and is
    not counted. Merges of this paste itself came before the versions were noted, and are undone with it.
    """
    undone = Batch.objects.filter(region_map=batch.region_map_id, kind=BatchKind.MERGE, at__gte=batch.at)
    raised: Counter[tuple[str, int]] = Counter()
    for content in undone.exclude(undone_at=None).exclude(part_of=batch).values_list("content", flat=True):
        raised["actor", content["keep"]] += 2
        raised.update({("tie", pk): 2 for pk in content.get("ties_back", [])})
    return raised
