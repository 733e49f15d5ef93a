"""The rows of a draft map that can be commented on, in the order of its page."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from governance.selectors.personal_links import MapOnOnePage

WHOLE = "map"


@dataclass(frozen=True, kw_only=True)
class MapPart:
    """One row of the draft that can be commented on."""

    kind: str
    pk: int
    title: str
    sub: str = ""
    level: int | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.pk}"


@dataclass(frozen=True, kw_only=True)
class PartGroup:
    title: str
    parts: list[MapPart]


def parts_of(draft: MapOnOnePage) -> list[PartGroup]:
    """The draft in the order of its page: priorities, each unit with its capabilities, actors, and so on."""

    def group(title: str, kind: str, rows: list[dict[str, Any]], name: str = "name") -> PartGroup:
        return PartGroup(
            title=title, parts=[MapPart(kind=kind, pk=row["id"], title=row[name]) for row in rows]
        )

    units = [
        PartGroup(
            title=unit["name"],
            parts=[
                MapPart(kind="unit", pk=unit["id"], title=_("%(unit)s itself") % {"unit": unit["name"]}),
                *(
                    MapPart(
                        kind="capability",
                        pk=row["id"],
                        title=row["name"],
                        sub=row["linked"],
                        level=row["strength"],
                    )
                    for row in unit["capabilities"]
                ),
            ],
        )
        for unit in draft.units
    ]
    found = [
        group(_("Regional priorities"), "priority", draft.priorities),
        *units,
        group(_("Innovation actors"), "actor", draft.actors),
        group(_("Where levels meet"), "space", draft.spaces),
        group(_("Strengths"), "strength", draft.strengths, name="text"),
        group(_("Areas of improvement"), "area", draft.areas, name="text"),
    ]
    return [item for item in found if item.parts]


def find_part(*, groups: list[PartGroup], key: str) -> dict[str, Any] | None:
    """What a comment is about, as it is stored; None when there is no such part."""
    if key in ("", WHOLE):
        return {"kind": "", "record_id": None, "about": ""}
    part = next((part for group in groups for part in group.parts if part.key == key), None)
    return part and {"kind": part.kind, "record_id": part.pk, "about": part.title[:300]}
