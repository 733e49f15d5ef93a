"""Questionnaires as plain values. Published versions never change, so they are read once per process."""

from dataclasses import dataclass
from functools import lru_cache

from governance.enums import Group, Scope
from governance.models import Question, QuestionnaireVersion, Section

WRITTEN_IN = "en"  # the language of the packages; other languages hold some of the texts


@dataclass(frozen=True, kw_only=True)
class QuestionItem:
    """One statement. `lang` names the language each text is really in, for the reader's voice and hyphens."""

    pk: int
    code: str
    short: str
    text: str
    question: str
    plain: str
    help: str
    evidence_examples: tuple[str, ...]
    rubric: tuple[str, ...]
    scope: str
    is_core: bool
    section: str
    lang: dict[str, str]
    machine: bool


@dataclass(frozen=True, kw_only=True)
class SectionItem:
    code: str
    title: str
    description: str
    minutes: int
    questions: tuple[QuestionItem, ...]


def translated(row: Section | Question, *, field: str, language: str) -> str:
    """The text in the reader's language where the package has it, otherwise as written."""
    return str(row.translations.get(language, {}).get(field) or getattr(row, field))


def question_item(row: Question, *, section: str, language: str) -> QuestionItem:
    texts = row.translations.get(language, {})
    spoken = ("short", "text", "question", "plain", "help", "rubric")
    return QuestionItem(
        pk=row.pk,
        code=row.code,
        short=translated(row, field="short", language=language),
        text=translated(row, field="text", language=language),
        question=translated(row, field="question", language=language),
        plain=translated(row, field="plain", language=language),
        help=translated(row, field="help", language=language),
        evidence_examples=tuple(row.evidence_examples),
        rubric=tuple(texts.get("rubric") or row.rubric),
        scope=row.scope,
        is_core=row.is_core,
        section=section,
        lang={field: language if texts.get(field) else WRITTEN_IN for field in spoken},
        machine=bool(texts.get("machine")),
    )


def read_sections(version_id: int, *, language: str) -> tuple[SectionItem, ...]:
    rows = Section.objects.filter(version_id=version_id).prefetch_related("questions")
    return tuple(
        SectionItem(
            code=row.code,
            title=translated(row, field="title", language=language),
            description=translated(row, field="description", language=language),
            minutes=row.minutes,
            questions=tuple(
                question_item(item, section=row.code, language=language) for item in row.questions.all()
            ),
        )
        for row in rows
    )


@lru_cache(maxsize=64)
def kept_sections(version_id: int, *, edition: str, language: str) -> tuple[SectionItem, ...]:
    return read_sections(version_id, language=language)


def sections_of(*, version: QuestionnaireVersion, language: str) -> tuple[SectionItem, ...]:
    """Sections with their questions, in the reader's language where translated."""
    if version.fingerprint:
        edition = f"{version.fingerprint} {version.published_at}"
        return kept_sections(version.pk, edition=edition, language=language)
    return read_sections(version.pk, language=language)


def is_asked(item: QuestionItem, *, group: str) -> bool:
    """Stakeholders get the core statements; the team and the units get all."""
    return item.is_core if group == Group.STAKEHOLDER else True


def is_about_a_unit(item: QuestionItem) -> bool:
    return item.scope == Scope.UNIT
