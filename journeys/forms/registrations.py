"""What a person types to register for an event: the least there can be."""

from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.typed_texts import line
from mapping.enums import Helix

ADDRESS = _("Enter an e-mail address like name@region.eu.")


def address_on_one_line(value: str) -> None:
    """No more than one "@", nothing that could become a second header of a mail."""
    plain = len(value) <= 254 and not any(sign in value for sign in "\r\n\0,;<>")
    try:
        validate_email(value if plain else "")
    except forms.ValidationError as error:
        raise forms.ValidationError(ADDRESS, code="invalid") from error


def email_field() -> forms.CharField:
    return forms.CharField(
        label=_("E-mail"),
        max_length=254,
        validators=[address_on_one_line],
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": ADDRESS, "max_length": ADDRESS},
    )


class DetailsForm(forms.Form):
    name = line(_("Name"), limit=150, required=_("Write your name as organisers shall call you."))
    organisation = line(_("Organisation"), limit=200)
    helix = forms.ChoiceField(
        label=_("Group"),
        required=False,
        choices=[("", _("Not said")), *Helix.choices],
        error_messages={"invalid_choice": _("Choose one of the groups shown.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["organisation"].widget.attrs["autocomplete"] = "organization"


class RegisterForm(DetailsForm):
    email = email_field()
    consent = forms.BooleanField(
        error_messages={
            "required": _("Without your consent your data cannot be stored. Tick the box to register.")
        }
    )
    field_order = ("name", "email", "organisation", "helix", "consent")

    def __init__(self, *args: Any, consent: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent"].label = consent

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "consent"}
