"""Giving parts of the work to somebody, and changing until when."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.accounts.addresses import one_address
from cohes3ion.accounts.models import User
from mapping.validators import storable_text, visible_text


def due_field() -> forms.DateField:
    return forms.DateField(
        label=_("Due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "w-s"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a date, for example 2026-11-30.")},
    )


class DueForm(forms.Form):
    due_on = due_field()


class AssignForm(forms.Form):
    """`page` is the WorkPage: its parts and its people are the choices."""

    parts = forms.MultipleChoiceField(
        label=_("What"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one part."),
            "invalid_choice": _("Choose among the parts shown."),
        },
    )
    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody of the team"),
        error_messages={"invalid_choice": _("Choose somebody who works on this.")},
    )
    organisation = forms.CharField(
        label=_("Or an organisation"),
        required=False,
        max_length=200,
        validators=[storable_text, visible_text],
        help_text=_("A body without an account here. A colleague types in what it says."),
    )
    email = forms.EmailField(
        label=_("E-mail address of the organisation"),
        required=False,
        max_length=254,
        help_text=_("For reminders. Only those who see this page see it."),
        error_messages={"invalid": _("Enter an e-mail address like name@example.eu.")},
    )
    due_on = due_field()

    def __init__(self, *args: Any, page: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: dict[str, Any] = self.fields
        fields["parts"].choices = [(part.code, part.title) for part in page.parts]
        fields["person"].queryset = User.objects.filter(pk__in=page.people_here).order_by("name", "email")

    def clean_email(self) -> str:
        return one_address(self.cleaned_data["email"]) if self.cleaned_data["email"] else ""

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose today or a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        named = bool(data.get("organisation"))
        if data.get("person") and (named or data.get("email")):
            self.add_error("organisation", _("Choose a person or an organisation, not both."))
        elif not data.get("person") and not named and not {"person", "organisation"} & self.errors.keys():
            self.add_error("person", _("Choose a person, or name an organisation."))
        return data
