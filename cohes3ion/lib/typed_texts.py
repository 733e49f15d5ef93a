"""Texts that people type: what is refused, and the form fields that take them."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.characters import BLANK, is_kept
from cohes3ion.lib.row_forms import one_kind_of_line_end

INVISIBLE = {"Cf", "Zs", "Zl", "Zp", "Cc"}
TOO_LONG = _("Shorten this to %(limit_value)d characters. It has %(show_value)d.")
NOT_OFFERED = _("That option is not offered here. Choose one of the list.")
WRONG_OPTION = {"invalid_choice": _("That option is not part of this question. Choose one of those shown.")}


def storable_text(value: str) -> None:
    """Refuse characters a database cannot keep. Names in every script and with every accent pass."""
    if not all(is_kept(character) for character in value):
        raise ValidationError(
            _("The text contains characters that cannot be stored. Type it again or paste plain text."),
            code="characters",
        )


def visible_text(value: str) -> None:
    """Refuse a name of nothing but spaces and invisible marks."""
    if is_invisible(value):
        raise ValidationError(_("Enter a name with at least one letter or number."), code="blank")


def visible_words(value: str) -> None:
    """The same of what somebody writes to others: a reason, a remark, a comment."""
    if is_invisible(value):
        raise ValidationError(_("Write a text with at least one letter or number."), code="blank")


def is_invisible(value: str) -> bool:
    return bool(value) and all(sign in BLANK or unicodedata.category(sign) in INVISIBLE for sign in value)


class Area(forms.Textarea):
    """Its limit stands in `data-most`: at `maxlength` a browser cuts what is pasted, without a word.

    The field says that a text is too long, and the person what can go.
    """

    def build_attrs(self, *given: Any, **more: Any) -> dict[str, Any]:
        attributes = super().build_attrs(*given, **more)
        if "maxlength" in attributes:
            attributes["data-most"] = attributes.pop("maxlength")
        return attributes


class LinesField(forms.CharField):
    """A text of several lines."""

    def to_python(self, value: Any) -> str:
        return one_kind_of_line_end(str(super().to_python(value)))


class LineField(forms.CharField):
    """A text of one line. A browser joins lines that are pasted; so does this."""

    def to_python(self, value: Any) -> str:
        lines = one_kind_of_line_end(str(super().to_python(value))).split("\n")
        return " ".join(line.strip() for line in lines if line.strip()) if len(lines) > 1 else lines[0]


class Boxes(forms.CheckboxSelectMultiple):
    """Beside the boxes an empty value is sent, so that no box at all can be told from nothing sent."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [value for value in super().value_from_datadict(data, files, name) or [] if value]


def lines(
    label: Any, *, limit: int = 5000, rows: int = 3, required: Any = None, hint: Any = ""
) -> LinesField:
    """A text of several lines; `required` is the sentence that asks for it."""
    return LinesField(
        label=label,
        help_text=hint,
        max_length=limit,
        required=required is not None,
        validators=[storable_text, visible_words],
        widget=Area(attrs={"rows": rows}),
        error_messages={"max_length": TOO_LONG, **({"required": required} if required else {})},
    )


def line(label: Any, *, limit: int, required: Any = None, hint: Any = "") -> LineField:
    return LineField(
        label=label,
        help_text=hint,
        max_length=limit,
        required=required is not None,
        validators=[storable_text, visible_text],
        error_messages={"max_length": TOO_LONG, **({"required": required} if required else {})},
    )


def links(label: Any, *, hint: Any = "") -> forms.TypedMultipleChoiceField:
    """Boxes for links to other rows; the form is given the rows as choices."""
    return forms.TypedMultipleChoiceField(
        label=label,
        help_text=hint,
        coerce=int,
        required=False,
        widget=Boxes,
        error_messages=WRONG_OPTION,
    )
