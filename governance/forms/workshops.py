"""Who is in the room, and what it settles on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.typed_texts import WRONG_OPTION, lines
from governance.enums import Audience, DecisionState, Level
from governance.models.workshop import with_guests

MOST = 500
KINDS = {
    "team": _("Regional team"),
    "unit": _("Territorial units"),
    "stakeholder": _("Stakeholders"),
    "other": _("Others"),
}


def people_field(label: Any) -> forms.IntegerField:
    sentence = _("Enter a whole number from 0 to 500.")
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MOST,
        required=False,
        widget=forms.NumberInput(attrs={"class": "w-xs", "inputmode": "numeric"}),
        error_messages={"invalid": sentence, "min_value": sentence, "max_value": sentence},
    )


class PeopleForm(forms.Form):
    """How many of each kind are there; nobody's name."""

    team = people_field(KINDS["team"])
    unit = people_field(KINDS["unit"])
    stakeholder = people_field(KINDS["stakeholder"])
    other = people_field(KINDS["other"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        numbers = [cleaned.get(kind) or 0 for kind in KINDS]
        if not self.errors and sum(numbers) == 0:
            self.add_error("team", _("Say how many people are there. One is enough."))
        return cleaned

    @property
    def people(self) -> dict[str, int]:
        return {kind: self.cleaned_data[kind] for kind in KINDS if self.cleaned_data.get(kind)}


class OpenForm(PeopleForm):
    audience = forms.ChoiceField(
        label=_("Who sees the screen?"),
        choices=Audience,
        widget=forms.RadioSelect,
        help_text=_("With others in the room, spreads appear from more answers on."),
        error_messages={"required": _("Choose who sees the screen."), **WRONG_OPTION},
    )
    field_order = ("audience", "team", "unit", "stakeholder", "other")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and cleaned["audience"] == Audience.TEAM and with_guests(self.people):
            sentence = _(
                "Others are in the room, by your numbers. Choose that others see the screen too, "
                "or correct the numbers: whoever guides the method counts with the team."
            )
            self.add_error("audience", sentence)
        return cleaned


class DecisionForm(forms.Form):
    """`state` comes with the button: settled, parked or open (taken up again)."""

    state = forms.ChoiceField(choices=DecisionState, error_messages=WRONG_OPTION)
    level = forms.TypedChoiceField(
        label=_("We settle on"),
        choices=Level,
        coerce=int,
        empty_value=None,
        required=False,
        error_messages=WRONG_OPTION,
    )
    reason = lines(_("Reason"), limit=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="decision-%s", **kwargs)
        self.fields["reason"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("state") == DecisionState.SETTLED:
            if cleaned.get("level") is None and "level" not in self.errors:
                self.add_error("level", _("Choose the level the room settles on, or park the statement."))
            if not cleaned.get("reason") and "reason" not in self.errors:
                self.add_error("reason", _("Write the reason in a sentence. It stays beside the level."))
        return cleaned

    def change(self) -> dict[str, Any]:
        """The columns as they are to stand; a level only where something is settled."""
        settled = self.cleaned_data["state"] == DecisionState.SETTLED
        return {
            "state": self.cleaned_data["state"],
            "level": self.cleaned_data["level"] if settled else None,
            "reason": self.cleaned_data["reason"],
        }
