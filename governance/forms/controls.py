"""The controls of a question page for every type but the scale: stored, or as typed after a refusal."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.asking.base import Reader
from governance.asking.frames import cell_parts, cell_type
from governance.asking.registry import TYPES
from governance.forms.values import ValueForm
from governance.models import Answer, GroupEntry, Response
from governance.selectors.places import allowed_kinds
from governance.selectors.problems import spoken
from governance.selectors.readers import labels, reader_of
from governance.selectors.responses import Step
from mapping.enums import AnswerKind


@dataclass(frozen=True, kw_only=True)
class Control:
    """One value to fill in. `template`: governance/controls/_<template>.html draws it."""

    name: str
    label: str
    hint: str
    template: str
    value: str
    was: str
    version: str
    error: str
    options: list[dict[str, Any]]
    plain: list[dict[str, Any]]
    settings: Any
    shown: str
    required: bool

    @property
    def path(self) -> str:
        return f"governance/controls/_{self.template}.html"

    @property
    def id(self) -> str:
        return self.name.replace(".", "-")


@dataclass(frozen=True, kw_only=True)
class ControlRow:
    """A row of a matrix or an entry of a group, saved by a form of its own."""

    key: str
    title: str
    controls: list[Control]
    entry: GroupEntry | None = None

    @property
    def answered(self) -> int:
        return sum(bool(control.shown) for control in self.controls)

    @property
    def has_errors(self) -> bool:
        return any(control.error for control in self.controls)


@dataclass(frozen=True, kw_only=True)
class ControlPage:
    """What the page of a question that is no scale needs beside the rest."""

    own: Control | None
    rows: list[ControlRow]
    notices: list[str]
    open_rows: bool
    action: str
    entries_action: str

    def every(self) -> Iterator[Control]:
        if self.own:
            yield self.own
        for row in self.rows:
            yield from row.controls


def control_page(*, step: Step, response: Response, form: ValueForm | None = None) -> ControlPage:
    kind = step.question.kind
    own = make_control(
        "value",
        question=step.question,
        answer=step.answer,
        response=response,
        form=form,
        label=_("Your answer"),
    )
    rows: list[ControlRow] = []
    if kind.key == "matrix":
        rows = matrix_rows(step, response=response, form=form)
    elif kind.key == "group":
        rows = [
            entry_row(step, entry, n, response=response, form=form) for n, entry in enumerate(step.entries, 1)
        ]
    return ControlPage(
        own=None if kind.key in ("note", "file") and not own.plain else own,
        rows=rows,
        notices=[spoken(problem, messages=step.question.messages) for problem in step.problems],
        open_rows=sum(len(row.controls) for row in rows) <= 60,
        action=reverse("governance:value_save", args=step.place),
        entries_action=reverse("governance:entry_add", args=step.place),
    )


def matrix_rows(step: Step, *, response: Response, form: ValueForm | None) -> list[ControlRow]:
    rows: dict[str, ControlRow] = {}
    for part, row, column in cell_parts(step.question.settings):
        found = rows.setdefault(row["code"], ControlRow(key=row["code"], title=row["label"], controls=[]))
        cell = Cell(type=cell_type(column).key, settings={**column.get("settings", {}), "kinds": []})
        found.controls.append(
            make_control(
                f"cell.{part}",
                question=cell,
                answer=step.parts.get(part),
                response=response,
                form=form,
                label=column["label"],
            )
        )
    return list(rows.values())


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell as a question of its column's type."""

    type: str
    settings: Any
    required: bool = True
    help: str = ""


def entry_row(
    step: Step, entry: GroupEntry, number: int, *, response: Response, form: ValueForm | None
) -> ControlRow:
    controls = [
        make_control(
            f"item.{entry.key}.{child.code}",
            question=child,
            answer=answer,
            response=response,
            form=form,
            label=child.title,
        )
        for child, answer in step.children_of(entry)
    ]
    item = step.question.settings.get("item") or _("Entry")
    first = next((control.shown for control in controls if control.shown), "")
    return ControlRow(
        key=entry.key,
        title=f"{item} {number}" + (f": {first}" if first else ""),
        controls=controls,
        entry=entry,
    )


def make_control(
    name: str, *, question: Any, answer: Answer | None, response: Response, form: ValueForm | None, label: str
) -> Control:
    kind = TYPES[question.type]
    reader = reader_of(response=response, type=question.type, settings=question.settings)
    stored = as_sent(answer, question=question, reader=reader)
    typed = form is not None and name in form.data and not form.left_alone(name)
    sent = form.typed(name) if typed and form else stored
    version = str(answer.version_of("value") if answer else 1)
    kept = form.data.get(f"version_{name}") if typed and form and sent != stored else None
    return Control(
        name=name,
        label=label,
        hint=hint_of(question),
        template=kind.control if kind.holds_value else "marks",
        value=sent[0] if sent and not kind.many and kind.control != "radios" else "",
        was=",".join(stored),
        version=kept if kept is not None else version,
        error=form.errors.get(name, "") if form else "",
        options=options_of(question, sent=sent, response=response, reader=reader),
        plain=[
            {"value": code, "label": AnswerKind(code).label, "checked": code in sent}
            for code in allowed_kinds(question.settings)
            if kind.control != "note"
        ],
        settings=question.settings,
        shown=shown(answer, question=question, reader=reader),
        required=question.required,
    )


def as_sent(answer: Answer | None, *, question: Any, reader: Reader) -> list[str]:
    """A stored answer as the page's form would send it, marks and empty first inputs included."""
    kind = TYPES[question.type]
    value = answer.value if answer and answer.kind == AnswerKind.VALUE else None
    raw = kind.raw(value, settings=question.settings, reader=reader) if value is not None else []
    marks = [answer.kind] if answer and answer.kind not in (AnswerKind.VALUE, AnswerKind.UNANSWERED) else []
    if kind.control == "radios":
        return [*(raw or marks or [""])]
    if kind.control == "codes" and not question.settings.get("many"):
        return [raw[0] if raw else "", *marks]
    return ["", *raw, *marks] if kind.many or not kind.holds_value else [raw[0] if raw else "", *marks]


def shown(answer: Answer | None, *, question: Any, reader: Reader) -> str:
    if answer is None or answer.kind == AnswerKind.UNANSWERED:
        return ""
    if answer.kind != AnswerKind.VALUE:
        return str(answer.get_kind_display())
    return TYPES[question.type].show(answer.value, settings=question.settings, reader=reader)


def options_of(question: Any, *, sent: list[str], response: Response, reader: Reader) -> list[dict[str, Any]]:
    kind = TYPES[question.type]
    if kind.source in ("regions", "units"):
        found = labels(kind.source, response=response, settings=question.settings, codes=None)
        return [{"value": code, "label": label, "checked": code in sent} for code, label in found.items()]
    if kind.source == "codes":
        chosen = [code for code in sent if code]
        return [
            {"value": code, "label": label, "checked": True} for code, label in reader.known(chosen).items()
        ]
    return [
        {
            "value": option["code"],
            "label": option["label"],
            "text": option.get("help", ""),
            "checked": option["code"] in sent,
        }
        for option in question.settings.get("choices", [])
    ]


def hint_of(question: Any) -> str:
    """What the settings ask for, in words."""
    settings = question.settings
    if settings.get("max_choices") and TYPES[question.type].many:
        return _("Choose at most %(limit)s.") % {"limit": settings["max_choices"]}
    if question.type == "number":
        low, high, unit = settings.get("min"), settings.get("max"), settings.get("unit", "")
        if low is not None and high is not None:
            return _("From %(low)s to %(high)s") % {"low": low, "high": high} + (f" {unit}" if unit else "")
        return unit
    if question.type == "codes":
        return _("Type codes like %(example)s, one a line.") % {"example": f"{settings.get('list')}:…"}
    return ""
