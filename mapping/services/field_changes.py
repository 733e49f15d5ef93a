"""The value-by-value history of rows: what was changed from what to what, and what came too late."""

from typing import Any

from cohes3ion.lib.authors import stored
from cohes3ion.lib.row_forms import sent_text
from mapping.enums import ChangeMark
from mapping.models import FieldChange, RegionMap


def map_of(row: Any) -> RegionMap:
    return row if isinstance(row, RegionMap) else row.region_map


def as_sent(row: Any, *, field: str) -> Any:
    """A stored column as a form sends it; of links the keys they lead to."""
    column = row._meta.get_field(field)
    if column.many_to_many:
        return sorted(str(pk) for pk in getattr(row, field).values_list("pk", flat=True))
    return text_of(getattr(row, column.attname))


def text_of(value: Any) -> Any:
    return sorted(str(one) for one in value) if isinstance(value, list) else sent_text(value)


def keep_change(row: Any, *, kind: str, field: str, before: Any, after: Any, by: Any) -> None:
    """In the transaction of the change itself; what changed nothing leaves nothing."""
    if before != after:
        _keep(row, kind=kind, field=field, before=before, after=after, by=by)


def keep_late(row: Any, *, kind: str, field: str, before: Any, after: Any, by: Any) -> None:
    """What was sent after somebody else had written the field, or the map was closed; once, however often
    it is sent. `before`: what stands there.
    """
    same = FieldChange.objects.filter(kind=kind, record_id=row.pk, field=field, mark=ChangeMark.LATE)
    last = same.filter(by=stored(by)).order_by("-pk").first()
    if before != after and (last is None or (last.after, last.version) != (after, row.version_of(field))):
        _keep(row, kind=kind, field=field, before=before, after=after, by=by, mark=ChangeMark.LATE)


def _keep(row: Any, *, kind: str, field: str, by: Any, mark: str = "", **values: Any) -> None:
    FieldChange.objects.create(
        region_map=map_of(row),
        kind=kind,
        record_id=row.pk,
        field=field,
        version=row.version_of(field),
        mark=mark,
        by=stored(by),
        **values,
    )
