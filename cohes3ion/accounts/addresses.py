"""One person is one address, however it is typed."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def one_address(text: str) -> str:
    """The address as accounts are compared: composed alike, in small letters, without spaces around it.

    Raises ValidationError when letters of two alphabets stand in one part: "аdmin" with a Cyrillic "а" looks
    like an administrator and is another account.
    """
    address = unicodedata.normalize("NFKC", text).strip().lower()
    for part in address.replace("@", ".").split("."):
        scripts = {unicodedata.name(letter, "?").split()[0] for letter in part if letter.isalpha()}
        if len(scripts) > 1:
            raise ValidationError(
                _("This address mixes letters of two alphabets. Type it again, letter by letter."),
                code="mixed",
            )
    return address
