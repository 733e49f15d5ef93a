"""Choosing from a history: a version, a day."""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.selectors.changes import Wanted
from governance.selectors.revisions import FIELDS

A_DAY = _("Enter a date like 2026-03-31")


class RestoreForm(forms.Form):
    revision = forms.IntegerField(min_value=1)
    field = forms.ChoiceField(choices=[(name, name) for name in FIELDS])

    def wanted(self, version: int) -> Wanted:
        data = self.cleaned_data
        return Wanted(revision_id=data["revision"], field=data["field"], version=version)


class SinceForm(forms.Form):
    since = forms.DateField(
        label=_("Changes since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "w-s"}, format="%Y-%m-%d"),
        # Around the edges of the calendar no time zone can be added to a day.
        validators=[MinValueValidator(dt.date(1900, 1, 1)), MaxValueValidator(dt.date(9000, 1, 1))],
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), A_DAY),
    )

    def moment(self, default: dt.datetime) -> dt.datetime:
        """The beginning of the chosen day, or `default`."""
        day: Any = self.cleaned_data.get("since") if self.is_valid() else None
        if day is None:
            return default
        return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
