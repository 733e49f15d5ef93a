"""A response as its pages show it: steps in order, what is answered, what is next."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from governance.enums import Group
from governance.models import Answer, Response
from governance.selectors.questionnaires import (
    QuestionItem,
    SectionItem,
    is_about_a_unit,
    is_asked,
    sections_of,
)
from mapping.enums import AnswerKind, ExerciseState, Role
from mapping.models import Membership, TerritorialUnit

# What a question takes, roughly; a stakeholder is asked for ten minutes in all.
MINUTES = {Group.TEAM: 2, Group.UNIT: 2, Group.STAKEHOLDER: 1}


@dataclass(frozen=True, kw_only=True)
class Step:
    """One question to one respondent; about a unit where the statement has unit scope."""

    response_id: int
    section: SectionItem
    question: QuestionItem
    unit: TerritorialUnit | None
    answer: Answer | None

    @property
    def is_answered(self) -> bool:
        """Any of value, no information, does not apply is an answer."""
        return self.answer is not None and self.answer.kind != AnswerKind.UNANSWERED

    @property
    def key(self) -> tuple[str, int | None]:
        return self.question.code, self.unit.pk if self.unit else None

    @property
    def address(self) -> str:
        return reverse("governance:question_detail", args=self.place)

    @property
    def save_address(self) -> str:
        return reverse("governance:answer_save", args=self.place)

    @property
    def evidence_address(self) -> str:
        return reverse("governance:evidence_add", args=self.place)

    @property
    def place(self) -> list[Any]:
        """The parts of every address of this question."""
        return [self.response_id, self.question.code, *([self.unit.pk] if self.unit else [])]


@dataclass(frozen=True, kw_only=True)
class SectionProgress:
    section: SectionItem
    steps: list[Step]
    minutes: int

    @property
    def answered(self) -> int:
        return sum(step.is_answered for step in self.steps)

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def first(self) -> Step:
        """Where to go on: the first open question, or the first of all."""
        return next((step for step in self.steps if not step.is_answered), self.steps[0])

    @property
    def is_complete(self) -> bool:
        return self.answered == self.total

    @property
    def last_editor(self) -> Any:
        written = [step.answer for step in self.steps if step.answer and step.answer.edited_by]
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
        return sum(step.is_answered for step in self.steps)

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def missing(self) -> list[Step]:
        return [step for step in self.steps if not step.is_answered]

    @property
    def next_step(self) -> Step | None:
        return next(iter(self.missing), None)

    @property
    def minutes_left(self) -> int:
        return MINUTES[Group(self.response.group)] * len(self.missing)


def find_response(*, pk: int, user: Any) -> Response | None:
    """A response the person may see, with everything its pages name: one query."""
    return (
        Response.objects.visible_to(user)
        .select_related(
            "region_map__region",
            "region_map__exercise__project",
            "questionnaire_version__questionnaire",
            "unit__region_map__exercise__project",
            "submitted_by",
        )
        .filter(pk=pk)
        .first()
    )


def is_open(response: Response) -> bool:
    """Answers may be written: the response is not sent, and the round is open."""
    return response.is_writable and response.region_map.exercise.state == ExerciseState.OPEN


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
    """Every question put to this respondent, in order. Two queries, whatever the number."""
    sections = sections_of(version=response.questionnaire_version, language=get_language() or "en")
    rows = response.answers.select_related("edited_by").order_by()
    answers = {(row.question_id, row.about_unit_id): row for row in rows}
    units = asked_units(response)
    return [
        Step(
            response_id=response.pk,
            section=section,
            question=item,
            unit=unit,
            answer=answers.get((item.pk, unit.pk if unit else None)),
        )
        for section in sections
        for item in section.questions
        if is_asked(item, group=response.group)
        for unit in (units if is_about_a_unit(item) else [None])
    ]


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
