"""What a region learned from others: its areas of improvement, each with what was taken home for it."""

from dataclasses import dataclass, field
from typing import Any

from governance.models import AreaOfImprovement, MapEdition
from journeys.models import Takeaway
from journeys.models.journey import of_partnership
from journeys.selectors.journeys import AT_ONCE, takeaways_for
from mapping.models import Region, RegionMap


@dataclass(frozen=True, kw_only=True)
class LearnedArea:
    """An area of improvement with its takeaways. Links to practices, actions and results go in here."""

    pk: int
    text: str
    dimension: str
    is_chosen: bool
    provenance: str
    takeaways: list[Takeaway] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class RegionLearning:
    """`others` are takeaways that concern no area. `edition` is None for a map that is not public."""

    region_map: RegionMap
    edition: MapEdition | None
    areas: list[LearnedArea]
    others: list[Takeaway]
    rounds: list[tuple[str, str]]  # slug and name of each round with a public map, the newest first

    @property
    def region(self) -> Region:
        return self.region_map.region

    @property
    def count(self) -> int:
        return sum(len(area.takeaways) for area in self.areas) + len(self.others)


def region_learning(*, slug: str, user: Any, exercise: str = "") -> RegionLearning | None:
    """The region's newest public map, or that of the round `exercise`; where it is not public, for partners
    the map they work on. None for others."""
    editions = _public_editions(slug)
    wanted = [row for row in editions if not exercise or row.region_map.exercise.slug == exercise]
    found = (wanted[0].region_map, wanted[0]) if wanted else None
    if found is None:
        found = _own_map(slug, user, exercise)
    if found is None:
        return None
    region_map, edition = found
    rows = takeaways_for(user).filter(region_map=region_map).select_related("visit__journey")
    takeaways = list(rows.iterator(AT_ONCE))
    areas = _areas(region_map, edition)
    by_area: dict[int | None, list[Takeaway]] = {}
    known = {area.pk for area in areas}
    for row in takeaways:
        by_area.setdefault(row.area_id if row.area_id in known else None, []).append(row)
    for area in areas:
        area.takeaways.extend(by_area.get(area.pk, []))
    rounds = {row.region_map.exercise.slug: row.region_map.exercise.name for row in editions}
    return RegionLearning(
        region_map=region_map,
        edition=edition,
        areas=areas,
        others=by_area.get(None, []),
        rounds=list(rounds.items()),
    )


def _public_editions(slug: str) -> list[MapEdition]:
    """Public editions of the region's maps, the newest round and edition first."""
    editions = MapEdition.objects.filter(region_map__region__slug=slug, withdrawn_at=None)
    related = ["region_map__region", "region_map__exercise__project"]
    return list(editions.select_related(*related).order_by("-region_map__exercise__opens_on", "-number"))


def _own_map(slug: str, user: Any, exercise: str) -> tuple[RegionMap, MapEdition | None] | None:
    rows = RegionMap.objects.filter(of_partnership(user, "exercise__project"), region__slug=slug)
    if exercise:
        rows = rows.filter(exercise__slug=exercise)
    rows = rows.select_related("region", "exercise__project").order_by("-exercise__opens_on", "pk")
    region_map = rows.first()
    return (region_map, None) if region_map else None


def _areas(region_map: RegionMap, edition: MapEdition | None) -> list[LearnedArea]:
    """As they are public: what is being revised is nobody else's business yet."""
    if edition is not None:
        return [
            LearnedArea(
                pk=row["id"],
                text=row["text"],
                dimension=row["dimension"],
                is_chosen=row["is_chosen"],
                provenance=row["provenance"],
            )
            for row in edition.content["areas"]
        ]
    return [
        LearnedArea(
            pk=row.pk,
            text=row.text,
            dimension=row.dimension,
            is_chosen=row.is_chosen,
            provenance=row.provenance,
        )
        for row in AreaOfImprovement.objects.filter(region_map=region_map)
    ]
