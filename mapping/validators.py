"""Checks of typed text and values, shared by forms, services and models."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.characters import is_kept

web_address = URLValidator(schemes=["http", "https"])
INVISIBLE = {"Cf", "Zs", "Zl", "Zp", "Cc"}


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
    return bool(value) and all(unicodedata.category(character) in INVISIBLE for character in value)
