"""Steps in the life of a map."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mapping.validators import storable_text, visible_text


class AdoptForm(forms.Form):
    on = forms.DateField(
        label=_("Adopted on"),
        widget=forms.DateInput(attrs={"type": "date", "class": "w-s"}),
        error_messages={"required": _("Enter the date on which the stakeholder group adopted the map.")},
    )
    body = forms.CharField(
        label=_("Adopted by"),
        max_length=200,
        validators=[storable_text, visible_text],
        error_messages={"required": _("Name the body that adopted the map.")},
    )

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The date lies in the future. Enter the day of the decision."))
        return day
