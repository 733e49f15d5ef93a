"""Text files as people have them."""

import codecs
import re

from django.utils.translation import gettext as _

OTHER_KINDS = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LETTERS = re.compile(r"(?:[^\W\d_]|[×÷]){2,}")  # the signs: Χ and χ of Greek
# Letters beyond ASCII in words without one of ASCII, from which on a text is judged by them.
FEW = 5


class Unreadable(Exception):
    """No text: another kind of file, or letters in an encoding nobody named. The text says what to do."""


def decoded(content: bytes) -> str:
    """UTF-8, UTF-16 that says so (“Unicode text” of Excel), or the code page of Excel in Central Europe.

    Raises Unreadable, also for Greek and Cyrillic code pages: every byte of theirs is a letter of the
    Central European one, too, and would come in as nonsense that nobody notices.
    """
    if content.startswith(WIDE):
        return wide(content)
    if b"\0" in content or content.startswith(OTHER_KINDS):
        raise Unreadable(_("This is no text table. Save the sheet as CSV, and try again."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp1250")
    except UnicodeDecodeError:
        raise Unreadable(other_letters()) from None
    if not is_central_european(text):
        raise Unreadable(other_letters())
    return text


def wide(content: bytes) -> str:
    try:
        text = content.decode("utf-16")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise Unreadable(other_letters())
    return text


def other_letters() -> str:
    return _("The letters of this file cannot be told. Save the sheet as “CSV UTF-8”, and try again.")


def is_central_european(text: str) -> bool:
    """Whether its letters beyond ASCII stand in words with plain ones, as “Łódź” has a d.

    A whole word without any is rare (“żółć”, “šíří”); of a Greek or Cyrillic text all words are so.
    """
    words = [word for word in LETTERS.findall(text) if not word.isascii()]
    strange = sum(map(len, (word for word in words if all(letter > "\x7f" for letter in word))))
    return strange < FEW or 2 * strange < sum(map(len, words))
