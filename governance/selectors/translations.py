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
class SectionTexts:
    """A section and its questions in order, those of a group after it, and how far it is translated."""

    section: Section
    rows: list[Any]
    done: int
    total: int

    @property
    def is_complete(self) -> bool:
        return self.done == self.total


@dataclass(frozen=True, kw_only=True)
class TextsPage:
    """One language; `section`: the one that is shown, since a questionnaire can have thousands of texts."""

    project: Project
    version: QuestionnaireVersion
    language: str
    languages: list[LanguageLine]
    sections: list[SectionTexts]
    section: SectionTexts | None

    @property
    def may_edit(self) -> bool:
        return self.version.is_draft and self.version.project_id == self.project.pk

    @property
    def here(self) -> LanguageLine | None:
        return next((line for line in self.languages if line.code == self.language), None)


def rows_of(section: Section) -> list[Any]:
    questions = list(section.questions.all())
    rows: list[Any] = [section]
    for top in questions:
        if top.parent_id is None:
            rows += [top, *(child for child in questions if child.parent_id == top.pk)]
    return rows


def section_texts(section: Section, *, language: str) -> SectionTexts:
    rows = rows_of(section)
    done, total = completeness([vars(row) for row in rows], language=language)
    return SectionTexts(section=section, rows=rows, done=done, total=total)


def texts_page(
    *,
    version: QuestionnaireVersion,
    project: Project,
    language: str,
    section: str,
    names: dict[str, str],
) -> TextsPage:
    """Two queries. Without a language: the first that has any text; without a section: the first not done."""
    rows = list(Section.objects.filter(version=version).prefetch_related("questions"))
    texts = [vars(row) for part in rows for row in rows_of(part)]
    begun = [code for code in languages_of(texts) if code != version.language]
    chosen = language or next(iter(begun), "")
    lines = []
    for code in dict.fromkeys([*begun, *([chosen] if chosen else [])]):
        done, total = completeness(texts, language=code)
        lines.append(LanguageLine(code=code, name=names.get(code, code), done=done, total=total))
    sections = [section_texts(part, language=chosen) for part in rows]
    named = [part for part in sections if part.section.code == section]
    return TextsPage(
        project=project,
        version=version,
        language=chosen,
        languages=lines,
        sections=sections,
        section=next(iter([*named, *(part for part in sections if not part.is_complete), *sections]), None),
    )


def row_kind(row: Section | Question) -> str:
    return "sections" if isinstance(row, Section) else "questions"
