"""The one door for writing rows of a map: every change carries a version and leaves a history row."""

from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.text import slugify

from cohes3ion.lib.authors import stored
from cohes3ion.lib.ordered import end_of
from cohes3ion.lib.versions import write_fields
from mapping.enums import MapState
from mapping.models import RegionMap

OPEN_STATES = (MapState.DRAFT, MapState.CONSULTATION)


class MapClosed(Exception):
    """The map is adopted or published: reopen it before changing it."""


def require_open(region_map: RegionMap) -> None:
    """Raise MapClosed unless the map, as it stands in the database now, may be edited."""
    if not RegionMap.objects.filter(pk=region_map.pk, state__in=OPEN_STATES).exists():
        raise MapClosed


def keep_history(row: Any, *, reason: str = "", by: Any = None) -> None:
    """The history row beside a guarded UPDATE, which by itself writes none; not every kind keeps one."""
    if not hasattr(type(row), "history"):
        return
    type(row).history.bulk_history_create(
        [row],
        update=True,
        default_user=stored(by),
        default_change_reason=reason,
        default_date=timezone.now(),
    )


def free_key(*, model: type[models.Model], region_map: RegionMap, name: str) -> str:
    """A key for a new row, made from its name and unique in the map."""
    stem = slugify(name)[:60] or "row"
    taken = set(
        model._base_manager.filter(region_map=region_map, key__startswith=stem).values_list("key", flat=True)
    )
    if stem not in taken:
        return stem
    return next(f"{stem}-{n}" for n in range(2, len(taken) + 3) if f"{stem}-{n}" not in taken)


def add_record(
    *,
    model: Any,
    region_map: RegionMap,
    by: Any,
    values: dict[str, Any],
    links: dict[str, list[Any]] | None = None,
) -> Any:
    """Add a row at the end of its list, with what it is linked to. Raises MapClosed, ValidationError."""
    require_open(region_map)
    position = end_of(model.objects.filter(region_map=region_map))
    row = model(region_map=region_map, edited_by=by, position=position, **values)
    keyed = any(field.name == "key" for field in model._meta.get_fields())
    for attempt in range(5):
        if keyed:
            row.key = free_key(model=model, region_map=region_map, name=str(row))
        row.full_clean(validate_constraints=False)
        row._history_user = by
        try:
            with transaction.atomic():
                row.save(force_insert=True)
                for name, targets in (links or {}).items():
                    getattr(row, name).set(targets)
            return row
        except IntegrityError:
            if not keyed or attempt == 4:
                raise
    return row


def write_kept(row: Any, *, field: str, values: dict[str, Any], expected: int, by: Any) -> Any:
    """One field of any versioned row, with its history in the same transaction. Raises StaleVersion."""
    return write_fields(
        row,
        field=field,
        values=values,
        expected=expected,
        by=by,
        after=lambda fresh: keep_history(fresh, reason=field, by=by),
    )


def change_field(*, row: Any, field: str, values: dict[str, Any], expected: int, by: Any) -> Any:
    """Write one field of a row (its columns are in `values`). Raises MapClosed, StaleVersion."""
    require_open(row.region_map)
    return write_kept(row, field=field, values=values, expected=expected, by=by)


def change_links(*, row: Any, field: str, targets: list[int], expected: int, by: Any) -> Any:
    """Replace what a many-to-many field leads to (`targets`: their keys), versioned like any other field.

    Raises MapClosed, StaleVersion.
    """
    require_open(row.region_map)
    wanted = set(targets)

    def replace(fresh: Any) -> None:
        getattr(fresh, field).set(targets)
        keep_history(fresh, reason=field, by=by)

    if set(getattr(row, field).values_list("pk", flat=True)) == wanted:
        return row
    # A change of links touches no column, so the row's edit time stands in as the changed value.
    return write_fields(
        row, field=field, values={"edited_at": timezone.now()}, expected=expected, by=by, after=replace
    )
