"""Steps in the life of a map."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.typed_texts import Area, LinesField
from mapping.validators import storable_text, visible_text, visible_words, web_address


class ConsultForm(forms.Form):
    """Opening a consultation, or changing its last day and text while it runs."""

    closes_on = forms.DateField(
        label=_("Last day for comments"),
        widget=forms.DateInput(attrs={"type": "date", "class": "w-s"}, format="%Y-%m-%d"),
        help_text=_("Until the end of this day, in the time zone of the round."),
        error_messages={
            "required": _("Enter the last day for comments."),
            "invalid": _("Enter a date, for example 2026-11-30."),
        },
    )
    text = LinesField(
        label=_("What you say to the stakeholders"),
        max_length=3000,
        widget=Area(attrs={"rows": 5}),
        validators=[storable_text, visible_words],
        error_messages={
            "required": _("Write what the map is for and what you would like to hear."),
            "max_length": _("Write at most %(limit_value)d characters (you wrote %(show_value)d)."),
        },
    )

    def clean_closes_on(self) -> Any:
        day = self.cleaned_data["closes_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose today or a later day."))
        return day


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

    link = forms.URLField(
        label=_("Link to the decision"),
        required=False,
        max_length=600,
        assume_scheme="https",
        validators=[web_address],
        error_messages={"invalid": _("Enter a whole address that begins with https://.")},
    )
    minutes = forms.CharField(
        label=_("Minutes or reference"),
        required=False,
        max_length=300,
        help_text=_("For example: minutes of 12 May, item 4."),
        validators=[storable_text],
    )

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The date lies in the future. Enter the day of the decision."))
        return day
