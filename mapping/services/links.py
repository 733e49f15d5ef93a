"""Writing what hangs on a row: codes of some lists, and rows that are part of it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cohes3ion.lib.versions import StaleVersion, write_fields
from mapping.selectors.fields import raw_value
from mapping.selectors.kinds import Change
from mapping.services.field_changes import keep_change, keep_late
from mapping.services.records import MapClosed, change_field, change_links, keep_history, require_open


def change_codes(
    *, row: Any, field: str, lists: tuple[str, ...], codes: list[int], expected: int, by: Any
) -> Any:
    """Replace a row's codes of these lists; those of other lists stay. Raises MapClosed, StaleVersion."""
    require_open(row.region_map)
    mine = row.codes.filter(code_list__key__in=lists)
    if set(mine.values_list("pk", flat=True)) == set(codes):
        return row

    def replace(fresh: Any) -> None:
        others = fresh.codes.exclude(code_list__key__in=lists).values_list("pk", flat=True)
        fresh.codes.set([*others, *codes])
        keep_history(fresh, reason=field, by=by)

    return write_fields(
        row, field=field, values={"edited_at": timezone.now()}, expected=expected, by=by, after=replace
    )


def change_rows(*, row: Any, field: str, rows: list[dict[str, Any]], expected: int, by: Any) -> Any:
    """Replace the rows that are part of this one. Raises MapClosed, StaleVersion."""
    require_open(row.region_map)
    columns = list(rows[0]) if rows else []
    stored = list(getattr(row, field).values(*columns)) if rows else list(getattr(row, field).values("pk"))
    if sorted(stored, key=str) == sorted(rows, key=str):
        return row

    def replace(fresh: Any) -> None:
        parts = getattr(fresh, field)
        parts.all().delete()
        parts.model.objects.bulk_create(parts.model(**{parts.field.name: fresh, **values}) for values in rows)
        keep_history(fresh, reason=field, by=by)

    return write_fields(
        row, field=field, values={"edited_at": timezone.now()}, expected=expected, by=by, after=replace
    )


def save_change(*, row: Any, kind: str, change: Change, sent: Any, expected: int, by: Any) -> Any:
    """Write one field, whatever its shape, and keep from what to what. `sent`: the value as the form sent it.

    What comes too late is kept as well. Raises MapClosed, StaleVersion.
    """
    name = change.field.name
    try:
        with transaction.atomic():
            before = raw_value(row, field=change.field)
            fresh = write_change(row=row, change=change, expected=expected, by=by)
            after = raw_value(fresh, field=change.field)
            keep_change(fresh, kind=kind, field=name, before=before, after=after, by=by)
            return fresh
    except (MapClosed, StaleVersion) as refusal:
        stands = refusal.row if isinstance(refusal, StaleVersion) else row
        before = raw_value(stands, field=change.field)
        keep_late(stands, kind=kind, field=name, before=before, after=sent, by=by)
        raise


def write_change(*, row: Any, change: Change, expected: int, by: Any) -> Any:
    field = change.field
    if change.rows is not None:
        return change_rows(row=row, field=field.name, rows=change.rows, expected=expected, by=by)
    if change.links is None:
        return change_field(row=row, field=field.name, values=change.values or {}, expected=expected, by=by)
    if field.lists:
        return change_codes(
            row=row, field=field.name, lists=field.lists, codes=change.links, expected=expected, by=by
        )
    return change_links(row=row, field=field.name, targets=change.links, expected=expected, by=by)
