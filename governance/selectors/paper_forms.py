"""The form of one response as a plain value: blank, to be filled in on paper, or with its answers."""

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from governance.asking.base import KINDS, Reader
from governance.asking.frames import cell_parts, cell_type
from governance.asking.registry import TYPES
from governance.enums import Confidence, Importance, Level
from governance.models import Answer, QuestionnaireVersion, Response
from governance.selectors.evidence import EvidenceShelf, evidence_shelf
from governance.selectors.places import allowed_kinds
from governance.selectors.problems import spoken
from governance.selectors.questionnaires import QuestionItem, is_about_a_unit, sections_of
from governance.selectors.readers import labels, reader_of
from governance.selectors.responses import Step, all_steps, progress, steps_of
from mapping.enums import AnswerKind

Json = dict[str, Any]
MOST_OPTIONS = 40  # more are written down, not ticked
BLANK_ENTRIES, BLANK_UNITS = 3, 6


def paper_form(*, response: Response, filled: bool) -> Json:
    """Everything the printed form says. `filled`: with the answers, and only what is asked of them."""
    version = response.questionnaire_version
    steps = steps_of(response=response) if filled else all_steps(response=response)
    asked = steps if filled else steps_of(response=response)
    shelf = evidence_shelf(response=response) if filled else EvidenceShelf(links=[])
    printer = Printer(response=response, filled=filled, steps=steps, shelf=shelf)
    exercise = response.region_map.exercise
    return {
        "filled": filled,
        "language": get_language() or "en",
        "title": version.title,
        "version": version.number,
        "about": str(response.unit or response.region_map.region),
        "region": response.region_map.region.name,
        "who": response.label or response.get_group_display(),
        "group": str(response.group),
        "exercise": exercise.name,
        "project": {
            "acronym": exercise.project.acronym,
            "is_demo": exercise.project.is_demo,
            "disclaimer": exercise.project.disclaimer,
        },
        "due": exercise.closing_time if exercise.closes_at else "",
        "state": response.get_state_display(),
        "answered": sum(step.counts and step.is_answered for step in asked),
        "total": sum(step.counts for step in asked),
        "sections": [
            {
                "code": part.section.code,
                "title": part.section.title,
                "description": part.section.description,
                "answered": part.answered,
                "total": part.total,
                "questions": list(printer.questions(part.steps)),
            }
            for part in progress(steps, minutes=0)
        ],
    }


def blank_form(*, version: QuestionnaireVersion) -> Json:
    """The form of a questionnaire that nobody was asked yet."""
    sections = sections_of(version=version, language=get_language() or version.language)
    steps = [
        Step(response_id=0, section=section, question=item, unit=None, answer=None)
        for section in sections
        for item in section.questions
    ]
    printer = Printer(response=None, filled=False, steps=steps, shelf=EvidenceShelf(links=[]))
    title, project = version.title, version.project
    return {
        "filled": False,
        "language": get_language() or "en",
        "title": _("Questionnaire"),
        "version": version.number,
        "about": title,
        "exercise": "",
        "project": {"acronym": project.acronym if project else ""},
        "total": sum(step.counts for step in steps),
        "sections": [
            {
                "code": part.section.code,
                "title": part.section.title,
                "description": part.section.description,
                "questions": list(printer.questions(part.steps)),
            }
            for part in progress(steps, minutes=0)
        ],
    }


class Printer:
    """Turns the steps of a response into what stands on paper, a question about many units once."""

    def __init__(
        self, *, response: Response | None, filled: bool, steps: list[Step], shelf: EvidenceShelf
    ) -> None:
        self.response, self.filled, self.shelf = response, filled, shelf
        self.by_code = {step.question.code: step.question for step in steps}

    def questions(self, steps: list[Step]) -> Iterator[Json]:
        for item, group in groupby(steps, key=lambda step: step.question):
            yield {
                "code": item.code,
                "short": item.short,
                "title": item.title,
                "text": item.text if item.type == "note" and item.question else "",
                "help": item.help,
                "lang": item.lang,
                "type": item.type,
                "required": item.required,
                "condition": "" if self.filled else condition_words(item.condition, questions=self.by_code),
                "rubric": [
                    {"step": n, "label": str(Level(n).label), "text": text}
                    for n, text in enumerate(item.rubric, start=1)
                ],
                "about_unit": is_about_a_unit(item),
                "answers": self.answers(item, list(group)),
            }

    def answers(self, item: QuestionItem, steps: list[Step]) -> list[Json]:
        """One for each unit; with no units known, some lines to write them down."""
        some = steps * BLANK_UNITS if is_about_a_unit(item) and steps[0].unit is None else steps
        return [self.answer(step) for step in some]

    def answer(self, step: Step) -> Json:
        item = step.question
        found = {
            "unit": step.unit.name if step.unit else "",
            **self.field(item, step.answer),
            "documents": [row.evidence.title for row in self.shelf.of(step)] if self.filled else [],
            "problems": [spoken(problem, messages=item.messages) for problem in step.problems],
        }
        if item.type == "matrix":
            found["columns"] = [column["label"] for column in item.settings["columns"]]
            found["rows"] = list(self.cells(item, step))
        if item.type == "group":
            found["entries"] = list(self.entries(item, step))
        return found

    def field(self, item: QuestionItem, answer: Answer | None) -> Json:
        """One question's place to write, and what stands in it."""
        given = answer is not None and answer.kind != AnswerKind.UNANSWERED
        return {
            "kinds": [str(AnswerKind(kind).label) for kind in allowed_kinds(item.settings) if kind in KINDS],
            "options": options_of(item, response=self.response),
            "unit_sign": str(item.settings.get("unit", "")),
            "list": str(item.settings.get("list", "")).upper(),
            "many": TYPES[item.type].many,
            "state": str(answer.kind) if self.filled and answer is not None and given else "unanswered",
            "value": self.shown(item, answer) if self.filled else "",
            "level": answer.level if self.filled and answer is not None else None,
            "level_text": str(Level(answer.level).label) if self.filled and answer and answer.level else "",
            "importance": word(Importance, answer.importance if self.filled and answer else None),
            "confidence": word(Confidence, answer.confidence if self.filled and answer else None),
            "explanation": answer.explanation if self.filled and answer is not None else "",
        }

    def shown(self, item: QuestionItem, answer: Answer | None) -> str:
        if answer is None or answer.kind == AnswerKind.UNANSWERED:
            return ""
        if answer.kind != AnswerKind.VALUE:
            return str(answer.get_kind_display())
        if item.type == "scale":
            return f"{answer.level} {Level(answer.level).label}"
        assert self.response is not None, "there are answers"
        reader = reader_of(response=self.response, type=item.type, settings=item.settings)
        return TYPES[item.type].show(answer.value, settings=item.settings, reader=reader)

    def cells(self, item: QuestionItem, step: Step) -> Iterator[Json]:
        """The rows of a matrix; an empty cell is one to write in."""
        for label, parts in groupby(cell_parts(item.settings), key=lambda cell: cell[1]["label"]):
            cells = []
            for part, _row, column in parts:
                kind = cell_type(column)
                settings = column.get("settings", {})
                row = step.parts.get(part) if self.filled else None
                reader = Reader(language=get_language() or "en")  # no cell holds a code of elsewhere
                value = row.value if row is not None and row.kind == AnswerKind.VALUE else None
                cells.append(kind.show(value, settings=settings, reader=reader))
            yield {"label": label, "cells": cells}

    def entries(self, item: QuestionItem, step: Step) -> Iterator[Json]:
        """The entries of a group, or some empty ones."""
        name = str(item.settings.get("item") or _("Entry"))
        inner = [child for child in item.children if child.type != "note"]
        if not self.filled:
            most = int(item.settings.get("max") or BLANK_ENTRIES)
            for number in range(1, min(max(int(item.settings.get("min") or 0), BLANK_ENTRIES), most) + 1):
                yield {"title": f"{name} {number}", "fields": [self.inner(child, None) for child in inner]}
            return
        for number, entry in enumerate(step.entries, start=1):
            fields = [
                self.inner(child, row) for child, row in step.children_of(entry) if child.type != "note"
            ]
            yield {"title": f"{name} {number}", "fields": fields}

    def inner(self, child: QuestionItem, answer: Answer | None) -> Json:
        return {"title": child.title, "type": child.type, **self.field(child, answer)}


def word(words: Any, value: Any) -> str:
    return str(words(value).label) if value else ""


def options_of(item: QuestionItem, *, response: Response | None) -> list[str]:
    """What can be ticked; a long list is written down instead."""
    source = TYPES[item.type].source
    if source in ("regions", "units"):
        if response is None:
            return []
        found = list(labels(source, response=response, settings=item.settings, codes=None).values())
    else:
        found = [option["label"] for option in item.settings.get("choices", [])]
    return found if len(found) <= MOST_OPTIONS else []


def condition_words(condition: Mapping[str, Any], *, questions: Mapping[str, QuestionItem]) -> str:
    """When a question is asked, in words."""
    parts = condition.get("all") or condition.get("any")
    if parts:
        between = _(" and ") if "all" in condition else _(" or ")
        return between.join(filter(None, (condition_words(part, questions=questions) for part in parts)))
    item = questions.get(condition.get("question", ""))
    if item is None:
        return ""
    names = {option["code"]: option["label"] for option in item.settings.get("choices", [])}
    wanted = condition.get("value")
    many = wanted if isinstance(wanted, list) else [wanted]
    values = {"code": item.code, "value": _(" or ").join(str(names.get(one, one)) for one in many)}
    sentences: dict[str, Callable[[], str]] = {
        "=": lambda: _("%(code)s is “%(value)s”"),
        "in": lambda: _("%(code)s is “%(value)s”"),
        "!=": lambda: _("%(code)s is not “%(value)s”"),
        ">": lambda: _("%(code)s is more than %(value)s"),
        "<": lambda: _("%(code)s is less than %(value)s"),
        "answered": lambda: _("%(code)s has an answer"),
    }
    return sentences[condition["op"]]() % values
