"""Who has which part of the work, how far it is, and what is late."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from governance.enums import Group, MapPart, ResponseState
from governance.models import Assignment, Response
from governance.selectors.responses import SectionProgress
from governance.selectors.section_progress import sections_of_responses
from mapping.enums import MapState
from mapping.models import RegionMap

SOON = dt.timedelta(days=3)


@dataclass(frozen=True, kw_only=True)
class Task:
    """One assignment as pages show it. `section` is none for a part of the map."""

    row: Assignment
    title: str
    address: str
    section: SectionProgress | None
    is_closed: bool = False

    @property
    def is_done(self) -> bool:
        """Somebody said so, every question has an answer, or nothing can be written any more."""
        answered = self.section is not None and self.section.is_complete
        return self.row.done_at is not None or answered or self.is_closed

    @property
    def is_overdue(self) -> bool:
        return not self.is_done and self.row.due_on is not None and self.row.due_on < timezone.localdate()

    @property
    def is_soon(self) -> bool:
        due = self.row.due_on
        return not self.is_done and due is not None and dt.timedelta(0) <= due - timezone.localdate() <= SOON

    @property
    def due_version(self) -> int:
        """What a form about the date sends back."""
        return self.row.version_of("due_on")

    @property
    def place(self) -> str:
        """What the part belongs to."""
        response = self.row.response
        region = str(self.row.region_map.region)
        return f"{response.unit}, {region}" if response is not None and response.unit else region


def find_assignment(*, pk: int, user: Any) -> Assignment | None:
    related = ("region_map__region", "region_map__exercise__project", "person")
    return (
        Assignment.objects.visible_to(user)
        .select_related(*related, "response__unit", "response__region_map__exercise__project")
        .filter(pk=pk)
        .first()
    )


def map_part_address(*, region_map_id: int, part: str) -> str:
    if part == MapPart.SYNTHESIS:
        return reverse("governance:synthesis_detail", args=[region_map_id])
    return reverse("governance:matrix_detail", args=[region_map_id])


def opens_part(*, user: Any, region_map: RegionMap, part: str) -> bool:
    """Whether the page of this part of the map opens for this person."""
    return part != MapPart.SYNTHESIS or bool(user.has_perm("governance.change_synthesis", region_map))


def as_seen_by(tasks: Iterable[Task], *, user: Any, region_map: RegionMap) -> list[Task]:
    """Tasks of others about one map: no way to a part that does not open for this person."""
    closed = {part for part in MapPart.values if not opens_part(user=user, region_map=region_map, part=part)}
    return [
        replace(task, address="") if task.row.response_id is None and task.row.part in closed else task
        for task in tasks
    ]


def tasks_of(rows: Iterable[Assignment]) -> list[Task]:
    """Assignments with how far their sections are; queries do not grow with their number."""
    found = list(rows)
    responses = {row.response_id: row.response for row in found if row.response is not None}
    sections = {
        (pk, item.section.code): item
        for pk, items in (sections_of_responses(responses.values()) if responses else {}).items()
        for item in items
    }
    tasks = [task_of(row, sections=sections) for row in found]
    return [task for task in tasks if task is not None]


def task_of(row: Assignment, *, sections: dict[Any, SectionProgress]) -> Task | None:
    """None when the section went with an older version of the questionnaire."""
    if row.response is None:
        if row.part not in MapPart.values:
            return None
        return Task(
            row=row,
            title=str(MapPart(row.part).label),
            address=map_part_address(region_map_id=row.region_map_id, part=row.part),
            section=None,
            is_closed=row.region_map.state not in (MapState.DRAFT, MapState.CONSULTATION),
        )
    section = sections.get((row.response_id, row.part))
    if section is None:
        return None
    return Task(
        row=row,
        title=section.section.title,
        address=section.first.address,
        section=section,
        is_closed=row.response.state in (ResponseState.SUBMITTED, ResponseState.APPROVED),
    )


def _with_all(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    return rows.select_related(
        "person",
        "region_map__region",
        "region_map__exercise",
        "response__unit",
        "response__questionnaire_version",
    )


def my_tasks(*, user: Any) -> list[Task]:
    """What this person still has to do, the earliest date first, what has no date last."""
    rows = Assignment.objects.visible_to(user).in_hands().filter(person=user, done_at=None)
    open_tasks = [task for task in tasks_of(_with_all(rows)) if not task.is_done]
    return sorted(open_tasks, key=lambda task: (task.row.due_on or dt.date.max, task.row.pk))


def tasks_by_section(*, response: Response, sections: list[SectionProgress]) -> dict[str, list[Task]]:
    """Who has which section of a response whose steps were read already. One query."""
    if response.group == Group.STAKEHOLDER:
        return {}
    rows = Assignment.objects.filter(response=response).select_related("person")
    by_code = {(response.pk, item.section.code): item for item in sections}
    found: dict[str, list[Task]] = {}
    for row in rows:
        row.response, row.region_map = response, response.region_map
        task = task_of(row, sections=by_code)
        if task is not None:
            found.setdefault(row.part, []).append(task)
    return found
