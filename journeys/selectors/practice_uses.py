"""What regions use of practices: for which area, how far, and what might fit besides."""

from dataclasses import dataclass
from typing import Any

from governance.models import AreaOfImprovement
from journeys.models import PracticeUse
from journeys.selectors.suggestions import ShownSuggestion, fitting, map_suggestions
from mapping.models import RegionMap


@dataclass(frozen=True, kw_only=True)
class AreaUses:
    """An area of improvement, what the region uses for it, and what it might. area None: for none of them."""

    area: AreaOfImprovement | None
    uses: list[PracticeUse]
    suggestions: list[ShownSuggestion]
    why: dict[int, list[str]]

    @property
    def further(self) -> int:
        """How many more are shown when asked for."""
        return min(len(self.suggestions), 12) - 3


@dataclass(frozen=True, kw_only=True)
class UsesPage:
    region_map: RegionMap
    areas: list[AreaUses]
    may_use: bool

    @property
    def without_practice(self) -> int:
        return sum(not line.uses for line in self.areas if line.area is not None)


@dataclass(frozen=True, kw_only=True)
class UseMap:
    """A map of the reader's own team, with its areas of improvement: where the practice may be planned."""

    region_map: RegionMap
    areas: list[AreaOfImprovement]


def use_maps(*, user: Any) -> list[UseMap]:
    """The maps that the reader's teams work on. Two queries for people with an account, none for others."""
    if not user.is_authenticated:
        return []
    regions = user.memberships.in_teams().values("region")
    maps = RegionMap.objects.filter(region__in=regions).select_related("region", "exercise")
    areas: dict[int, list[AreaOfImprovement]] = {}
    for area in AreaOfImprovement.objects.filter(region_map__in=maps).order_by("position", "pk"):
        areas.setdefault(area.region_map_id, []).append(area)
    return [
        UseMap(region_map=row, areas=areas.get(row.pk, [])) for row in maps.order_by("region__name", "pk")
    ]


def uses_page(*, region_map: RegionMap, user: Any) -> UsesPage:
    """Each area with what is used for it and what is suggested. A number of queries that does not grow."""
    areas = list(
        AreaOfImprovement.objects.filter(region_map=region_map)
        .prefetch_related("units")
        .order_by("position", "pk")
    )
    uses = list(
        PracticeUse.objects.filter(region_map=region_map)
        .select_related("practice__region", "area")
        .order_by("pk")
    )
    suggestions = map_suggestions(region_map=region_map, areas=areas, user=user)
    lines = []
    for area in areas:
        own = [use for use in uses if use.area_id == area.pk]
        fits = fitting(suggestions.get(str(area.pk), []), used={use.practice_id for use in own})
        lines.append(AreaUses(area=area, uses=own, suggestions=fits.suggestions, why=fits.why))
    rest = [use for use in uses if use.area_id is None]
    if rest:
        lines.append(AreaUses(area=None, uses=rest, suggestions=[], why={}))
    return UsesPage(
        region_map=region_map, areas=lines, may_use=user.has_perm("journeys.use_practice", region_map)
    )
