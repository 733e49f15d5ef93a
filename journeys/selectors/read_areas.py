"""Areas of improvement on pages that outlive a revision: in the words of the public edition."""

from collections.abc import Iterable
from copy import copy
from typing import Any

from governance.models import AreaOfImprovement, MapEdition
from mapping.models import RegionMap


def areas_as_read(areas: Iterable[AreaOfImprovement], *, user: Any) -> dict[int, AreaOfImprovement]:
    """By key, as this reader may read them.

    Where the reader sees only the public edition of a map, its words stand in place of those under revision,
    and an area that is not in it is left out. One query, one more for such maps.
    """
    rows = {row.pk: row for row in areas}
    maps = {row.region_map_id for row in rows.values()}
    if not maps:
        return rows
    seen = set(RegionMap.objects.visible_to(user).filter(pk__in=maps).values_list("pk", flat=True))
    hidden = maps - seen
    if not hidden:
        return rows
    words: dict[int, dict[int, str]] = {}
    for edition in MapEdition.objects.filter(withdrawn_at=None, region_map__in=hidden).order_by("number"):
        # Only the newest one of a map counts: it may have dropped an area.
        words[edition.region_map_id] = {area["id"]: area["text"] for area in edition.content["areas"]}
    for key, row in list(rows.items()):
        if row.region_map_id in hidden:
            rows[key] = copy(row)
            rows[key].text = words.get(row.region_map_id, {}).get(key, "")
    return {key: row for key, row in rows.items() if row.text}


def name_areas(takeaways: Iterable[Any], *, user: Any) -> None:
    """Give takeaways whose area is under revision its words of the public edition.

    For rows whose `area` was fetched only as far as the reader sees the map. No query where all are named.
    """
    bare = [row for row in takeaways if row.area_id is not None and row.area is None]
    if not bare:
        return
    areas = areas_as_read(AreaOfImprovement.objects.filter(pk__in={row.area_id for row in bare}), user=user)
    for row in bare:
        if row.area_id in areas:
            row.area = areas[row.area_id]
