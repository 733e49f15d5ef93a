"""What the one page of a stakeholder sends: ten statements, three areas, one comment, all in one form.

Each input is named after its field and its statement ("level_3.1"), each with "version_" and "was_" beside
it; the forms below see one statement, one area or the comment with the plain names.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from cohes3ion.lib.row_forms import Change, one_kind_of_line_end
from cohes3ion.lib.typed_texts import WRONG_OPTION, LinesField
from cohes3ion.lib.versions import parse_version
from governance.enums import Dimension, Importance, Level
from governance.forms.answers import AnswerForm
from governance.selectors.personal_links import AREAS
from mapping.enums import AnswerKind
from mapping.validators import storable_text

FIELDS = ("level", "importance", "explanation")
TOO_LONG = {
    "max_length": gettext_lazy("Write at most %(limit_value)d characters (you wrote %(show_value)d).")
}


def part_of(data: Mapping[str, str], names: Iterable[str], *, key: str) -> dict[str, str]:
    """The inputs of one statement or area, under their plain names."""
    found = {}
    for name in names:
        for mark in ("", "version_", "was_"):
            value = data.get(f"{mark}{name}_{key}" if key else f"{mark}{name}")
            if value is not None:
                found[f"{mark}{name}"] = value
    return found


class TextForm(forms.Form):
    """Texts that are written as one: the first field names the version."""

    def typed(self, name: str) -> str:
        return one_kind_of_line_end(self.data.get(name, ""))

    def change(self) -> Change | None:
        """What the person changed; None when nothing was, or was accepted. Raises VersionMissing."""
        sent = [name for name in self.fields if name in self.data]
        if not sent or self.errors or all(self.data.get(f"was_{name}") == self.typed(name) for name in sent):
            return None
        first = next(iter(self.fields))
        version = parse_version(self.data.get(f"version_{first}"))
        return Change(field=first, values=dict(self.cleaned_data), version=version)


class AreaForm(TextForm):
    area = LinesField(
        required=False, max_length=300, validators=[storable_text], error_messages=dict(TOO_LONG)
    )
    theme = forms.ChoiceField(
        choices=[("", ""), *Dimension.choices], required=False, error_messages=WRONG_OPTION
    )

    def change(self) -> Change | None:
        change = super().change()
        if change is None:
            return None
        return change.with_values(text=change.values["area"], dimension=change.values["theme"])


class CommentForm(TextForm):
    comment = LinesField(
        required=False,
        strip=False,
        max_length=5000,
        validators=[storable_text],
        error_messages=dict(TOO_LONG),
    )


@dataclass(frozen=True, kw_only=True)
class SentForms:
    """Everything one request brought."""

    answers: dict[str, AnswerForm]
    areas: dict[int, AreaForm]
    comment: CommentForm | None

    @property
    def problems(self) -> list[dict[str, str]]:
        found = [
            (f"#{place(name, code)}", errors)
            for code, form in self.answers.items()
            for name, errors in form.errors.items()
        ]
        found += [
            (f"#{name}_{position}", errors)
            for position, area in self.areas.items()
            for name, errors in area.errors.items()
        ]
        if self.comment is not None:
            found += [("#comment", errors) for errors in self.comment.errors.values()]
        return [{"href": href, "text": str(errors[0])} for href, errors in found]

    @property
    def typed(self) -> list[str]:
        """The texts a person wrote, for copying when they cannot be saved."""
        texts = [form.typed("explanation") for form in self.answers.values()]
        texts += [form.typed("area") for form in self.areas.values()]
        texts += [self.comment.typed("comment")] if self.comment else []
        return [text for text in texts if text.strip()]

    def answer_changes(self) -> dict[str, list[Change]]:
        return {code: form.changes() for code, form in self.answers.items()}

    def area_changes(self) -> dict[int, Change]:
        changes = {position: form.change() for position, form in self.areas.items()}
        return {position: change for position, change in changes.items() if change is not None}


def typed_texts(data: QueryDict) -> list[str]:
    """What a form held that nobody can take any more: each text, and the ratings of a statement in a line."""
    ratings: dict[str, list[str]] = {}
    texts = []
    for name, text in data.items():
        field, _mark, key = name.partition("_")
        if field in ("level", "importance") and text:
            ratings.setdefault(key, []).append(step_in_words(text, field=field))
        elif field in ("explanation", "area", "comment", "text") and text.strip():
            texts.append(text)
    return [*texts, *(f"{code}: {' · '.join(said)}" for code, said in ratings.items())]


def step_in_words(text: str, *, field: str) -> str:
    """Of anything a form may send: what is no step stays as it is."""
    steps = Level.choices if field == "level" else Importance.choices
    named = {**{str(step): f"{step} {name}" for step, name in steps}, **dict(AnswerKind.choices)}
    return str(named.get(text, text))


def place(name: str, code: str) -> str:
    """The id of a field's first control: where an error leads."""
    return f"{name}_{code}" if name == "explanation" else f"{name}_{code}-1"


def sent_forms(data: Mapping[str, str], *, codes: Iterable[str]) -> SentForms:
    answers = {code: part_of(data, FIELDS, key=code) for code in codes}
    areas = {position: part_of(data, AreaForm.base_fields, key=str(position)) for position in AREAS}
    comment = part_of(data, CommentForm.base_fields, key="")
    found = SentForms(
        answers={code: AnswerForm(part) for code, part in answers.items() if part},
        areas={position: AreaForm(part) for position, part in areas.items() if part},
        comment=CommentForm(comment) if comment else None,
    )
    for form in [*found.answers.values(), *found.areas.values(), *([found.comment] if found.comment else [])]:
        form.is_valid()
    return found
