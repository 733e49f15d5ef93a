"""A response as its pages show it: steps in order, what is answered, what is next."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from governance.enums import Group
from governance.models import Answer, Evidence, Response
from governance.selectors.questionnaires import (
    QuestionItem,
    SectionItem,
    is_about_a_unit,
    is_asked,
    sections_of,
)
from mapping.enums import AnswerKind
from mapping.models import TerritorialUnit


@dataclass(frozen=True, kw_only=True)
class Step:
    """One question to one respondent; about a unit where the statement has unit scope."""

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


@dataclass(frozen=True, kw_only=True)
class SectionProgress:
    section: SectionItem
    answered: int
    total: int
    first: Step | None

    @property
    def is_complete(self) -> bool:
        return self.answered == self.total

    @property
    def is_begun(self) -> bool:
        return self.answered > 0


@dataclass(frozen=True, kw_only=True)
class ResponsePage:
    """The task list of a response."""

    response: Response
    steps: list[Step]
    sections: list[SectionProgress]
    next_step: Step | None
    may_fill_in: bool
    may_send: bool
    may_review: bool

    @property
    def answered(self) -> int:
        return sum(step.is_answered for step in self.steps)

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def minutes_left(self) -> int:
        """About two minutes for each open question."""
        return 2 * (self.total - self.answered)

    @property
    def missing(self) -> list[Step]:
        return [step for step in self.steps if not step.is_answered]


@dataclass(frozen=True, kw_only=True)
class QuestionPage:
    page: ResponsePage
    step: Step
    number: int
    of: int
    before: Step | None
    after: Step | None
    evidence: list[Evidence]
    revisions: list[Any]


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
    answers = {(row.question_id, row.about_unit_id): row for row in response.answers.all()}
    units = asked_units(response)
    return [
        Step(
            section=section,
            question=item,
            unit=unit,
            answer=answers.get((item.pk, unit.pk if unit else None)),
        )
        for section in sections
        for item in section.questions
        if is_asked(item, response.group)
        for unit in (units if is_about_a_unit(item) else [None])
    ]


def progress(steps: list[Step]) -> list[SectionProgress]:
    by_section: dict[str, list[Step]] = {}
    for step in steps:
        by_section.setdefault(step.section.code, []).append(step)
    return [
        SectionProgress(
            section=group[0].section,
            answered=sum(step.is_answered for step in group),
            total=len(group),
            first=next((step for step in group if not step.is_answered), group[0]),
        )
        for group in by_section.values()
    ]


def response_page(*, response: Response, user: Any) -> ResponsePage:
    steps = steps_of(response=response)
    return ResponsePage(
        response=response,
        steps=steps,
        sections=progress(steps),
        next_step=next((step for step in steps if not step.is_answered), None),
        may_fill_in=response.is_writable and user.has_perm("governance.answer", response),
        may_send=response.is_writable and user.has_perm("governance.submit", response),
        may_review=user.has_perm("governance.review", response),
    )


def question_page(*, response: Response, user: Any, code: str, unit_pk: int | None) -> QuestionPage | None:
    """One question with its place in the questionnaire; None when it is not put to this respondent."""
    page = response_page(response=response, user=user)
    place = next((n for n, step in enumerate(page.steps) if step.key == (code, unit_pk)), None)
    if place is None:
        return None
    step = page.steps[place]
    group = [other for other in page.steps if other.section.code == step.section.code]
    answer = step.answer
    return QuestionPage(
        page=page,
        step=step,
        number=group.index(step) + 1,
        of=len(group),
        before=page.steps[place - 1] if place else None,
        after=page.steps[place + 1] if place + 1 < len(page.steps) else None,
        evidence=list(answer.evidence.select_related("added_by")) if answer else [],
        revisions=list(answer.revisions.select_related("by").order_by("-version")[:8]) if answer else [],
    )
