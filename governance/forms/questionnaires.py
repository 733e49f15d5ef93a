"""A questionnaire as a whole: its title, the language it is written in, a note."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.typed_texts import Area
from governance.asking.registry import TYPES
from governance.models import QuestionnaireVersion
from governance.selectors.definitions import head_of, title_is_free
from governance.selectors.languages import language_choices
from mapping.validators import storable_text, visible_text


class HeadForm(forms.Form):
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        validators=[storable_text, visible_text],
        error_messages={"required": _("Enter a title, for example “Survey of clusters 2027”.")},
    )
    language = forms.ChoiceField(
        label=_("Written in"),
        choices=language_choices,
        error_messages={"invalid_choice": _("Choose one of the languages in the list.")},
    )
    note = forms.CharField(
        label=_("Note for coordinators"),
        required=False,
        max_length=5000,
        validators=[storable_text],
        widget=Area(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, version: QuestionnaireVersion | None = None, **more: Any) -> None:
        if version is not None:
            more["initial"] = head_of(version)
        super().__init__(*args, use_required_attribute=False, **more)
        fields: dict[str, Any] = self.fields
        if version is None:
            del fields["note"]
            fields["language"].initial = "en"
        elif not title_is_free(version):
            fields["title"].disabled = True
            fields["title"].help_text = _("An earlier version is published under this title.")

    def values(self) -> dict[str, str]:
        return {name: self.cleaned_data[name].replace("\r\n", "\n") for name in self.fields}


class CopyForm(forms.Form):
    title = forms.CharField(
        label=_("Title of the copy"),
        max_length=200,
        validators=[storable_text, visible_text],
        error_messages={"required": _("Enter a title for the copy.")},
    )


class NewSectionForm(forms.Form):
    title = forms.CharField(
        label=_("Title of the section"),
        max_length=120,
        validators=[storable_text, visible_text],
        error_messages={"required": _("Enter a title for the section.")},
    )


class NewQuestionForm(forms.Form):
    """A new question: what kind it is and its short name. The rest is told on its page."""

    type = forms.ChoiceField(
        label=_("Type"),
        choices=lambda: [(kind.key, _(kind.label)) for kind in TYPES.values()],
        error_messages={
            "required": _("Choose the type of the question."),
            "invalid_choice": _("Choose one of the types in the list."),
        },
    )
    short = forms.CharField(
        label=_("Short name"),
        max_length=60,
        validators=[storable_text, visible_text],
        error_messages={"required": _("Enter a short name, for example “Staff in research”.")},
    )
    parent = forms.IntegerField(required=False, min_value=1, max_value=2**31)
