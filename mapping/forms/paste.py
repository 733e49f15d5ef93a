"""The text of a paste, typed in or from a file, and the choices that the preview asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.decoding import Unreadable, decoded
from cohes3ion.lib.typed_texts import Area
from mapping.validators import storable_text

LONGEST = 200_000
DECISIONS = ("same-", "actor-")


class PasteForm(forms.Form):
    text = forms.CharField(
        label=_("Rows from your spreadsheet"),
        strip=False,
        required=False,
        max_length=LONGEST,
        validators=[storable_text],
        widget=Area(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_(
            "Copy the cells there and paste them here. A first row with the names of columns is fine."
        ),
        error_messages={"max_length": _("This is too much at once. Paste at most 500 rows.")},
    )
    file = forms.FileField(
        label=_("Or a file with them"),
        required=False,
        allow_empty_file=True,
        help_text=_("CSV with commas, semicolons or tabs, in UTF-8 or as Excel saves it here"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt"}),
    )

    def clean_file(self) -> str:
        """The text of the file."""
        upload = self.cleaned_data["file"]
        if upload is None:
            return ""
        if upload.size > 4 * LONGEST:
            raise forms.ValidationError(_("This is too much at once. Paste at most 500 rows."))
        try:
            text = decoded(upload.read())
            storable_text(text.lstrip("\ufeff"))
        except Unreadable as unreadable:
            raise forms.ValidationError(str(unreadable)) from None
        return text

    def clean(self) -> dict[str, Any]:
        """The file counts before what is typed; one of them must be there."""
        if self.cleaned_data.get("file"):
            self.cleaned_data["text"] = self.cleaned_data["file"]
        if not self.errors and not self.cleaned_data.get("text", "").strip():
            self.add_error("text", _("Paste at least one row."))
        return self.cleaned_data

    @property
    def shown_text(self) -> str:
        """What the preview keeps for saving."""
        return str(self.cleaned_data.get("text") or self.data.get("text", ""))

    @property
    def decisions(self) -> dict[str, str]:
        return {name: str(self.data[name]) for name in self.data if name.startswith(DECISIONS)}
