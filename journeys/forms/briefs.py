"""What a steering brief is asked for with."""

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

EARLIEST = dt.date(2000, 1, 1)


class BriefForm(forms.Form):
    since = forms.DateField(
        label=_("Tell what changed since"),
        widget=forms.DateInput(attrs={"type": "date", "class": "w-s"}, format="%Y-%m-%d"),
        error_messages={
            "required": _(
                "Enter the day from which changes are told, for example that of your last meeting."
            ),
            "invalid": _("Enter a date like 2026-03-31"),
        },
    )

    def clean_since(self) -> dt.date:
        day: dt.date = self.cleaned_data["since"]
        if not EARLIEST <= day <= timezone.localdate():
            raise forms.ValidationError(_("Enter a day from 2000 on that is not in the future."))
        return day
