"""A row of the map, or a conclusion, with what was said about it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from governance.models import AreaOfImprovement, StrengthItem
from governance.selectors.threads import Talk, record_talk
from mapping.models import RegionMap
from mapping.selectors.kinds import KINDS
from mapping.selectors.records import reachable_maps

ITEMS: dict[str, Any] = {"strength": StrengthItem, "area": AreaOfImprovement}


@dataclass(frozen=True, kw_only=True)
class RecordTalk:
    region_map: RegionMap
    kind: str
    label: str
    row: Any
    talk: Talk
    back: str

    @property
    def address(self) -> str:
        return reverse("governance:record_talk", args=[self.region_map.pk, self.kind, self.row.pk])


def find_record_talk(*, map_id: int, kind: str, pk: int, user: Any) -> RecordTalk | None:
    """The row with its discussions, for those who reach the map; None when there is no such row."""
    model = KINDS[kind].model if kind in KINDS else ITEMS.get(kind)
    if model is None:
        return None
    maps = reachable_maps(user=user).select_related("region", "exercise__project")
    region_map = maps.filter(pk=map_id).first()
    row = model.objects.filter(region_map=map_id, pk=pk).first() if region_map else None
    if region_map is None or row is None:
        return None
    return RecordTalk(
        region_map=region_map,
        kind=kind,
        label=str(model._meta.verbose_name),
        row=row,
        talk=record_talk(region_map=region_map, kind=kind, pk=pk, user=user),
        back=place_of(region_map, kind=kind, pk=pk),
    )


def place_of(region_map: RegionMap, *, kind: str, pk: int) -> str:
    """The page on which the row stands."""
    if kind in ITEMS:
        return reverse("governance:synthesis_detail", args=[region_map.pk]) + f"#{kind}-{pk}"
    return reverse("mapping:record_edit", args=[kind, pk])
