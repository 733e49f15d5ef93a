"""The learning journey of the demonstration: real visits, sourced; what was taken home is invented."""

from typing import Any

from django.utils import timezone

from governance.models import AreaOfImprovement
from journeys.models import Event, Journey, Practice, Takeaway, Visit, VisitQuestion
from journeys.services.demo_content import read_demo
from mapping.enums import Provenance
from mapping.models import Exercise, Region, RegionMap


def add_journey(*, exercise: Exercise) -> Journey:
    """The journey with its visits in order. Practices and events that are not there are left out."""
    content = read_demo("journey")
    journey = Journey.objects.create(
        exercise=exercise,
        slug=content["slug"],
        title=content["title"],
        aim=content["aim"],
        sources=content["source"],
        published_at=timezone.now(),
    )
    regions = {row.slug: row for row in Region.objects.filter(project=exercise.project)}
    events = {row.slug: row for row in Event.objects.filter(project=exercise.project)}
    practices = {row.slug: row for row in Practice.objects.filter(project=exercise.project)}
    visits = {}
    for position, item in enumerate(content["visits"], start=1):
        visit = Visit.objects.create(
            journey=journey,
            slug=item["slug"],
            host=regions[item["host"]],
            event=events.get(f"visit-{item['slug']}"),
            title=item["title"],
            summary=item.get("summary") or "",
            when_words=item["when"],
            semester=item["semester"],
            position=position,
            provenance=item["provenance"],
            sources=item["source"],
            unknown=item["unknown"],
        )
        visit.practices.set(practices[key] for key in item.get("practices", []) if key in practices)
        visits[visit.slug] = visit
    _add_takeaways(exercise, content["takeaways"], visits, practices)
    VisitQuestion.objects.bulk_create(
        VisitQuestion(
            visit=visits[item["visit"]],
            region=regions[item["region"]],
            text=item["text"],
            answer=item["answer"],
        )
        for item in content["questions"]
    )
    return journey


def _add_takeaways(
    exercise: Exercise,
    items: list[dict[str, Any]],
    visits: dict[str, Visit],
    practices: dict[str, Practice],
) -> None:
    """Of Mazovia for the areas of improvement it really named; no source tells what was taken home."""
    maps = {
        row.region.slug: row for row in RegionMap.objects.filter(exercise=exercise).select_related("region")
    }
    areas = {
        (row.region_map_id, row.dimension): row
        for row in AreaOfImprovement.objects.filter(region_map__exercise=exercise)
    }
    for position, item in enumerate(items, start=1):
        region_map = maps[item["region"]]
        Takeaway.objects.create(
            visit=visits[item["visit"]],
            region_map=region_map,
            learned=item["learned"],
            will_do=item["will_do"],
            area=areas.get((region_map.pk, item["dimension"])),
            practice=practices.get(item["practice"]),
            is_released=item["released"],
            provenance=Provenance.INVENTED,
            position=position,
        )
