"""What a project promised, as the coordinator writes it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.row_forms import RowForm
from cohes3ion.lib.typed_texts import line

WHOLE = _("Write a whole number above zero, or leave it empty when none was promised.")


class TargetForm(RowForm):
    target = forms.IntegerField(
        label=_("Target"),
        required=False,
        min_value=1,
        max_value=10_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), WHOLE),
    )
    note = line(_("Note"), limit=300)
