"""The steps of a review: sent, returned with reasons, approved, reopened; and what was remarked where."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from governance.models import Response, ReviewStep, Thread
from governance.selectors.changes import Change, response_changes
from governance.selectors.steps import Step
from governance.selectors.threads import GIVEN_BACK, ThreadItem, current_remarks


def review_steps(*, response: Response) -> list[ReviewStep]:
    """Every step, oldest first. One query."""
    return list(response.review_steps.select_related("by"))


def last_round(*, response: Response) -> dt.datetime | None:
    """Where the work since the last review began: when it was given back, or else sent. One query."""
    back = response.review_steps.filter(action__in=GIVEN_BACK).last()
    return back.at if back else response.submitted_at


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What a reviewer says about one answer (`key`: code and unit), or about a section."""

    text: str
    section: str = ""
    key: tuple[str, int | None] | None = None


@dataclass(frozen=True, kw_only=True)
class RemarkLine:
    """A reviewer's remark at an answer (`place`, as presence names it) or at a whole section."""

    item: ThreadItem
    section: str
    place: str
    title: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Remarks:
    """Remarks that are open, and those of the last return that were dealt with."""

    lines: list[RemarkLine]

    @property
    def open(self) -> int:
        return sum(not line.item.is_settled for line in self.lines)

    @property
    def dealt_with(self) -> int:
        return len(self.lines) - self.open

    @property
    def open_by_section(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for line in self.lines:
            if not line.item.is_settled:
                found[line.section] = found.get(line.section, 0) + 1
        return found


def remarks_of(*, response: Response, steps: list[Step], user: Any) -> Remarks:
    """In page order; one query, three where there are any.

    A remark at a question that is no longer asked is left out.
    """
    rows = Thread.objects.filter(
        current_remarks(response=response),
        Q(answer__response=response) | Q(response=response),
    ).prefetch_related("comments__by")
    by_answer: dict[int, list[Thread]] = {}
    by_section: dict[str, list[Thread]] = {}
    for thread in rows:
        if thread.answer_id is None:
            by_section.setdefault(thread.section, []).append(thread)
        else:
            by_answer.setdefault(thread.answer_id, []).append(thread)
    lines: list[RemarkLine] = []
    for step in steps:
        code, title = step.section.code, step.section.title
        for thread in by_section.pop(code, []):
            item = ThreadItem.of(thread, user=user)
            lines.append(RemarkLine(item=item, section=code, place="", title=title, address=step.address))
        for thread in by_answer.get(step.answer.pk, []) if step.answer else []:
            item = ThreadItem.of(thread, user=user)
            lines.append(
                RemarkLine(
                    item=item,
                    section=code,
                    place=step.here,
                    title=_step_title(step),
                    address=f"{step.address}#thread-{thread.pk}",
                )
            )
    return Remarks(lines=lines)


def _step_title(step: Step) -> str:
    title = f"{step.question.code} {step.question.short}"
    return f"{title}, {step.unit}" if step.unit else title


def changes_for_review(
    *, response: Response, history: list[ReviewStep], steps: list[Step]
) -> dict[str, list[Change]]:
    """What changed since the answers were last given back, by question (`Step.here`). None: no earlier round.

    No query in the first round, two later.
    """
    back = [step for step in history if step.action in GIVEN_BACK]
    if not back:
        return {}
    changed = response_changes(response=response, since=back[-1].at, steps=steps)
    return {item.step.here: item.changes for item in changed}
