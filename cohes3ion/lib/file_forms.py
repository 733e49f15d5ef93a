"""A form field group that takes one file: judged by content, limited, scanned, without traces of cameras."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.file_kinds import KINDS, kind_of_file, shown_name
from cohes3ion.lib.pictures import without_traces
from cohes3ion.lib.scanning import Infected, ScannerAway, scan


def refuse_viruses(upload: Any, *, away: Any) -> None:
    """Raises ValidationError; `away` is what is said when the scanner does not answer."""
    try:
        scan(upload)
    except Infected as refusal:
        raise forms.ValidationError(_("The virus scanner refused this file."), code="infected") from refusal
    except ScannerAway as refusal:
        raise forms.ValidationError(away, code="scanner_away") from refusal


class TakenFileForm(forms.Form):
    """`taken()` gives the columns of the row that keeps the file: file, file_name, content_type, size."""

    # What is said when the virus scanner does not answer.
    away: Any = _("Files cannot be checked now. Add the file again later.")
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG, CSV or text, at most 25 MB"),
        max_length=255,
        allow_empty_file=True,  # the sentence about an empty file is ours
        error_messages={"required": _("Choose a file.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{kind}" for kind in [*KINDS, "jpeg"])

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload is not None:  # otherwise it was passed over because it is too large
            self.found = kind_of_file(upload)
            refuse_viruses(upload, away=self.away)
            upload.seek(0)
        return upload

    @property
    def is_scanned(self) -> bool:
        return bool(settings.CLAMD_ADDRESS)

    def taken(self) -> dict[str, Any]:
        upload = self.cleaned_data["file"]
        name = shown_name(upload.name, self.found)
        if self.found in ("jpg", "png"):
            upload = ContentFile(without_traces(upload.read()), name=name)
        return {"file": upload, "file_name": name, "content_type": KINDS[self.found], "size": upload.size}
