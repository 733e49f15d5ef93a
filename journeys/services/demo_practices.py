"""Good practices of the demonstration, as their records tell them, and invented plans to use some."""

from typing import Any

from django.utils import timezone

from governance.models import AreaOfImprovement
from journeys.enums import PracticeState
from journeys.models import Practice, PracticeUse
from journeys.selectors.practice_words import practice_words
from journeys.services.demo_content import read_demo
from mapping.enums import Provenance
from mapping.models import Code, Project, Region, RegionMap

TEXTS = (
    *("title", "summary", "description", "institution", "location", "timescale", "resources", "evidence"),
    *("difficulties", "transfer", "conditions", "level", "theme", "keywords", "website"),
)


def add_practices(*, project: Project) -> None:
    """The records that were found, published, and what regions mean to do with them."""
    content = read_demo("practices")
    regions = {region.slug: region for region in Region.objects.filter(project=project)}
    for item in content["practices"]:
        _add_practice(item, regions[item["region"]])
    for item in content["uses"]:
        _add_use(item, RegionMap.objects.get(region=regions[item["region"]]))


def _add_practice(item: dict[str, Any], region: Region) -> None:
    practice = Practice(
        project=region.project,
        region=region,
        slug=item["slug"],
        **{name: item.get(name, "") for name in TEXTS},
        dimensions=item["dimensions"],
        state=PracticeState.PUBLISHED,
        published_at=timezone.now(),
        provenance=Provenance.SOURCED,
        sources=item["sources"],
        unknown=item["unknown"],
    )
    practice.search = practice_words(practice)
    practice.save()
    practice.codes.set(Code.objects.filter(key__in=item["codes"]))


def _add_use(item: dict[str, Any], region_map: RegionMap) -> None:
    area = AreaOfImprovement.objects.filter(region_map=region_map, dimension=item["dimension"]).first()
    PracticeUse.objects.create(
        practice=Practice.objects.get(slug=item["practice"]),
        region_map=region_map,
        area=area,
        state=item["state"],
        plan=item["plan"],
        result=item.get("result", ""),
        provenance=Provenance.INVENTED,
    )
