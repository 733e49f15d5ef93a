"""Evidence for an answer: a link, a file, or a document that supports another answer already."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.file_forms import TakenFileForm
from cohes3ion.lib.typed_texts import TOO_LONG
from mapping.validators import storable_text, visible_text, web_address


class DocumentForm(forms.Form):
    """What a link and a file have in common."""

    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        validators=[storable_text, visible_text],
        error_messages={
            "required": _("Write a title, so that others know what this is."),
            "max_length": TOO_LONG,
        },
    )
    page = forms.CharField(
        label=_("Page"),
        help_text=_("For example 12 or 12–14"),
        max_length=20,
        required=False,
        validators=[storable_text],
        widget=forms.TextInput(attrs={"class": "w-xs"}),
    )

    def values(self) -> dict[str, Any]:
        """The columns of the evidence row."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


WRONG_ADDRESS = _("Enter an address like https://www.example.eu/strategy.pdf")


class WebAddressField(forms.URLField):
    """Pages only: http and https."""

    default_validators = [web_address]


class LinkForm(DocumentForm):
    kind = "link"
    url = WebAddressField(
        label=_("Address"),
        max_length=600,
        assume_scheme="https",
        error_messages={
            "required": _("Enter the address of the document."),
            "invalid": WRONG_ADDRESS,
            "null_characters_not_allowed": WRONG_ADDRESS,
            "max_length": TOO_LONG,
        },
    )
    checked_on = forms.DateField(
        label=_("Checked on"),
        help_text=_("The day on which you last saw the document at this address"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "w-s"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a date like 2026-03-31")},
    )
    field_order = ("url", "title", "page", "checked_on")

    def clean_url(self) -> str:
        address = str(self.cleaned_data["url"])
        if "@" in urlsplit(address).netloc:
            sentence = _("Leave out the name and password before the @: whoever reads this would see them.")
            raise forms.ValidationError(sentence)
        return address

    def clean_checked_on(self) -> Any:
        """Today when left empty: somebody who adds a link has just looked at it."""
        today = timezone.localdate()
        day = self.cleaned_data["checked_on"] or today
        if day > today:
            raise forms.ValidationError(_("This day is still to come. Enter today or an earlier day."))
        return day


class FileForm(TakenFileForm, DocumentForm):
    kind = "file"
    away = _("Files cannot be checked now; answers still save. Add the file again later.")
    field_order = ("file", "title", "page")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["title"].help_text = _("If you leave it empty, the name of the file is shown.")

    def values(self) -> dict[str, Any]:
        taken = self.taken()
        return {**super().values(), **taken, "title": self.cleaned_data["title"] or taken["file_name"]}


class ReuseForm(forms.Form):
    """A document that supports another answer of the same response."""

    kind = "reuse"
    evidence = forms.IntegerField(
        error_messages={"required": _("Choose a document."), "invalid": _("Choose a document of the list.")}
    )


FORMS = {form.kind: form for form in (LinkForm, FileForm, ReuseForm)}
