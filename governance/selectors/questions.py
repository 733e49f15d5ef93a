"""One question as its page shows it, and the check page with all of them."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from governance.asking.conditions import parts_of
from governance.models import AnswerRevision, CarryOver, Evidence, Response
from governance.selectors.assignments import Task, tasks_by_section
from governance.selectors.carried import last_carry_over
from governance.selectors.conflicts import waiting_choice
from governance.selectors.evidence import EvidenceItem, documents_elsewhere, evidence_shelf
from governance.selectors.history_lines import HistoryLine, history, recent_revisions
from governance.selectors.presence import Here, Room, people_here
from governance.selectors.problems import spoken
from governance.selectors.responses import ResponsePage, Step, all_steps, colleagues, response_page, steps_of
from governance.selectors.reviews import Remarks, remarks_of
from governance.selectors.revisions import STANDING, Discussion, discussions, undecided_answers
from governance.selectors.threads import Talk, answer_talk, open_about_answers
from governance.selectors.value_words import Told, words_for
from governance.selectors.waiting_values import waiting_values
from mapping.enums import Role
from mapping.models import Membership


@dataclass(frozen=True, kw_only=True)
class QuestionPage:
    page: ResponsePage
    step: Step
    number: int
    of: int
    before: Step | None
    after: Step | None
    same_question: list[Step]
    evidence: list[EvidenceItem]
    evidence_elsewhere: list[Evidence]
    history: list[HistoryLine]
    discussions: list[Discussion]

    choices: list[dict[str, Any]]
    here: Here
    talk: Talk

    @property
    def response(self) -> Response:
        return self.page.response

    @property
    def explained(self) -> HistoryLine | None:
        """Who wrote the explanation as it stands."""
        kept = (line for line in self.history if line.field == "explanation" and line.mark in STANDING)
        return next(kept, None)

    @property
    def older_changes(self) -> int:
        """How many lines of the history stay folded."""
        return max(0, len(self.history) - 6)

    @property
    def rubric_text(self) -> str:
        """The step that was chosen on the scale."""
        level = self.step.answer.level if self.step.answer else None
        return self.step.question.rubric[level - 1] if level else ""

    @property
    def others_answered(self) -> int:
        return sum(step.is_answered for step in self.same_question)


@dataclass(frozen=True, kw_only=True)
class TaskPage:
    """The task list and the check page: the same answers, shortly and in full."""

    page: ResponsePage
    team: list[Membership]
    evidence: Counter[int]
    undecided: set[int]
    talks: Counter[int]
    remarks: Remarks
    # Who has which section, by its code.
    tasks: dict[str, list[Task]]
    # How the response came to this version of the questionnaire, where it had an earlier one.
    carried: CarryOver | None

    def open_talks(self, section: str) -> int:
        return sum(
            self.talks[step.answer.pk]
            for step in self.page.steps
            if step.answer and step.section.code == section
        )

    @property
    def talks_by_section(self) -> dict[str, int]:
        return {item.section.code: self.open_talks(item.section.code) for item in self.page.sections}

    @property
    def undecided_steps(self) -> list[Step]:
        return [step for step in self.page.steps if is_undecided(step, self.undecided)]

    @property
    def undecided_keys(self) -> set[tuple[str, int | None]]:
        return {step.key for step in self.undecided_steps}

    @property
    def undecided_sections(self) -> set[str]:
        return {step.section.code for step in self.undecided_steps}

    @property
    def problems(self) -> list[Step]:
        """What keeps the response from being sent, in page order."""
        return [step for step in self.page.steps if step.blocks or step.key in self.undecided_keys]

    @property
    def problem_lines(self) -> list[dict[str, str]]:
        """The same as sentences, each with a link to its question."""
        return [
            {"text": text, "href": step.address} for step in self.problems for text in problem_sentences(step)
        ]

    @property
    def senders(self) -> list[Membership]:
        return [member for member in self.team if member.role == Role.REGIONAL_LEAD]


def problem_sentences(step: Step) -> list[str]:
    """What keeps this question from being sent, each with its code and name."""
    name = f"{step.question.short}, {step.unit}" if step.unit else step.question.short
    values = {"code": step.question.code, "name": name}
    if step.question.required and not step.is_answered:
        own = step.question.messages.get("required")
        text = _("Answer question %(code)s “%(name)s”.") % values
        return [f"{text} {own}" if own else text]
    found = [spoken(problem, messages=step.question.messages) for problem in step.problems]
    if found:
        return [_("Question %(code)s “%(name)s”:") % values + f" {text}" for text in found]
    return [_("Choose between two answers to question %(code)s “%(name)s”.") % values]


def question_page(*, response: Response, user: Any, code: str, unit_pk: int | None) -> QuestionPage | None:
    """One question with its place in the questionnaire; None when it is not put to this respondent."""
    page = response_page(response=response, user=user)
    place = next((n for n, step in enumerate(page.steps) if step.key == (code, unit_pk)), None)
    if place is None:
        return None
    step = page.steps[place]
    group = [other for other in page.steps if other.section.code == step.section.code]
    revisions = recent_revisions(step.answer) if step.answer else []
    waiting = discussions(step.answer, revisions=revisions) if step.answer else []
    shelf = evidence_shelf(response=response)
    documents = shelf.of(step)
    return QuestionPage(
        page=page,
        step=step,
        number=group.index(step) + 1,
        of=len(group),
        before=page.steps[place - 1] if place else None,
        after=page.steps[place + 1] if place + 1 < len(page.steps) else None,
        same_question=[other for other in group if other.question.code == code and step.unit],
        evidence=documents,
        evidence_elsewhere=documents_elsewhere(response=response, here=documents, user=user),
        history=_lines(step, revisions=revisions, response=response),
        discussions=waiting,
        choices=choices_of(step, waiting=waiting, response=response),
        here=people_here(room=Room(response_id=response.pk), place=step.here, user=user),
        talk=answer_talk(
            response=response, answer=step.answer, place=step.place, section=step.section.code, user=user
        ),
    )


def _lines(step: Step, *, revisions: list[AnswerRevision], response: Response) -> list[HistoryLine]:
    if step.answer is None:
        return []
    told = Told(question=step.question, answer=step.answer, revisions=revisions)
    return history(revisions, words=words_for([told], response=response).get(step.answer.pk))


def hidden_step(*, response: Response, code: str, unit_pk: int | None) -> tuple[Step, list[Step]] | None:
    """A question whose condition is not met, and the questions it depends on; None when there is no such."""
    steps = all_steps(response=response)
    step = next((step for step in steps if step.key == (code, unit_pk) and not step.is_asked), None)
    if step is None:
        return None
    needed = {part["question"] for part in parts_of(step.question.condition)}
    asked = [row for row in steps if row.is_asked and row.question.code in needed]
    return step, [row for row in asked if row.unit_pk in (None, unit_pk)]


def choices_of(step: Step, *, waiting: list[Discussion], response: Response) -> list[dict[str, Any]]:
    """Where two answers wait, in every type of question."""
    if step.question.type == "scale":
        return [waiting_choice(step.answer, item=item, place=step.place) for item in waiting if step.answer]
    return waiting_values(step, response=response)


def is_undecided(step: Step, undecided: set[int]) -> bool:
    """Two answers wait: to the question, to one of its cells, or inside one of its entries."""
    return any(answer.pk in undecided for answer in step.answers)


def task_page(*, response: Response, user: Any) -> TaskPage:
    page = response_page(response=response, user=user)
    return TaskPage(
        page=page,
        team=colleagues(response=response),
        evidence=evidence_shelf(response=response).counts(),
        undecided=undecided_answers(response),
        talks=open_about_answers(response=response),
        remarks=remarks_of(response=response, steps=page.steps, user=user),
        tasks=tasks_by_section(response=response, sections=page.sections),
        carried=last_carry_over(response=response),
    )


def unfinished_steps(*, response: Response) -> list[Step]:
    """What keeps a response from being sent: questions without an answer, or with two to choose from."""
    undecided = undecided_answers(response)
    return [step for step in steps_of(response=response) if step.blocks or is_undecided(step, undecided)]
