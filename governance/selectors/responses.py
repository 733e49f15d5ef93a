"""A response as its pages show it: steps in order, what is answered, what is next."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from governance.enums import Group
from governance.models import Response
from governance.selectors.questionnaires import SectionItem, sections_of
from governance.selectors.steps import GivenAnswers, Step, made_steps
from mapping.enums import Role
from mapping.models import Membership, TerritorialUnit
from mapping.selectors.people import lost_role

# What a question takes, roughly; a stakeholder is asked for ten minutes in all.
MINUTES = {Group.TEAM: 2, Group.UNIT: 2, Group.STAKEHOLDER: 1}


@dataclass(frozen=True, kw_only=True)
class SectionProgress:
    section: SectionItem
    steps: list[Step]
    minutes: int

    @property
    def answered(self) -> int:
        return sum(step.counts and step.is_answered for step in self.steps)

    @property
    def total(self) -> int:
        return sum(step.counts for step in self.steps)

    @property
    def first(self) -> Step:
        """Where to go on: the first open question, or the first of all."""
        return next((step for step in self.steps if not step.is_answered), self.steps[0])

    @property
    def is_complete(self) -> bool:
        return self.answered == self.total

    @property
    def rest_is_optional(self) -> bool:
        """Something has no answer, and need not have one."""
        return not self.is_complete and not any(step.blocks for step in self.steps)

    @property
    def last_editor(self) -> Any:
        written = [answer for step in self.steps for answer in step.answers if answer.edited_by]
        return max(written, key=lambda answer: answer.edited_at).edited_by if written else None


@dataclass(frozen=True, kw_only=True)
class ResponsePage:
    """What all pages of a response have in common."""

    response: Response
    steps: list[Step]
    sections: list[SectionProgress]
    may_fill_in: bool
    may_send: bool
    may_review: bool

    @property
    def title(self) -> str:
        return str(self.response.unit or self.response.region_map.region)

    @property
    def answered(self) -> int:
        return sum(step.counts and step.is_answered for step in self.steps)

    @property
    def total(self) -> int:
        return sum(step.counts for step in self.steps)

    @property
    def missing(self) -> list[Step]:
        return [step for step in self.steps if not step.is_answered or step.problems]

    @property
    def next_step(self) -> Step | None:
        return next(iter(self.missing), None)

    @property
    def minutes_left(self) -> int:
        """Zero where it was sent: what has no answer then is no work any more."""
        return self.response.is_writable * MINUTES[Group(self.response.group)] * len(self.missing)


def find_response(*, pk: int, user: Any) -> Response | None:
    """A response the person may see, with everything its pages name: one query."""
    response = (
        Response.objects.visible_to(user)
        .select_related(
            "region_map__region",
            "region_map__exercise__project",
            "questionnaire_version__questionnaire",
            "unit",
            "submitted_by",
        )
        .filter(pk=pk)
        .first()
    )
    if response is not None and response.unit is not None:
        response.unit.region_map = response.region_map  # its own map: four tables less to read
    return response


def lost_response(*, user: Any, pk: int) -> bool:
    """The person had a role that reached this response, and it was taken away.

    Of a stakeholder's response nobody else learns that it exists.
    """
    if Response.objects.fillable_by(user).filter(pk=pk).exists():
        return False
    response = Response.objects.select_related("region_map__exercise").filter(pk=pk).first()
    if response is None or (response.group == Group.STAKEHOLDER and response.respondent_id != user.pk):
        return False
    return lost_role(
        user=user,
        project_id=response.region_map.exercise.project_id,
        region_id=response.region_map.region_id,
    )


def is_open(response: Response) -> bool:
    """Answers may be written: the response is not sent, and the round is open."""
    return response.is_writable and response.region_map.exercise.accepts_answers


def asked_units(response: Response) -> list[TerritorialUnit]:
    """The units that statements of unit scope are about: the unit itself, or those the team describes."""
    if response.group == Group.UNIT and response.unit is not None:
        return [response.unit]
    if response.group == Group.TEAM:
        invited = Response.objects.filter(
            region_map=response.region_map_id,
            questionnaire_version=response.questionnaire_version_id,
            group=Group.UNIT,
        )
        return list(TerritorialUnit.objects.filter(pk__in=invited.values("unit")))
    return []


def steps_of(*, response: Response) -> list[Step]:
    """Every question put to this respondent, in order. Two queries, one more with groups.

    Questions whose condition is not met are left out.
    """
    return [step for step in all_steps(response=response) if step.is_asked]


def all_steps(*, response: Response) -> list[Step]:
    """As steps_of, with those whose condition is not met: their answers are kept, and count nowhere."""
    sections = sections_of(version=response.questionnaire_version, language=get_language() or "en")
    questions = [item for section in sections for item in section.questions]
    given = GivenAnswers.of(response=response, questions=questions)
    return made_steps(response=response, sections=sections, given=given, units=asked_units(response))


def progress(steps: list[Step], *, minutes: int) -> list[SectionProgress]:
    by_section: dict[str, list[Step]] = {}
    for step in steps:
        by_section.setdefault(step.section.code, []).append(step)
    return [
        SectionProgress(section=group[0].section, steps=group, minutes=minutes * len(group))
        for group in by_section.values()
    ]


def response_page(*, response: Response, user: Any) -> ResponsePage:
    steps = steps_of(response=response)
    writable = is_open(response)
    return ResponsePage(
        response=response,
        steps=steps,
        sections=progress(steps, minutes=MINUTES[Group(response.group)]),
        may_fill_in=writable and user.has_perm("governance.answer", response),
        may_send=writable and user.has_perm("governance.submit", response),
        may_review=user.has_perm("governance.review", response),
    )


def colleagues(*, response: Response) -> list[Membership]:
    """Who works on this response: the regional team, or the contacts of the unit. One query."""
    roles = Membership.objects.filter(region=response.region_map.region_id)
    if response.group == Group.TEAM:
        roles = roles.filter(role__in=[Role.REGIONAL_LEAD, Role.CONTRIBUTOR])
    elif response.group == Group.UNIT:
        roles = roles.filter(role=Role.UNIT_CONTACT, unit=response.unit_id)
    else:
        return []
    return list(roles.select_related("user").order_by("-role", "user__name"))
