"""Texts of a document and of "In one minute"."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mapping.validators import storable_text

TOO_LONG = {"max_length": _("Write at most %(limit_value)d characters (you wrote %(show_value)d).")}


class NarrativeForm(forms.Form):
    text = forms.CharField(
        required=False, strip=False, max_length=20000, validators=[storable_text], error_messages=TOO_LONG
    )


class SentenceForm(forms.Form):
    text = forms.CharField(
        required=False, max_length=600, validators=[storable_text], error_messages=TOO_LONG
    )
    figures = forms.RegexField(r"^[0-9a-f]{64}$")
