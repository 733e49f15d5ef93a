"""Files of answers: which one is wanted, and the one that was filled in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.file_forms import refuse_viruses
from cohes3ion.lib.file_kinds import shown_name, size_over_limit
from governance.enums import FileForm

TAKEN = ("xlsx", "csv", "zip", "json", "tsv", "txt")
ANSWER_FORMS = [(form.value, form.label) for form in (FileForm.XLSX, FileForm.CSV, FileForm.JSON)]


class OrderForm(forms.Form):
    form = forms.ChoiceField(
        choices=ANSWER_FORMS,
        error_messages={
            "required": _("Choose one of the formats."),
            "invalid_choice": _("Choose one of the formats."),
        },
    )


class AnswerFileForm(forms.Form):
    file = forms.FileField(
        label=_("Your file"),
        help_text=_("The workbook, a CSV table or all of them in a ZIP, or the JSON file; at most 25 MB"),
        max_length=255,
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in TAKEN)}),
    )

    def __init__(self, *args: Any, too_large: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large
        if too_large:
            self.fields["file"].required = False  # it came, but nothing of it was kept

    def clean_file(self) -> Any:
        if self.too_large:
            raise size_over_limit(self.too_large)
        upload = self.cleaned_data["file"]
        if not upload.size:
            raise forms.ValidationError(_("The file is empty."))
        refuse_viruses(
            upload, away=_("Files cannot be checked now; answers still save. Send the file again later.")
        )
        return upload

    @property
    def status(self) -> int:
        """413 for a file that is too large, 503 when the scanner does not answer, else 422."""
        if self.too_large:
            return 413
        return 503 if self.has_error("file", "scanner_away") else 422

    @property
    def name(self) -> str:
        """The file's name as it is shown: no path, no control characters, the ending kept."""
        name = self.cleaned_data["file"].name
        ending = name.rpartition(".")[2].lower()
        return shown_name(
            name, ending if ending.isascii() and ending.isalnum() and len(ending) < 6 else "bin"
        )
