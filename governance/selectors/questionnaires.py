"""Questionnaires as plain values. Published versions never change, so they are read once per process."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from governance.asking.base import QuestionType
from governance.asking.registry import TYPES
from governance.enums import Group, Scope
from governance.models import Question, QuestionnaireVersion, Section
from mapping.models import Exercise


@dataclass(frozen=True, kw_only=True)
class QuestionItem:
    """One question. `lang` names the language each text is really in, for the reader's voice and hyphens."""

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
    type: str = "scale"
    settings: Mapping[str, Any] = field(default_factory=dict)
    required: bool = True
    condition: Mapping[str, Any] = field(default_factory=dict)
    messages: Mapping[str, str] = field(default_factory=dict)
    # The questions of a repeating group.
    children: tuple["QuestionItem", ...] = ()

    @property
    def kind(self) -> QuestionType:
        return TYPES[self.type]

    @property
    def title(self) -> str:
        """What the page asks; a question of one's own may have its short name only."""
        return self.question or self.text or self.short


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


def statement_names(*, exercise: Exercise) -> dict[str, str]:
    """Short names of the statements of a round by code, in the reader's language. One query."""
    rows = Question.objects.filter(
        section__version__exercises=exercise, section__version__questionnaire__is_annex=False, parent=None
    )
    language = get_language() or "en"
    return {row.code: translated(row, field="short", language=language) for row in rows}


def question_item(
    row: Question,
    *,
    section: str,
    language: str,
    written_in: str,
    children: tuple[QuestionItem, ...] = (),
) -> QuestionItem:
    """`written_in`: the language of the questionnaire; other languages hold some of its texts."""
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
        evidence_examples=_translated_steps(row.evidence_examples, texts.get("evidence_examples") or []),
        rubric=_translated_steps(row.rubric, texts.get("rubric") or []),
        scope=row.scope,
        is_core=row.is_core,
        section=section,
        lang={field: language if texts.get(field) else written_in for field in spoken},
        machine=bool(texts.get("machine")),
        type=row.type,
        settings=translated_settings(row.settings, texts=texts.get("settings", {})),
        required=row.required,
        condition=row.condition,
        messages={**row.messages, **texts.get("messages", {})},
        children=children,
    )


def _translated_steps(steps: Any, texts: list[str]) -> tuple[str, ...]:
    """Each step in the reader's language where it is translated, otherwise as written."""
    found = list(steps)
    return tuple(text or step for step, text in zip(found, [*texts, *[""] * len(found)], strict=False))


def translated_settings(settings: dict[str, Any], *, texts: Mapping[str, Any]) -> dict[str, Any]:
    """Settings with the labels of choices, rows and columns in the reader's language, by their codes."""
    found = dict(settings)
    for name in ("choices", "rows", "columns"):
        labels = texts.get(name, {})
        if labels and name in settings:
            found[name] = [{**o, "label": labels.get(o["code"]) or o["label"]} for o in settings[name]]
    helps, cells = texts.get("choice_help", {}), texts.get("cells", {})
    if helps and "choices" in found:
        found["choices"] = [
            {**o, "help": helps[o["code"]]} if helps.get(o["code"]) else o for o in found["choices"]
        ]
    if cells and "columns" in found:
        found["columns"] = [
            {**o, "settings": translated_settings(o["settings"], texts={"choices": cells[o["code"]]})}
            if o["code"] in cells and "settings" in o
            else o
            for o in found["columns"]
        ]
    found |= {name: texts[name] for name in ("item", "unit") if texts.get(name)}
    return found


def question_items(row: Section, *, language: str) -> tuple[QuestionItem, ...]:
    """The questions of a section, those of a group inside it."""
    rows = list(row.questions.all())
    common = {"section": row.code, "language": language, "written_in": row.version.language}
    inside: dict[int, list[QuestionItem]] = {}
    for child in rows:
        if child.parent_id is not None:
            inside.setdefault(child.parent_id, []).append(question_item(child, **common))
    return tuple(
        question_item(item, **common, children=tuple(inside.get(item.pk, [])))
        for item in rows
        if item.parent_id is None
    )


def read_sections(version_id: int, *, language: str) -> tuple[SectionItem, ...]:
    rows = Section.objects.filter(version_id=version_id).select_related("version")
    rows = rows.prefetch_related("questions")
    return tuple(
        SectionItem(
            code=row.code,
            title=translated(row, field="title", language=language),
            description=translated(row, field="description", language=language),
            minutes=row.minutes,
            questions=question_items(row, language=language),
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
    """Stakeholders get the core statements, on their one page; the team and the units get all."""
    return item.is_core and item.type == "scale" if group == Group.STAKEHOLDER else True


def is_about_a_unit(item: QuestionItem) -> bool:
    return item.scope == Scope.UNIT
