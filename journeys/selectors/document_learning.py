"""What regions learned from each other, as a document tells it: released takeaways of published journeys."""

from typing import Any

from journeys.enums import PracticeState
from journeys.models import Event, Takeaway
from journeys.selectors.visit_times import visit_in_words
from mapping.models import Exercise

Json = dict[str, Any]


def released_takeaways(*, exercise: Exercise) -> dict[int, list[Json]]:
    """By map, as plain values. Two queries; a map without takeaways has no entry."""
    rows = (
        Takeaway.objects.filter(
            region_map__exercise=exercise, is_released=True, visit__journey__published_at__isnull=False
        )
        .select_related("visit__host", "practice")
        .order_by("visit__journey", "visit__position", "position", "pk")
    )
    announced = Event.objects.published().in_bulk([row.visit.event_id for row in rows if row.visit.event_id])
    told: dict[int, list[Json]] = {}
    for row in rows:
        # An event that is still a draft tells nobody its date.
        row.visit.event = announced.get(row.visit.event_id)
        told.setdefault(row.region_map_id, []).append(_told(row))
    return told


def _told(row: Takeaway) -> Json:
    practice = row.practice
    is_public = practice is not None and practice.state == PracticeState.PUBLISHED
    return {
        "visit": row.visit.title,
        "host": row.visit.host.name,
        "when": visit_in_words(row.visit),
        "learned": row.learned,
        "will_do": row.will_do,
        "area_id": row.area_id,
        "practice": practice.title if practice is not None and is_public else "",
        "provenance": row.get_provenance_display(),
    }


def with_takeaways(chapter: Json, *, takeaways: list[Json]) -> Json:
    """The chapter of a region with what it took home; unchanged where that is nothing.

    An area of improvement is named as the region's map in this document words it.
    """
    if not takeaways:
        return chapter
    areas = {area["id"]: area["text"] for area in chapter["content"]["areas"]}
    told = [{**row, "area": areas.get(row["area_id"], "")} for row in takeaways]
    return {**chapter, "takeaways": told}


def by_visit(chapters: list[Json]) -> list[Json]:
    """The takeaways of all regions under the visit they come from, in the order of the regions."""
    found: dict[tuple[str, str], Json] = {}
    for chapter in chapters:
        for row in chapter.get("takeaways", []):
            place = {"visit": row["visit"], "host": row["host"], "when": row["when"], "rows": []}
            visit = found.setdefault((row["visit"], row["when"]), place)
            visit["rows"].append({"region": chapter["name"], **row})
    return list(found.values())
