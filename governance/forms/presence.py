"""Where a page says its reader is."""

from django import forms

from mapping.validators import storable_text


class PresenceForm(forms.Form):
    place = forms.CharField(max_length=60, required=False, validators=[storable_text])
    unsent = forms.BooleanField(required=False)
    leaving = forms.BooleanField(required=False)
    # The list the page shows already.
    tag = forms.CharField(max_length=12, required=False)
