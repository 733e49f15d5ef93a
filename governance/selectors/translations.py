"""The texts of a version beside their translations, and how far each language is."""

from dataclasses import dataclass
from typing import Any

from governance.asking.plain_values import TITLE_LENGTH
from governance.asking.translating import completeness, languages_of
from governance.models import Question, QuestionnaireVersion, Section
from mapping.models import Project

# What is said about the questionnaire as a whole, in addresses; no section can have such a code.
WHOLE = "*"


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
    """A section and its questions in order, those of a group after it, and how far it is translated.

    The first one has no section: it holds what is said about the questionnaire as a whole.
    """

    section: Section | None
    rows: list[Any]
    done: int
    total: int

    @property
    def is_complete(self) -> bool:
        return self.done == self.total

    @property
    def code(self) -> str:
        return self.section.code if self.section is not None else WHOLE


@dataclass(frozen=True, kw_only=True)
class TextsPage:
    """One language; `section`: the one that is shown, since a questionnaire can have thousands of texts."""

    project: Project
    version: QuestionnaireVersion
    language: str
    languages: list[LanguageLine]
    sections: list[SectionTexts]
    section: SectionTexts | None
    # Of the reader: facilitators read along.
    may_write: bool = True

    @property
    def may_edit(self) -> bool:
        return self.may_write and self.version.is_draft and self.version.project_id == self.project.pk

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


def translatable(row: Any) -> dict[str, Any]:
    """A row as governance/asking/translating.py reads it. The title of a version is its questionnaire's."""
    if isinstance(row, QuestionnaireVersion):
        title = row.questionnaire.title
        return {"title": title, "translations": row.translations, "most": TITLE_LENGTH}
    return vars(row)


def section_texts(section: Section | None, rows: list[Any], *, language: str) -> SectionTexts:
    done, total = completeness([translatable(row) for row in rows], language=language)
    return SectionTexts(section=section, rows=rows, done=done, total=total)


def texts_page(
    *,
    version: QuestionnaireVersion,
    project: Project,
    language: str,
    section: str,
    names: dict[str, str],
    may_write: bool = True,
) -> TextsPage:
    """Two queries. Without a language: the first that has any text; without a section: the first not done."""
    found = Section.objects.filter(version=version).prefetch_related("questions")
    parts = [(None, [version]), *((part, rows_of(part)) for part in found)]
    texts = [translatable(row) for _part, rows in parts for row in rows]
    begun = [code for code in languages_of(texts) if code != version.language]
    chosen = language or next(iter(begun), "")
    lines = []
    for code in dict.fromkeys([*begun, *([chosen] if chosen else [])]):
        done, total = completeness(texts, language=code)
        lines.append(LanguageLine(code=code, name=names.get(code, code), done=done, total=total))
    sections = [section_texts(part, rows, language=chosen) for part, rows in parts]
    named = [part for part in sections if part.code == section]
    return TextsPage(
        project=project,
        version=version,
        language=chosen,
        languages=lines,
        sections=sections,
        may_write=may_write,
        section=next(iter([*named, *(part for part in sections if not part.is_complete), *sections]), None),
    )


def row_kind(row: QuestionnaireVersion | Section | Question) -> str:
    if isinstance(row, QuestionnaireVersion):
        return "whole"
    return "sections" if isinstance(row, Section) else "questions"


def section_code(row: QuestionnaireVersion | Section | Question) -> str:
    """The section whose translations are shown with those of the row."""
    if isinstance(row, QuestionnaireVersion):
        return WHOLE
    return row.code if isinstance(row, Section) else row.section.code
