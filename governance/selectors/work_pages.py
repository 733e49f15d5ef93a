"""Who does what: in a response, and in the map."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from cohes3ion.accounts.models import User
from governance.enums import MapPart
from governance.models import Assignment, AssignmentStep, Response
from governance.selectors.assignments import Task, map_part_address, opens_part, task_of, tasks_by_section
from governance.selectors.responses import SectionProgress, colleagues
from governance.selectors.section_progress import sections_of_responses
from governance.selectors.threads import AT_WORK
from mapping.models import Membership, RegionMap

SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Part:
    """A section of the response, or a part of the map, with who has it.

    address: empty for those who may not open it.
    """

    code: str
    title: str
    address: str
    section: SectionProgress | None
    tasks: list[Task]


@dataclass(frozen=True, kw_only=True)
class WorkPage:
    """Who does what: in a response, or in the map when `response` is none."""

    region_map: RegionMap
    response: Response | None
    parts: list[Part]
    people: list[User]
    steps: list[AssignmentStep]
    may_assign: bool
    may_remind: bool

    @property
    def subject(self) -> Any:
        return self.response or self.region_map

    @property
    def titles(self) -> dict[str, str]:
        return {part.code: part.title for part in self.parts}

    @property
    def steps_in_words(self) -> list[tuple[AssignmentStep, str]]:
        return [(step, self.titles.get(step.part, step.part)) for step in self.steps]

    @property
    def tasks(self) -> list[Task]:
        return [task for part in self.parts for task in part.tasks]

    @property
    def people_here(self) -> set[int]:
        return {person.pk for person in self.people}


def map_people(region_map: RegionMap) -> list[User]:
    """Who works on the map: the team, and the contacts of its units. One query."""
    seats = Membership.objects.filter(region=region_map.region_id, role__in=AT_WORK)
    rows = User.objects.filter(pk__in=seats.values("user"), is_active=True)
    return list(rows.order_by("name", "email"))


def response_people(response: Response) -> list[User]:
    found = {member.user_id: member.user for member in colleagues(response=response)}
    return [user for user in found.values() if user.is_active]


def response_work_page(*, response: Response, user: Any) -> WorkPage:
    sections = sections_of_responses([response])[response.pk]
    tasks = tasks_by_section(response=response, sections=sections)
    return WorkPage(
        region_map=response.region_map,
        response=response,
        parts=[
            Part(
                code=item.section.code,
                title=item.section.title,
                address=item.first.address,
                section=item,
                tasks=tasks.get(item.section.code, []),
            )
            for item in sections
        ],
        people=response_people(response),
        steps=_steps(Q(response=response)),
        may_assign=user.has_perm("governance.assign", response),
        may_remind=user.has_perm("governance.remind", response.region_map.exercise),
    )


def map_work_page(*, region_map: RegionMap, user: Any) -> WorkPage:
    rows = Assignment.objects.filter(region_map=region_map, response=None).select_related("person")
    tasks: dict[str, list[Task]] = {}
    for row in rows:
        row.region_map = region_map
        task = task_of(row, sections={})
        if task is not None:
            tasks.setdefault(row.part, []).append(task)

    return WorkPage(
        region_map=region_map,
        response=None,
        parts=[
            Part(
                code=part.value,
                title=str(part.label),
                address=map_part_address(region_map_id=region_map.pk, part=part)
                if opens_part(user=user, region_map=region_map, part=part)
                else "",
                section=None,
                tasks=tasks.get(part, []),
            )
            for part in MapPart
        ],
        people=map_people(region_map),
        steps=_steps(Q(response=None, region_map=region_map)),
        may_assign=user.has_perm("governance.assign", region_map),
        may_remind=user.has_perm("governance.remind", region_map.exercise),
    )


def _steps(about: Q) -> list[AssignmentStep]:
    return list(AssignmentStep.objects.filter(about).select_related("by")[:SHOWN])
