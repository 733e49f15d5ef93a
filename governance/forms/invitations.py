"""Inviting a stakeholder organisation."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cohes3ion.lib.typed_texts import NOT_OFFERED
from mapping.enums import Helix
from mapping.validators import storable_text, visible_text

USUAL_DAYS = 30
LONGEST_DAYS = 365


def in_a_month() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=USUAL_DAYS)


class InviteForm(forms.Form):
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        validators=[storable_text, visible_text],
        error_messages={
            "required": _("Name the organisation."),
            "max_length": _("Write at most %(limit_value)d characters (you wrote %(show_value)d)."),
        },
    )
    helix = forms.ChoiceField(
        label=_("Kind of organisation"),
        choices=[("", _("Choose")), *Helix.choices],
        error_messages={
            "required": _("Choose what kind of organisation it is."),
            "invalid_choice": NOT_OFFERED,
        },
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
        help_text=_("The page and the e-mail use it. It can be changed on the page."),
        error_messages={"invalid_choice": NOT_OFFERED},
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("We send the link there. Leave it empty to pass the link on yourself."),
        error_messages={"invalid": _("Enter an e-mail address like name@example.eu.")},
    )
    valid_until = forms.DateField(
        label=_("Valid until"),
        initial=in_a_month,
        widget=forms.DateInput(attrs={"type": "date", "class": "w-s"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Enter the last day on which the link works."),
            "invalid": _("Enter a date, for example 2026-11-30."),
        },
    )

    def clean_organisation(self) -> str:
        return " ".join(str(self.cleaned_data["organisation"]).split())

    def clean_valid_until(self) -> dt.date:
        day: dt.date = self.cleaned_data["valid_until"]
        today = timezone.localdate()
        if day < today:
            raise forms.ValidationError(_("This day is over. Enter today or a later day."))
        if day > today + dt.timedelta(days=LONGEST_DAYS):
            raise forms.ValidationError(
                ngettext("Choose a day within %d day.", "Choose a day within %d days.", LONGEST_DAYS)
                % LONGEST_DAYS
            )
        return day

    def values(self) -> dict[str, Any]:
        """The columns of the link; it works until the end of the day."""
        data = self.cleaned_data
        end = dt.datetime.combine(data["valid_until"], dt.time(23, 59, 59))
        return {
            **{name: data[name] for name in ("organisation", "helix", "language", "email")},
            "expires_at": timezone.make_aware(end),
        }
