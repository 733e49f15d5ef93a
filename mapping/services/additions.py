"""Adding a row from what was typed into several fields at once."""

from typing import Any

from mapping.models import RegionMap
from mapping.selectors.kinds import Change, RecordKind
from mapping.services.records import add_record


def add_typed(*, kind: RecordKind, region_map: RegionMap, changes: list[Change], by: Any) -> Any:
    """One row with its columns and links. Raises MapClosed, ValidationError."""
    values: dict[str, Any] = {}
    links: dict[str, list[Any]] = {}
    for change in changes:
        if change.links is not None:
            name = "codes" if change.field.lists else change.field.name
            links[name] = [*links.get(name, []), *change.links]
        else:
            values |= change.values or {}
    return add_record(model=kind.model, region_map=region_map, by=by, values=values, links=links)
