"""Materials of an event: a link or a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.file_forms import TakenFileForm
from cohes3ion.lib.typed_texts import line
from journeys.forms.events import url_field


class MaterialForm(forms.Form):
    """What both have in common."""

    is_public = forms.BooleanField(label=_("Everybody may read it"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)


class MaterialLinkForm(MaterialForm):
    kind = "link"
    url = url_field(_("Address"))
    title = line(_("Title"), limit=300, required=_("Write a title, so that others know what this is."))
    field_order = ("url", "title", "is_public")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["url"].required = True
        self.fields["url"].error_messages["required"] = _("Enter the address of the document.")

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class MaterialFileForm(TakenFileForm, MaterialForm):
    kind = "file"
    title = line(_("Title"), limit=300, hint=_("If you leave it empty, the name of the file is shown."))
    field_order = ("file", "title", "is_public")

    def values(self) -> dict[str, Any]:
        taken = self.taken()
        title = self.cleaned_data["title"] or taken["file_name"]
        return {**taken, "title": title, "is_public": self.cleaned_data["is_public"]}


MATERIAL_FORMS: dict[str, Any] = {form.kind: form for form in (MaterialLinkForm, MaterialFileForm)}
