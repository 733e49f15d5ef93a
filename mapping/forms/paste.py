"""The text of a paste."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mapping.validators import storable_text


class PasteForm(forms.Form):
    text = forms.CharField(
        label=_("Rows from your spreadsheet"),
        strip=False,
        max_length=200_000,
        validators=[storable_text],
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_(
            "Copy the cells there and paste them here. A first row with the names of columns is fine."
        ),
        error_messages={
            "required": _("Paste at least one row."),
            "max_length": _("This is too much at once. Paste at most 500 rows."),
        },
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError(_("Paste at least one row."))
        return text
