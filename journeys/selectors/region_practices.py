"""What the public reads of a region and practices: each published area with uses and suggestions."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser

from journeys.models import Practice, PracticeUse
from journeys.selectors.sources import published_source
from journeys.selectors.suggestions import ShownSuggestion, fitting, need_of, suggested, target_gaps
from mapping.models import Project, Region

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class PublicArea:
    """An area of the edition. gap: to the needed level of its dimension; None: not known, or not shown."""

    area: Json
    gap: float | None
    uses: list[PracticeUse]
    suggestions: list[ShownSuggestion]
    why: dict[int, list[str]]  # why a practice in use fits, by its key

    @property
    def used(self) -> list[tuple[PracticeUse, list[str]]]:
        return [(use, self.why.get(use.practice_id, [])) for use in self.uses]


@dataclass(frozen=True, kw_only=True)
class RegionPractices:
    region: Region
    project: Project
    areas: list[PublicArea]
    other_uses: list[PracticeUse]
    own: list[Practice]


def region_practice_page(*, slug: str) -> RegionPractices | None:
    """None when nothing of the region is published. Six queries."""
    source = published_source(slug=slug)
    if source is None:
        return None
    gaps = target_gaps(source.gaps)
    kinds = {unit["id"]: unit["kind"] for unit in source.content["units"]}
    areas = source.content["areas"]
    needs = [
        need_of(key=area["id"], region=slug, area=area, kinds=[kinds[unit] for unit in area["units"]])
        for area in areas
    ]
    domains = sorted({code for row in source.content["priorities"] for code in row["codes"]})
    found = suggested(needs=needs, gaps=gaps, domains=domains, region=slug)
    uses = _public_uses(source.region_map.pk)
    lines = []
    for area in areas:
        here = [use for use in uses if use.area_id == area["id"]]
        fits = fitting(found[str(area["id"])], used={use.practice_id for use in here})
        lines.append(
            PublicArea(
                area=area,
                gap=gaps.get(area["dimension"]),
                uses=here,
                suggestions=[row for row in fits.suggestions if not row.is_own],
                why=fits.why,
            )
        )
    placed = {use.pk for line in lines for use in line.uses}
    return RegionPractices(
        region=source.region,
        project=source.exercise.project,
        areas=lines,
        other_uses=[use for use in uses if use.pk not in placed],
        own=list(Practice.objects.published().filter(region=source.region).only("slug", "title", "summary")),
    )


def _public_uses(region_map: int) -> list[PracticeUse]:
    rows = PracticeUse.objects.visible_to(AnonymousUser()).filter(region_map=region_map)
    return list(rows.select_related("practice__region").order_by("pk"))
