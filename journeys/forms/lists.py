"""Where a row is from and what no source tells: texts one on each line, and boxes for names of fields."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.row_forms import RowForm
from cohes3ion.lib.typed_texts import TOO_LONG, WRONG_OPTION, Area, Boxes
from mapping.enums import Provenance
from mapping.validators import storable_text, web_address

NOT_FOUND = _("Not found in the sources")
NOT_FOUND_HINT = _(
    "Tick what nobody could find out. Readers see that it is not known, not that it is missing."
)


class ListField(forms.CharField):
    """Short texts, one on each line; the row keeps them as a list."""

    widget = Area(attrs={"rows": 3})

    def __init__(self, **named: Any) -> None:
        kept = {"max_length": 5000, "required": False, "validators": [storable_text]}
        super().__init__(**{**kept, "error_messages": {"max_length": TOO_LONG}, **named})

    def clean(self, value: Any) -> Any:
        return [text.strip() for text in str(super().clean(value)).splitlines() if text.strip()]


class AddressesField(ListField):
    """Web addresses, one on each line."""

    def clean(self, value: Any) -> Any:
        addresses = super().clean(value)
        check = forms.URLField(max_length=600, validators=[web_address], assume_scheme="https")
        for address in addresses:
            try:
                check.clean(address)
            except forms.ValidationError as wrong:
                sentence = _("“%(text)s” is no web address. Write one on each line, like https://region.eu/.")
                raise forms.ValidationError(sentence, params={"text": address[:80]}) from wrong
        return addresses


class ListedForm(RowForm):
    """A row with columns that hold lists of texts (`listed`) or of names out of a choice (`named`)."""

    listed: ClassVar[tuple[str, ...]] = ("sources",)
    named: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def held(cls, row: Any, name: str) -> Any:
        if name in cls.listed:
            return "\n".join(getattr(row, name))
        return list(getattr(row, name)) if name in cls.named else super().held(row, name)


def addresses() -> AddressesField:
    return AddressesField(label=_("Sources"), help_text=_("Web addresses, one on each line."))


def provenance_choice() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Where it comes from"),
        choices=Provenance.choices,
        help_text=_("Sourced: a document says so. Agreed: the people concerned said so together."),
        error_messages=WRONG_OPTION,
    )


def some_of(label: Any, choices: Any, *, hint: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        required=False,
        widget=Boxes,
        error_messages=WRONG_OPTION,
    )


def not_found(model: Any, names: Iterable[str]) -> forms.MultipleChoiceField:
    """Boxes for the fields of a row of which its sources may say nothing."""

    def choices() -> list[tuple[str, str]]:
        labels = ((name, str(model._meta.get_field(name).verbose_name)) for name in names)
        return [(name, label[:1].upper() + label[1:]) for name, label in labels]

    return some_of(NOT_FOUND, choices, hint=NOT_FOUND_HINT)
