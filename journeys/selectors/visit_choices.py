"""What forms of visits and takeaways offer. What is chosen already is always offered, so that it stays."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from governance.models import AreaOfImprovement
from journeys.models import Event, Practice, Takeaway, Visit
from journeys.selectors.visit_times import semester_of, semesters_of
from mapping.models import Exercise, Region, RegionMap

Choice = list[tuple[Any, str]]
NONE: Choice = [("", "–")]


def host_choices(exercise: Exercise) -> Choice:
    rows = Region.objects.filter(project=exercise.project_id).order_by("name")
    return [(row.pk, row.name) for row in rows]


def _practices(*, exercise: Exercise, user: Any, kept: Iterable[int]) -> Choice:
    seen = Practice.objects.visible_to(user).filter(project=exercise.project_id)
    rows = Practice.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=kept)).select_related("region")
    return [(row.pk, f"{row.title} ({row.region})") for row in rows.order_by("title", "pk")]


def visit_choices(*, visit: Visit, user: Any) -> dict[str, Choice]:
    """Events that no other visit has, practices the partners see, half years of the project."""
    exercise = visit.journey.exercise
    taken = Visit.objects.exclude(pk=visit.pk).exclude(event=None).values("event")
    free = Event.objects.visible_to(user).filter(project=exercise.project_id).exclude(pk__in=taken)
    events = Event.objects.filter(Q(pk__in=free.values("pk")) | Q(pk=visit.event_id))
    halves = {row.number: row for row in semesters_of(exercise.project)}
    if visit.semester is not None:
        halves.setdefault(visit.semester, semester_of(project=exercise.project, number=visit.semester))
    kept = visit.practices.values_list("pk", flat=True)
    return {
        "host_id": host_choices(exercise),
        "event_id": NONE + [(row.pk, f"{row.title} ({row.first_day:%Y-%m-%d})") for row in events],
        "semester": NONE + [(number, str(halves[number])) for number in sorted(halves)],
        "practices": _practices(exercise=exercise, user=user, kept=kept),
    }


def takeaway_choices(*, region_map: RegionMap, takeaways: Iterable[Takeaway], user: Any) -> dict[str, Choice]:
    """Areas of improvement of the region's own map, and practices the partners see."""
    kept = [row.practice_id for row in takeaways if row.practice_id is not None]
    areas = AreaOfImprovement.objects.filter(region_map=region_map)
    return {
        "area_id": NONE + [(row.pk, row.text) for row in areas],
        "practice_id": NONE + _practices(exercise=region_map.exercise, user=user, kept=kept),
    }
