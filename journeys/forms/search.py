"""What somebody looks for on the whole site."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.search.words import wanted_words
from cohes3ion.lib.typed_texts import TOO_LONG
from journeys.enums import SearchKind

LONGEST, MOST_WORDS = 200, 12
NO_WORD = _("Write at least one letter or number: signs alone cannot be found.")
TOO_MANY = _("Search for at most %(most)d words at once. You wrote %(n)d.")
NO_KIND = _("There is no “%(value)s” to search in. Choose one of the kinds below.")


class SearchForm(forms.Form):
    """`words` are what was typed, as it is compared; empty when nothing can be looked for."""

    # Signs that no database keeps part words like every other sign; so nothing has to refuse them.
    q = forms.CharField(
        label=_("Search the whole site"),
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    type = forms.ChoiceField(
        required=False,
        choices=[("", ""), *SearchKind.choices],
        error_messages={"invalid_choice": NO_KIND},
    )

    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__(data, use_required_attribute=False, **kwargs)
        self.words: tuple[str, ...] = ()
        # What it holds is parted into words before anything else reads it.
        field: Any = self.fields["q"]
        field.validators = [check for check in field.validators if not is_null_check(check)]

    def clean_q(self) -> str:
        typed = str(self.cleaned_data["q"])
        words = wanted_words(typed)
        if typed and not words:
            raise forms.ValidationError(NO_WORD, code="words")
        if len(words) > MOST_WORDS:
            raise forms.ValidationError(TOO_MANY, code="words", params={"most": MOST_WORDS, "n": len(words)})
        self.words = words
        return typed

    @property
    def kind(self) -> str:
        return str(self.cleaned_data.get("type", ""))


def is_null_check(check: Any) -> bool:
    return type(check).__name__ == "ProhibitNullCharactersValidator"
