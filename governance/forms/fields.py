"""The four fields of an answer as the question page shows them: stored, or as typed after a refusal."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from governance.enums import Confidence, Group, Importance, Level
from governance.forms.answers import AnswerForm
from governance.selectors.responses import Step
from governance.selectors.revisions import Discussion, spoken_value, stored_value
from mapping.enums import AnswerKind

# Where the error summary leads: the first control of each field.
PLACES = {
    "level": "#level-1",
    "importance": "#importance-1",
    "explanation": "#explanation",
    "confidence": "#confidence-estimate",
}


@dataclass(frozen=True, kw_only=True)
class ShownField:
    name: str
    value: str
    was: str
    version: str
    error: str
    options: list[dict[str, Any]]
    plain: list[dict[str, Any]]


def shown_fields(
    *, step: Step, group: str, discussions: Iterable[Discussion] = (), form: AnswerForm | None = None
) -> dict[str, ShownField]:
    """Each field with its value and version; a refused one keeps what was typed and its old version."""
    return {
        name: shown_field(name, step=step, group=group, discussions=discussions, form=form)
        for name in PLACES
        if asks_for(name, group)
    }


def asks_for(name: str, group: str) -> bool:
    """A stakeholder is asked for level and importance, and may explain; ten minutes in all."""
    return group != Group.STAKEHOLDER or name != "confidence"


def shown_field(
    name: str, *, step: Step, group: str, discussions: Iterable[Discussion], form: AnswerForm | None
) -> ShownField:
    was = stored_value(step.answer, field=name)
    typed = form is not None and name in form.data and not form.left_alone(name)
    value = form.typed(name) if typed and form else was
    version = str(step.answer.version_of(name) if step.answer else 1)
    others = [item for item in discussions if item.field == name]
    return ShownField(
        name=name,
        value=value,
        was=was,
        version=(form.data.get(f"version_{name}") or "") if typed and form and value != was else version,
        error=str(form.errors[name][0]) if form and name in form.errors else "",
        options=options(name, value, step=step, others=others),
        plain=plain_options(value, group=group) if name == "level" else [],
    )


def options(name: str, value: str, *, step: Step, others: list[Discussion]) -> list[dict[str, Any]]:
    """The choices of a field for the cards and scales; who else chose what stands beside it."""
    choices: dict[str, Any] = {"level": Level, "importance": Importance, "confidence": Confidence}
    if name not in choices:
        return []
    rows = [
        {"value": str(key), "label": label, "checked": str(key) == value}
        for key, label in choices[name].choices
    ]
    for row in rows:
        row["people"] = [item.by for item in others if item.raw == row["value"] and item.by]
        if name == "level" and int(row["value"]) <= len(step.question.rubric):
            row["text"] = step.question.rubric[int(row["value"]) - 1]
            row["lang"] = step.question.lang["rubric"]
    return rows


def plain_options(value: str, *, group: str) -> list[dict[str, Any]]:
    """Two answers that are no number."""
    unknown = _("I do not know") if group == Group.STAKEHOLDER else _("We do not know")
    labels = {AnswerKind.NO_INFORMATION: unknown, AnswerKind.DOES_NOT_APPLY: _("Does not apply")}
    return [{"value": str(key), "label": label, "checked": key == value} for key, label in labels.items()]


def problems(form: AnswerForm, address: str, *, no_version: bool = False) -> list[dict[str, str]]:
    """What is wrong, each with a link to where it is put right."""
    found = [{"text": str(errors[0]), "href": PLACES.get(name, "")} for name, errors in form.errors.items()]
    if no_version:
        text = _("This page is out of date, so nothing was saved. Load it again; your text is still here.")
        found.append({"text": text, "href": address})
    return found


def typed_texts(form: AnswerForm) -> list[dict[str, str]]:
    """What the person changed, with its name: for copying when it cannot be saved."""
    labels = {
        "level": _("What is in place now?"),
        "importance": _("Importance"),
        "explanation": _("Explain your answer"),
        "confidence": _("How sure are you of this answer?"),
    }
    changed = [name for name in labels if name in form.data and not form.left_alone(name)]
    return [
        {"label": labels[name], "text": spoken_value(form.typed(name), field=name)}
        for name in changed
        if form.typed(name) and name not in form.errors
    ]
