"""The words of a reminder, its day, and the rule of a round."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.typed_texts import LinesField
from governance.models.reminder import MOST_DAYS
from mapping.validators import storable_text, visible_text, visible_words


class ReminderForm(forms.Form):
    subject = forms.CharField(
        max_length=200,
        validators=[storable_text, visible_text],
        error_messages={
            "required": _("Write a subject."),
            "max_length": _("Write at most %(limit_value)d characters (you wrote %(show_value)d)."),
        },
    )
    text = LinesField(
        max_length=5000,
        validators=[storable_text, visible_words],
        error_messages={
            "required": _("Write what you remind of."),
            "max_length": _("Write at most %(limit_value)d characters (you wrote %(show_value)d)."),
        },
    )
    send_on = forms.DateField(
        required=False, error_messages={"invalid": _("Enter a date, for example 2026-11-30.")}
    )

    def clean_send_on(self) -> Any:
        day = self.cleaned_data["send_on"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day from tomorrow on, or leave it empty to send now."))
        return day


class RuleForm(forms.Form):
    days_before = forms.IntegerField(
        label=_("Days before the last day"),
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.NumberInput(attrs={"class": "w-xs"}),
        help_text=_("Everybody with open work is reminded once, by itself. Empty: nobody is."),
        error_messages={
            "invalid": _("Enter a whole number of days, or leave it empty."),
            "min_value": _("Enter at least one day, or leave it empty."),
            "max_value": _("Enter at most %(limit_value)d days."),
        },
    )
