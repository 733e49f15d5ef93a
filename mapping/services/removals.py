"""Removing a row so that it can come back as it was, with all that left with it."""

from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, router, transaction
from django.db.models.deletion import Collector
from django.utils import timezone

from cohes3ion.lib.authors import stored
from cohes3ion.lib.versions import StaleVersion
from mapping.models import RemovedRecord
from mapping.selectors.kinds import RecordKind
from mapping.selectors.records import rows_in_the_way
from mapping.services.records import keep_history, require_open


class RecordInUse(Exception):
    """Other rows hang on this one; `used` says which and how many."""

    def __init__(self, used: dict[str, int]) -> None:
        self.used = used
        super().__init__(str(used))


class NotRestorable(Exception):
    """What it belonged to is gone, or its name was given away."""


class BackAlready(NotRestorable):
    """Somebody brought it back before; nothing is done again."""


class TooLongAgo(NotRestorable):
    """It is not kept any longer."""


def pack(row: Any) -> tuple[list[dict[str, Any]], list[list[Any]]]:
    """Every row that a deletion of `row` takes along, and every link that it empties."""
    collector = Collector(using=router.db_for_write(type(row)), origin=row)
    collector.collect([row])
    gone = [item for group in collector.data.values() for item in group]
    gone += [item for queryset in collector.fast_deletes for item in queryset]
    first = [row, *(item for item in gone if item != row)]
    emptied = [
        [item._meta.label_lower, item.pk, field.attname, getattr(item, field.attname)]
        for (field, _value), groups in collector.field_updates.items()
        for group in groups
        for item in group
    ]
    return [packed(item) for item in first], emptied


def packed(row: Any) -> dict[str, Any]:
    return {
        "model": row._meta.label_lower,
        "columns": {field.attname: packed_value(field, row) for field in row._meta.concrete_fields},
    }


def packed_value(field: Any, row: Any) -> Any:
    value = field.value_from_object(row)
    plain = value is None or isinstance(value, bool | int) or isinstance(field, models.JSONField)
    return value if plain else field.value_to_string(row)


def unpacked(item: dict[str, Any]) -> Any:
    model = apps.get_model(item["model"])
    fields = {field.attname: field for field in model._meta.concrete_fields}
    values = {
        name: value if isinstance(fields[name], models.JSONField) else fields[name].to_python(value)
        for name, value in item["columns"].items()
        if name in fields
    }
    return model(**values)


def keep_removed(*, kind: str, row: Any, by: Any) -> RemovedRecord:
    """Beside the deletion, in its transaction; what was kept for 30 days is forgotten."""
    rows, emptied = pack(row)
    RemovedRecord.objects.filter(region_map=row.region_map).forgotten().delete()
    return RemovedRecord.objects.create(
        region_map_id=row.region_map_id,
        unit_id=getattr(row, "unit_id", None),
        kind=kind,
        record_id=row.pk,
        name=str(row)[:300],
        rows=rows,
        emptied=emptied,
        removed_by=stored(by),
    )


def remove_record(*, kind: RecordKind, row: Any, expected: int, by: Any) -> None:
    """Remove a row that still is at the version the person saw; it can come back for a while.

    Raises MapClosed, StaleVersion, RecordInUse.
    """
    require_open(row.region_map)
    with transaction.atomic():
        current = type(row)._base_manager.select_for_update().get(pk=row.pk)
        if current.version != expected:
            raise StaleVersion(current, "row")
        used = rows_in_the_way(kind, row=current)
        if used:
            raise RecordInUse(used)
        keep_removed(kind=kind.name, row=current, by=by)
        current._history_user = by
        current.delete()


@transaction.atomic
def restore_record(*, removed: RemovedRecord, by: Any) -> Any:
    """The row as it was, under the same key; a link to something that is gone stays away.

    Raises MapClosed, BackAlready, TooLongAgo, NotRestorable.
    """
    this = RemovedRecord.objects.filter(pk=removed.pk)
    if this.exclude(restored_at=None).exists():
        raise BackAlready
    require_open(removed.region_map)
    if not this.restorable().update(restored_at=timezone.now()):
        raise BackAlready if this.exclude(restored_at=None).exists() else TooLongAgo
    row, *parts = (unpacked(item) for item in removed.rows)
    if missing(row):
        raise NotRestorable
    try:
        with transaction.atomic():
            for item in [row, *(part for part in parts if not missing(part, besides=row))]:
                type(item)._base_manager.bulk_create([item])
    except IntegrityError as taken_name:
        raise NotRestorable from taken_name
    for label, pk, column, value in removed.emptied:
        apps.get_model(label)._base_manager.filter(pk=pk, **{column: None}).update(**{column: value})
    keep_history(row, reason="restored", by=by)
    return row


def missing(item: Any, *, besides: Any = None) -> bool:
    """What this row points to is gone; an optional pointer is emptied instead."""
    for field in item._meta.concrete_fields:
        value = getattr(item, field.attname)
        if not field.is_relation or value is None or not field.db_constraint:
            continue
        if besides is not None and isinstance(besides, field.related_model) and besides.pk == value:
            continue
        if not field.related_model._base_manager.filter(pk=value).exists():
            if not field.null:
                return True
            setattr(item, field.attname, None)
    return False
