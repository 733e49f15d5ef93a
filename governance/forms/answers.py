"""What a question page sends: any of its fields, each with the version it was based on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.row_forms import Change, one_kind_of_line_end
from cohes3ion.lib.typed_texts import WRONG_OPTION, LinesField
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


class AnswerForm(forms.Form):
    level = forms.ChoiceField(choices=LEVEL_CHOICES, required=False, error_messages=WRONG_OPTION)
    importance = forms.TypedChoiceField(
        choices=Importance, coerce=int, empty_value=None, required=False, error_messages=WRONG_OPTION
    )
    explanation = LinesField(
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
        """The accepted fields that the person changed, in page order. Raises VersionMissing.

        A page without a script sends every field and, as "was_<field>", what it showed when it was loaded:
        what the person left alone is neither written nor in conflict with anybody.
        """
        return [
            Change(field=name, values=self.columns(name), version=parse_version(self.version_text(name)))
            for name in self.fields
            if name in self.data and name in self.cleaned_data and not self.left_alone(name)
        ]

    def left_alone(self, name: str) -> bool:
        before = self.data.get(f"was_{name}")
        return before is not None and one_kind_of_line_end(before) == self.typed(name)

    def typed(self, name: str) -> str:
        """What was typed, as the page shows it again."""
        return one_kind_of_line_end(self.data.get(name, ""))

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


NO_FIELD = _("The page does not say which answer this is about. Load it again.")
NO_CHOICE = _("Choose which of the two answers shall stand.")


class ChoiceForm(AnswerForm):
    """The choice between two answers to one field."""

    field = forms.ChoiceField(
        choices=[(name, name) for name in AnswerForm.base_fields],
        error_messages=dict.fromkeys(("required", "invalid_choice"), NO_FIELD),
    )
    choice = forms.ChoiceField(
        choices=[("theirs", ""), ("mine", ""), ("both", "")],
        error_messages=dict.fromkeys(("required", "invalid_choice"), NO_CHOICE),
    )
    version = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        name, choice = self.cleaned_data.get("field"), self.cleaned_data.get("choice")
        if name and choice != "theirs" and name not in self.data:
            self.add_error("choice", _("Your own answer is missing. Load the page again."))
        return self.cleaned_data

    def version_text(self, name: str) -> str | None:
        return self.data.get("version") or None

    def change(self) -> Change:
        """My value of the field, bound to the version of theirs that was shown. Raises VersionMissing."""
        name = self.cleaned_data["field"]
        return Change(field=name, values=self.columns(name), version=parse_version(self.version_text(name)))
