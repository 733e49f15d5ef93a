"""One section or question of a draft: its neighbours, what is wrong in it, who changed it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from governance.asking.base import QuestionType
from governance.asking.definitions import INSIDE_GROUPS
from governance.asking.parts import SECTION_PARTS, question_parts
from governance.asking.problems import gettext_noop
from governance.asking.registry import TYPES
from governance.models import Question, QuestionnaireVersion, Section
from governance.selectors.editor import ProblemLine, QuestionLine, VersionPage, version_page
from governance.selectors.parts import whole_version
from mapping.models import Project

LAST = 6
OTHERS = {
    "position": gettext_noop("Order"),
    "section": gettext_noop("Section"),
    "restored": gettext_noop("Brought back"),
    "type": gettext_noop("Type"),
}


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    at: dt.datetime
    by: Any
    label: str


@dataclass(frozen=True, kw_only=True)
class RowEditor:
    """`line`: the question with those of its group, none for a section."""

    whole: VersionPage
    row: Any
    problems: list[ProblemLine]
    history: list[HistoryLine]
    # What the buttons for removing and for another type are based on.
    whole_version: int
    order: int = 0
    line: QuestionLine | None = None
    before: Question | None = None
    after: Question | None = None

    @property
    def kinds(self) -> list[QuestionType]:
        """The types it may have where it stands."""
        inside = self.row.parent_id is not None
        return [kind for key, kind in TYPES.items() if not inside or key in INSIDE_GROUPS]


def question_editor(*, question: Question, project: Project, may_write: bool = True) -> RowEditor:
    whole = version_page(version=question.section.version, project=project, may_write=may_write)
    lines = [line for section in whole.sections for top in section.questions for line in (top, *top.children)]
    at = next(n for n, line in enumerate(lines) if line.row.pk == question.pk)
    return RowEditor(
        whole=whole,
        row=question,
        problems=lines[at].problems,
        history=history_of(question),
        whole_version=whole_version(question),
        order=lines[at].order,
        line=lines[at],
        before=lines[at - 1].row if at else None,
        after=lines[at + 1].row if at + 1 < len(lines) else None,
    )


def section_editor(*, section: Section, project: Project, may_write: bool = True) -> RowEditor:
    whole = version_page(version=section.version, project=project, may_write=may_write)
    return RowEditor(
        whole=whole,
        row=section,
        problems=[problem for problem in whole.problems if problem.row == section],
        history=history_of(section),
        whole_version=whole_version(section),
        order=whole.order,
    )


def history_of(row: Any) -> list[HistoryLine]:
    rows = type(row).history.filter(id=row.pk).select_related("history_user").order_by("-history_id")[:LAST]
    return [
        HistoryLine(
            at=line.history_date, by=line.history_user, label=label_of(line.history_change_reason or "")
        )
        for line in rows
    ]


def label_of(reason: str) -> str:
    """What was changed, by the reason its history keeps."""
    names = {part.name: part.label for kind in TYPES.values() for part in question_parts(kind)}
    names |= {part.name: part.label for part in SECTION_PARTS}
    if reason.startswith("translations."):
        return gettext_noop("Translation")
    if reason in ("position", "section", "restored", "type"):
        return OTHERS[reason]
    return names.get(reason, "")


def removal_of(*, version: QuestionnaireVersion, kind: str, pk: int) -> HistoryLine | None:
    """Who removed a section or question of this version, and when; None when there never was one."""
    model: Any = {"sections": Section, "questions": Question}.get(kind)
    if model is None:
        return None
    own = Section.history.filter(version=version.pk)
    of_version = {"version": version.pk} if kind == "sections" else {"section__in": own.values("id")}
    rows = model.history.filter(id=pk, history_type="-", **of_version).select_related("history_user")
    last = rows.order_by("-history_id").first()
    return HistoryLine(at=last.history_date, by=last.history_user, label="") if last is not None else None
