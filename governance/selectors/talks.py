"""A row of the map, or what the region concludes, with what was said about it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.models import AreaOfImprovement, StrengthItem, Target
from governance.selectors.threads import Talk, record_talk
from mapping.models import RegionMap
from mapping.selectors.kinds import KINDS
from mapping.selectors.records import reachable_maps

CONCLUDED: dict[str, Any] = {"strength": StrengthItem, "area": AreaOfImprovement, "target": Target}


@dataclass(frozen=True, kw_only=True)
class RecordTalk:
    region_map: RegionMap
    kind: str
    label: str
    row: Any
    title: str
    talk: Talk
    back: str

    @property
    def where(self) -> str:
        return str(self.region_map.region)

    @property
    def address(self) -> str:
        return reverse("governance:record_talk", args=[self.region_map.pk, self.kind, self.row.pk])


def find_record_talk(*, map_id: int, kind: str, pk: int, user: Any) -> RecordTalk | None:
    """The row with its discussions, for those who reach the map; None when there is no such row."""
    maps = reachable_maps(user=user).select_related("region", "exercise__project")
    region_map = maps.filter(pk=map_id).first()
    row = _row(region_map, kind=kind, pk=pk) if region_map else None
    if region_map is None or row is None:
        return None
    return RecordTalk(
        region_map=region_map,
        kind=kind,
        label=_("synthesis") if row is region_map else str(row._meta.verbose_name),
        row=row,
        title=_title(row),
        talk=record_talk(region_map=region_map, kind=kind, pk=pk, user=user),
        back=place_of(region_map, kind=kind, row=row),
    )


def _row(region_map: RegionMap, *, kind: str, pk: int) -> Any | None:
    """The conclusions are a text of the map itself."""
    if kind == "conclusions":
        return region_map if pk == region_map.pk else None
    model = KINDS[kind].model if kind in KINDS else CONCLUDED.get(kind)
    return model.objects.filter(region_map=region_map, pk=pk).first() if model else None


def _title(row: Any) -> str:
    if isinstance(row, RegionMap):
        return _("Conclusions of the map")
    if isinstance(row, Target):
        return f"{row.dimension} {row.get_dimension_display()}"
    return str(row)


def place_of(region_map: RegionMap, *, kind: str, row: Any) -> str:
    """The page on which the row stands."""
    if kind in KINDS:
        return reverse("mapping:record_edit", args=[kind, row.pk])
    name = "map" if row is region_map else row.dimension if isinstance(row, Target) else row.pk
    return reverse("governance:synthesis_detail", args=[region_map.pk]) + f"#{kind}-{name}"
