"""A published map row by row, as its edition says it: where what is found in a map stands."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from governance.models import AreaOfImprovement, GovernanceSpace, Opportunity, StrengthItem
from governance.selectors.searchable import LISTS, TEXTS, said_of_parts
from journeys.enums import SearchKind
from journeys.selectors.sources import published_source
from mapping.models import (
    Actor,
    Capability,
    Project,
    Region,
    RegionalPriority,
    Strategy,
    TerritorialUnit,
)

Json = dict[str, Any]
MODELS: dict[str, Any] = {
    "unit": TerritorialUnit,
    "strategy": Strategy,
    "priority": RegionalPriority,
    "capability": Capability,
    "actor": Actor,
    "space": GovernanceSpace,
    "opportunity": Opportunity,
    "strength": StrengthItem,
    "area": AreaOfImprovement,
}


@dataclass(frozen=True, kw_only=True)
class MapLine:
    """One row: `key` is its place on the page, `units` where it belongs, `said` its fields by name."""

    key: str
    title: str
    units: str
    said: list[tuple[str, str]]
    more: str
    provenance: str


@dataclass(frozen=True, kw_only=True)
class MapSection:
    kind: SearchKind
    lines: list[MapLine]


@dataclass(frozen=True, kw_only=True)
class PublicMap:
    region: Region
    project: Project
    edition: int
    published_at: dt.datetime | None
    sections: list[MapSection]


def public_map(*, slug: str) -> PublicMap | None:
    """The newest edition of a region; None when nothing of it is public. Two queries."""
    source = published_source(slug=slug)
    if source is None:
        return None
    units = source.unit_names
    sections = [
        MapSection(
            kind=SearchKind(kind),
            lines=[_line(kind, title, row, units) for row in source.content.get(name, [])],
        )
        for name, (kind, title) in LISTS.items()
    ]
    return PublicMap(
        region=source.region,
        project=source.exercise.project,
        edition=source.edition,
        published_at=source.published_at,
        sections=[section for section in sections if section.lines],
    )


def _line(kind: str, title: str, row: Json, units: dict[int, str]) -> MapLine:
    here = [row["unit"]] if row.get("unit") else row.get("units", [])
    fields = MODELS[kind]._meta.get_field
    return MapLine(
        key=f"{kind}-{row['id']}",
        title=str(row.get(title) or ""),
        units=", ".join(units[key] for key in here if key in units),
        said=[(str(fields(name).verbose_name), str(row[name])) for name in TEXTS[kind] if row.get(name)],
        more=", ".join(str(part) for part in said_of_parts(row) if part),
        provenance=str(row.get("provenance", "")),
    )
