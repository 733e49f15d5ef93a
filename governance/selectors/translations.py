"""The texts of a version beside their translations, and how far each language is."""

from dataclasses import dataclass
from typing import Any

from governance.asking.translating import completeness, languages_of
from governance.models import Question, QuestionnaireVersion, Section
from mapping.models import Project


@dataclass(frozen=True, kw_only=True)
class LanguageLine:
    code: str
    name: str
    done: int
    total: int

    @property
    def is_complete(self) -> bool:
        return self.done == self.total


@dataclass(frozen=True, kw_only=True)
class TextsPage:
    """`rows`: sections and their questions in order, those of a group after it."""

    project: Project
    version: QuestionnaireVersion
    language: str
    languages: list[LanguageLine]
    rows: list[Any]

    @property
    def may_edit(self) -> bool:
        return self.version.is_draft and self.version.project_id == self.project.pk

    @property
    def here(self) -> LanguageLine | None:
        return next((line for line in self.languages if line.code == self.language), None)


def texts_page(
    *, version: QuestionnaireVersion, project: Project, language: str, names: dict[str, str]
) -> TextsPage:
    """Two queries. Without a language: the first that has any text."""
    rows: list[Any] = []
    for section in Section.objects.filter(version=version).prefetch_related("questions"):
        questions = list(section.questions.all())
        rows.append(section)
        for top in questions:
            if top.parent_id is None:
                rows += [top, *(child for child in questions if child.parent_id == top.pk)]
    texts = [vars(row) for row in rows]
    begun = [code for code in languages_of(texts) if code != version.language]
    chosen = language or next(iter(begun), "")
    lines = []
    for code in dict.fromkeys([*begun, *([chosen] if chosen else [])]):
        done, total = completeness(texts, language=code)
        lines.append(LanguageLine(code=code, name=names.get(code, code), done=done, total=total))
    return TextsPage(project=project, version=version, language=chosen, languages=lines, rows=rows)


def row_kind(row: Section | Question) -> str:
    return "sections" if isinstance(row, Section) else "questions"
