"""What a question page sends: any of its fields, each with the version it was based on."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.versions import parse_version
from governance.enums import Confidence, Importance
from mapping.enums import AnswerKind
from mapping.validators import storable_text

# What the level field may say: a step of the rubric, or one of the two answers that are no number.
LEVEL_CHOICES = [
    *((str(step), str(step)) for step in range(1, 6)),
    (AnswerKind.NO_INFORMATION.value, _("We do not know")),
    (AnswerKind.DOES_NOT_APPLY.value, _("Does not apply")),
]
WRONG_OPTION = {"invalid_choice": _("That option is not part of this question. Choose one of those shown.")}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One field of an answer as it is to stand: its columns, and the version the person saw."""

    field: str
    values: dict[str, Any]
    version: int


class AnswerForm(forms.Form):
    level = forms.ChoiceField(choices=LEVEL_CHOICES, required=False, error_messages=WRONG_OPTION)
    importance = forms.TypedChoiceField(
        choices=Importance, coerce=int, empty_value=None, required=False, error_messages=WRONG_OPTION
    )
    explanation = forms.CharField(
        required=False,
        strip=False,
        max_length=5000,
        validators=[storable_text],
        error_messages={
            "max_length": _("Write at most %(limit_value)d characters (you wrote %(show_value)d).")
        },
    )
    confidence = forms.ChoiceField(
        choices=[("", ""), *Confidence.choices], required=False, error_messages=WRONG_OPTION
    )

    def changes(self) -> list[Change]:
        """The fields that were sent, in page order. Raises VersionMissing when one has no version."""
        return [
            Change(field=name, values=self.columns(name), version=parse_version(self.version_text(name)))
            for name in self.fields
            if name in self.data
        ]

    def version_text(self, name: str) -> str | None:
        return self.data.get(f"version_{name}") or None

    def columns(self, name: str) -> dict[str, Any]:
        value = self.cleaned_data[name]
        if name != "level":
            return {name: value}
        if value in (AnswerKind.NO_INFORMATION, AnswerKind.DOES_NOT_APPLY):
            return {"kind": value, "level": None}
        if not value:
            return {"kind": AnswerKind.UNANSWERED, "level": None}
        return {"kind": AnswerKind.VALUE, "level": int(value)}


class ReturnForm(forms.Form):
    reason = forms.CharField(
        max_length=2000,
        validators=[storable_text],
        error_messages={
            "required": _("Write why you return the answers, so that the team knows what to do.")
        },
    )
