"""Writing what a region concludes: every field on its own version, while the map is open."""

from typing import Any

from cohes3ion.lib.versions import StaleVersion, write_fields
from governance.models import AreaOfImprovement, StrengthItem, Target
from mapping.models import RegionMap
from mapping.selectors.kinds import RecordKind
from mapping.services.records import add_record, change_links, keep_history, require_open
from mapping.services.removals import remove_record

STRENGTH = RecordKind(name="strength", model=StrengthItem, title="text")
AREA = RecordKind(name="area", model=AreaOfImprovement, title="text")
ITEMS = {kind.name: kind for kind in (STRENGTH, AREA)}


def write_part(*, row: Any, change: Any, by: Any) -> Any:
    """Write one field (`change`: field, values, version) whatever kind of row it is. Raises StaleVersion."""
    return write_fields(
        row,
        field=change.field,
        values=change.values,
        expected=change.version,
        by=by,
        after=lambda fresh: keep_history(fresh, reason=change.field, by=by),
    )


def save_parts(
    *, row: Any, region_map: RegionMap, changes: list[Any], by: Any
) -> tuple[Any, list[StaleVersion]]:
    """Write the fields one by one; one that is stale never keeps the others back. Raises MapClosed.

    Returns the row as it stands now, and what was stale.
    """
    require_open(region_map)
    if changes and row.pk is None:
        row, _made = Target.objects.get_or_create(region_map=region_map, dimension=row.dimension)
    stale: list[StaleVersion] = []
    for change in changes:
        try:
            if change.field == "units":
                row = change_links(
                    row=row, field="units", targets=change.values["units"], expected=change.version, by=by
                )
            else:
                row = write_part(row=row, change=change, by=by)
        except StaleVersion as refusal:
            stale.append(refusal)
    return row, stale


def add_item(*, kind: str, region_map: RegionMap, values: dict[str, Any], by: Any) -> Any:
    """Add a strength or an area of improvement at the end. Raises MapClosed."""
    return add_record(model=ITEMS[kind].model, region_map=region_map, by=by, values=values)


def remove_item(*, kind: str, row: Any, expected: int, by: Any) -> None:
    """Remove it; its history stays. Raises MapClosed, StaleVersion."""
    remove_record(kind=ITEMS[kind], row=row, expected=expected, by=by)
