"""One version of a questionnaire as its coordinator sees it: sections, questions, what is wrong in each."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.lib.ordered import order_version
from governance.asking.base import QuestionType
from governance.asking.parts import question_parts
from governance.asking.problems import Problem
from governance.asking.registry import TYPES
from governance.asking.unmet import unpublishable
from governance.models import Question, QuestionnaireVersion, Section
from governance.selectors.definitions import version_to_dict
from governance.selectors.parts import part_version
from governance.selectors.problems import spoken
from mapping.models import Exercise, Project


@dataclass(frozen=True, kw_only=True)
class ProblemLine:
    """What keeps a draft from being published, with the page where it is put right."""

    text: str
    url: str
    about: str
    row: Any = None


@dataclass(kw_only=True)
class QuestionLine:
    row: Question
    children: list["QuestionLine"] = field(default_factory=list)
    problems: list[ProblemLine] = field(default_factory=list)
    order: int = 0

    @property
    def kind(self) -> QuestionType:
        return TYPES[self.row.type]

    @property
    def is_group(self) -> bool:
        return self.row.type == "group"


@dataclass(frozen=True, kw_only=True)
class SectionLine:
    row: Section
    questions: list[QuestionLine]


@dataclass(frozen=True, kw_only=True)
class VersionPage:
    project: Project
    version: QuestionnaireVersion
    sections: list[SectionLine]
    problems: list[ProblemLine]
    order: int
    used_in: list[Exercise]
    # Of everything the draft says, for a button that deletes it.
    fingerprint: int = 0
    # Of the reader: facilitators read along.
    may_write: bool = True

    @property
    def may_edit(self) -> bool:
        return self.may_write and self.version.is_draft and self.version.project_id == self.project.pk

    @property
    def questions(self) -> int:
        return sum(len(section.questions) for section in self.sections)


def version_page(*, version: QuestionnaireVersion, project: Project, may_write: bool = True) -> VersionPage:
    """Sections and questions in order, each with what is wrong. Six queries for any size."""
    sections = []
    for section in Section.objects.filter(version=version).prefetch_related("questions"):
        rows = list(section.questions.all())
        sections.append(SectionLine(row=section, questions=question_lines(rows)))
    definition = version_to_dict(version) if version.is_draft else {}
    page = VersionPage(
        project=project,
        version=version,
        sections=sections,
        problems=[],
        order=order_version([line.row for line in sections]),
        used_in=list(version.exercises.filter(project=project)),
        fingerprint=part_version(definition, name="draft") if definition else 0,
        may_write=may_write,
    )
    if version.is_draft:
        page.problems.extend(problem_lines(page, definition=definition))
    return page


def question_lines(rows: list[Question]) -> list[QuestionLine]:
    """The questions of a section, those of a group under it; each knows the order it stands in."""
    top = [QuestionLine(row=row) for row in rows if row.parent_id is None]
    inside: dict[int | None, list[QuestionLine]] = {}
    for row in rows:
        if row.parent_id is not None:
            inside.setdefault(row.parent_id, []).append(QuestionLine(row=row))
    for line in top:
        line.children = inside.get(line.row.pk, [])
    for lines in (top, *inside.values()):
        order = order_version([line.row for line in lines])
        for line in lines:
            line.order = order
    return top


def problem_lines(page: VersionPage, *, definition: Any) -> list[ProblemLine]:
    """What keeps the draft from being published, each leading to its question."""
    by_code = {
        line.row.code: line
        for section in page.sections
        for top in section.questions
        for line in (top, *top.children)
    }
    found = []
    for problem in unpublishable(definition):
        line = line_of(problem, page.sections) or by_code.get(str(problem.params.get("code")))
        told = problem_line(problem, line, page)
        found.append(told)
        if isinstance(line, QuestionLine):
            line.problems.append(told)
    return found


def line_of(problem: Problem, sections: list[SectionLine]) -> SectionLine | QuestionLine | None:
    """What a path like "sections.1.questions.2.settings.choices" leads to."""
    steps = problem.path.split(".")
    if len(steps) < 2 or steps[0] != "sections" or not steps[1].isdigit():
        return None
    section = sections[int(steps[1]) - 1]
    if len(steps) < 4 or steps[2] != "questions":
        return section
    line = section.questions[int(steps[3]) - 1]
    if len(steps) > 5 and steps[4] == "questions" and steps[5].isdigit():
        return line.children[int(steps[5]) - 1]
    return line


def problem_line(problem: Problem, line: SectionLine | QuestionLine | None, page: VersionPage) -> ProblemLine:
    place = [page.project.slug, page.version.pk]
    if line is None:
        url = reverse("governance:questionnaire_detail", args=place)
        return ProblemLine(text=spoken(problem), url=url, about="")
    kind = "question_edit" if isinstance(line, QuestionLine) else "section_edit"
    about = line.row.short if isinstance(line, QuestionLine) else line.row.title
    url = reverse(f"governance:{kind}", args=[*place, line.row.pk])
    anchor = anchor_of(problem.path)
    if isinstance(line, QuestionLine):
        problem = in_words(problem, line.kind)
    return ProblemLine(text=spoken(problem), url=url + anchor, about=f"{line.row.code} {about}", row=line.row)


def in_words(problem: Problem, kind: QuestionType) -> Problem:
    """The problem with the label of a part instead of the name that a file has for it."""
    labels = {part.name.rpartition(".")[2]: part.label for part in question_parts(kind)}
    name = problem.params.get("name")
    if not isinstance(name, str) or name not in labels:
        return problem
    return replace(problem, params={**problem.params, "name": _(labels[name])})


def anchor_of(path: str) -> str:
    """The part of the question's page: "…settings.choices.2" is #settings-choices."""
    steps = path.split(".")
    for name in ("settings", "condition", "messages", "rubric"):
        if name in steps:
            inside = [step for step in steps[steps.index(name) + 1 :] if not step.isdigit()][:1]
            return "#" + "-".join([name, *inside])
    return ""
