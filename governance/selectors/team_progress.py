"""How far a region is, for its team: by section, by unit and by person, with what is late."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Max, Q, Value
from django.db.models.functions import Cast, Concat

from governance.enums import Group, ResponseState
from governance.models import AnswerRevision, Assignment, Response, Thread
from governance.selectors.assignments import Task, as_seen_by, tasks_of
from governance.selectors.responses import SectionProgress
from governance.selectors.section_progress import sections_of_responses
from governance.selectors.threads import AT_WORK
from mapping.models import Membership, RegionMap

# One answer over all versions of the questionnaire: response, question, unit and part.
PLACE = Concat(
    Cast("answer__response", CharField()),
    Value(" "),
    "answer__question__code",
    Value(" "),
    Cast("answer__about_unit", CharField()),
    Value(" "),
    "answer__part",
    output_field=CharField(),
)


@dataclass(frozen=True, kw_only=True)
class SectionLine:
    section: SectionProgress
    tasks: list[Task]
    # Open remarks of the reviewer.
    remarks: int

    @property
    def is_late(self) -> bool:
        return any(task.is_overdue for task in self.tasks)


@dataclass(frozen=True, kw_only=True)
class ResponseLine:
    response: Response
    sections: list[SectionLine]

    @property
    def answered(self) -> int:
        return sum(line.section.answered for line in self.sections)

    @property
    def total(self) -> int:
        return sum(line.section.total for line in self.sections)

    @property
    def late(self) -> int:
        return sum(line.is_late for line in self.sections)

    @property
    def remarks(self) -> int:
        return sum(line.remarks for line in self.sections)


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """Answers that this person wrote or changed, and the parts that were given to them."""

    person: Any
    roles: list[str]
    written: int
    last: dt.datetime | None
    tasks: list[Task]

    @property
    def open(self) -> int:
        return sum(not task.is_done for task in self.tasks)

    @property
    def done(self) -> int:
        return len(self.tasks) - self.open

    @property
    def late(self) -> int:
        return sum(task.is_overdue for task in self.tasks)


@dataclass(frozen=True, kw_only=True)
class TeamProgress:
    region_map: RegionMap
    teams: list[ResponseLine]
    units: list[ResponseLine]
    people: list[PersonLine]
    # Parts of the map, and of organisations without an account.
    others: list[Task]
    overdue: list[Task]
    stakeholders: int
    stakeholders_sent: int
    may_remind: bool

    @property
    def units_sent(self) -> int:
        return sum(not line.response.is_writable for line in self.units)


def team_progress(*, region_map: RegionMap, user: Any) -> TeamProgress:
    """What this person may see of it. A number of queries that does not grow with rows and people."""
    responses = list(
        Response.objects.visible_to(user)
        .filter(region_map=region_map)
        .exclude(group=Group.STAKEHOLDER)
        .select_related("unit", "region_map__region", "questionnaire_version__questionnaire")
    )
    sections = sections_of_responses(responses)
    rows = Assignment.objects.visible_to(user).filter(region_map=region_map)
    related = ("person", "region_map__region", "response__unit", "response__questionnaire_version")
    tasks = as_seen_by(tasks_of(rows.select_related(*related)), user=user, region_map=region_map)
    remarks = _remarks(responses)
    lines = [
        ResponseLine(
            response=response,
            sections=[
                SectionLine(
                    section=item,
                    tasks=[
                        task
                        for task in tasks
                        if (task.row.response_id, task.row.part) == (response.pk, item.section.code)
                    ],
                    remarks=remarks[response.pk, item.section.code],
                )
                for item in sections[response.pk]
            ],
        )
        for response in responses
    ]
    sent = Q(state__in=[ResponseState.SUBMITTED, ResponseState.APPROVED])
    invited = Response.objects.filter(region_map=region_map, group=Group.STAKEHOLDER)
    stakeholders = invited.aggregate(total=Count("pk"), sent=Count("pk", filter=sent))
    return TeamProgress(
        region_map=region_map,
        teams=[line for line in lines if line.response.group == Group.TEAM],
        units=[line for line in lines if line.response.group == Group.UNIT],
        people=_people(region_map, responses, tasks),
        others=[task for task in tasks if task.row.response_id is None or task.row.person_id is None],
        overdue=sorted((task for task in tasks if task.is_overdue), key=lambda task: task.row.due_on),
        stakeholders=stakeholders["total"],
        stakeholders_sent=stakeholders["sent"],
        may_remind=user.has_perm("governance.remind", region_map.exercise),
    )


def _remarks(responses: list[Response]) -> Counter[tuple[int, str]]:
    """Open remarks of the reviewer by response and section. One query."""
    rows = Thread.objects.filter(
        Q(answer__response__in=responses) | Q(response__in=responses),
        review_step__isnull=False,
        is_settled=False,
    ).values_list("answer__response", "answer__question__section__code", "response", "section")
    return Counter((of_answer or of_section, code or part) for of_answer, code, of_section, part in rows)


def _people(region_map: RegionMap, responses: list[Response], tasks: list[Task]) -> list[PersonLine]:
    """Who works here or wrote here, those with most to do first. Two queries."""
    written = {
        row["by"]: row
        for row in AnswerRevision.objects.filter(
            answer__response__in=responses,
            by__isnull=False,
        )
        .exclude(values__has_key="from")  # carried over: whoever did that wrote nothing
        .order_by()
        .values("by")
        .annotate(count=Count(PLACE, distinct=True), last=Max("at"))
    }
    roles: dict[Any, list[str]] = {}
    seats = Membership.objects.filter(region=region_map.region_id, role__in=AT_WORK)
    for seat in seats.select_related("user", "unit").order_by("-role", "user__name"):
        label = seat.get_role_display()
        roles.setdefault(seat.user, []).append(f"{label}, {seat.unit}" if seat.unit else label)
    for task in tasks:
        if task.row.person is not None:
            roles.setdefault(task.row.person, [])
    lines = [
        PersonLine(
            person=person,
            roles=held,
            written=written.get(person.pk, {}).get("count", 0),
            last=written.get(person.pk, {}).get("last"),
            tasks=[task for task in tasks if task.row.person_id == person.pk],
        )
        for person, held in roles.items()
    ]
    return sorted(lines, key=lambda line: (-line.late, -line.open, str(line.person).casefold()))
